"""Requests leave nothing of theirs in what all requests of a process share.

The first round fills what is kept on purpose: compiled templates, forms, lists of addresses. The second
one, of other people with other texts, may change nothing of what is held then. See
docs/decisions/0012-shared-objects.md.
"""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from sites.access.roles import FREIGABE, REDAKTION
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory
from tests.home.editing import form_values
from tests.shared import snapshot

# What may change, and why.
ALLOWED = {
    r"^django\.core\.cache\.backends\.locmem\.": "the cache of one process; 0012 says what is in it",
    r"\.creation_counter$": "counts form filters, fields and managers, whose classes are made for a request",
    r"^wagtail\.admin\.telepath\.registry\.adapters\[.*\]\.media": "made anew, always the same",
    r"^django\.conf\.locale\.LANG_INFO\[.*\]\['name_translated'\]": "translated when it is shown",
    r"\._meta\._": "the lists of fields that Django makes when they are first needed",
    r"\.(request_(started|finished)|setting_changed|got_request_exception|template_rendered)\.": "tests",
}


def body(word: str) -> dict:
    text = f"<p>{word} <b>betont</b></p>"
    callout = {"kind": "info", "title": word, "text": rich_text(text, features=["bold"])}
    return {"body": streamfield([("text", rich_text(text, features=["bold"])), ("callout", callout)])}


def work(client: Client, page: Page, word: str) -> None:
    """Open, preview, save and publish a page, and look at lists and choosers."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    values = form_values(client, url) | nested_form_data(body(word) | {"title": word})
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, values).json()["is_valid"]
    assert word in client.get(preview, {"in_preview_panel": "true"}).content.decode()
    assert client.post(url, values).status_code == 302
    assert client.post(url, values | {"action-publish": "1"}).status_code == 302
    for name in ("history", "usage", "copy"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 200
    for name in ("wagtailadmin_home", "wagtailimages:index", "wagtaildocs:index", "wagtailadmin_choose_page"):
        assert client.get(reverse(name)).status_code == 200
    for chooser in ("wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"):
        assert client.get(reverse(chooser)).status_code == 200
    assert client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).status_code == 200


def read(client: Client, page: Page, word: str) -> None:
    page.refresh_from_db()
    assert word in client.get(page.get_url_parts()[2]).content.decode()
    assert client.get("/", {}).status_code == 200
    assert client.get("/gibt-es-nicht/").status_code == 404


@pytest.fixture
def round_of(person, client_for):
    """`round_of(traeger, word)`: what the people of a Träger and a visitor do."""

    def go(traeger, word: str) -> None:
        page = ContentPageFactory(parent=traeger.site.root_page, title=word)
        ImageFactory(traeger=traeger, title=word)
        DocumentFactory(traeger=traeger, title=word)
        for role in (FREIGABE, REDAKTION):
            client = client_for(person(role, traeger), traeger)
            if role == FREIGABE:
                work(client, page, word)
            read(client, page, word)
            assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        read(client_for(None, traeger), page, word)

    return go


def test_a_round_changes_nothing_that_is_shared(round_of, traeger_a, traeger_b):
    round_of(traeger_a, "Nordwort")
    before, kept = snapshot()
    round_of(traeger_b, "Westwort")
    after, also_kept = snapshot()
    assert kept
    assert also_kept
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    found = [path for path in changed if not any(re.search(allowed, path) for allowed in ALLOWED)]
    changes = [f"{path}: {before.get(path)} → {after.get(path)}" for path in sorted(found)]
    assert changes == []
    texts = json.dumps(sorted(value for path, value in after.items() if "locmem" not in path))
    assert "Westwort" not in texts
