"""The editing area is the portal's own by Wagtail's customisation points, without copies of templates."""

import re
from pathlib import Path

from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from sites.access.roles import REDAKTION

ROOT = Path(settings.BASE_DIR) / "templates"
PACKAGES = ("wagtailadmin", "wagtaildocs", "wagtailimages", "wagtailusers", "wagtail_localize")
# Those of Wagtail have no block for what is said here: its help, and which addresses have an account.
REPLACED = {"wagtailadmin/home/account_summary.html", "wagtailadmin/account/password_reset/done.html"}


def test_it_has_the_mark_of_the_portal(traeger_a, person, client_for):
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    html = client.get("/admin/").content.decode()
    soup = BeautifulSoup(html, "html.parser")
    assert re.search(
        r'<template data-wagtail-sidebar-branding-logo>\s*<span class="portal-brand"><img [^>]+>'
        r"<span>ThINKA-Portal</span>",
        html,
    )
    assert soup.select_one("link[rel=icon]")["href"].endswith("favicon.svg")
    assert "Wagtail" not in soup.title.text


def test_templates_of_others_are_extended_and_not_copied():
    paths = [path for name in PACKAGES for path in (ROOT / name).rglob("*.html")]
    found = {path.relative_to(ROOT).as_posix(): path for path in paths}
    assert found
    copies = {
        name
        for name, path in found.items()
        if not re.match(rf'{{% extends "{re.escape(name)}" %}}', path.read_text(encoding="utf-8"))
    }
    assert copies == REPLACED


def test_forms_with_telephone_fields_do_not_forbid_telephone_numbers():
    with translation.override("de"):
        text = render_to_string("home/admin/no_client_data.html")
    assert "Klient:innen" in text
    assert "Telefon" not in text
