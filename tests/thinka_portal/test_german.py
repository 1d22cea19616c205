"""The editing area speaks German: in the catalogues of all packages, and on every page that people reach."""

import os
import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin

import polib
import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.utils import translation
from wagtail.models import Page

from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from tests import full_site
from tests.factories import UserFactory
from tests.german import DOMAINS, english_entries, german_texts, not_german, texts_of
from tests.walking import first_addresses, name_of
from tests.world import load

UPSTREAM = settings.BASE_DIR / "locale/upstream/de/LC_MESSAGES"
PEOPLE = {
    "head": {"role": LEITUNG},
    "editor": {"role": REDAKTION},
    "approver": {"role": FREIGABE},
    "administrator": {"is_superuser": True},
}
# Views that show each role something else.
DIFFERENT = {"wagtailadmin_home", "wagtailadmin_pages:edit"}
THOROUGH = os.environ.get("THOROUGH") == "1"
# What the walk must have seen, so that it can't end early without anybody noticing.
SEEN = {
    *("wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailadmin_pages:history"),
    *("wagtailadmin_pages:search", "wagtailimages:edit", "wagtaildocs:index", "portal_handbook"),
}
LINK = re.compile(r'"(/admin/[^"<> ]*)"')


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_package_says_anything_else(domain):
    assert not {text: found for text in german_texts(domain) if (found := not_german(text))}


@pytest.mark.parametrize("domain", DOMAINS)
def test_corrections_are_of_something_that_is_said(domain):
    """What upstream no longer says, or says in German by now, needs no correction."""
    said = {(entry.msgctxt, entry.msgid) for entry in english_entries(domain)}
    ours = polib.pofile(str(UPSTREAM / f"{domain}.po"), encoding="utf-8", check_for_duplicates=True)
    for_templates = [entry for entry in ours if "unmarked_texts" in entry.comment]
    assert not [
        entry.msgid
        for entry in ours
        if (entry.msgctxt, entry.msgid) not in said and entry not in for_templates
    ]


def test_every_row_that_refers_to_something_has_a_german_name():
    """Reports and the usage of terms, pictures and files call rows by it, also those of a page."""
    with translation.override("de"):
        names = {
            f"{model._meta.label}: {name}": not_german(str(name))
            for label in ("home", "knowledge", "thinka_sites")
            for model in apps.get_app_config(label).get_models()
            if any(field.remote_field for field in model._meta.fields)
            for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
        }
    assert len(names) > 40
    assert not {name: words for name, words in names.items() if words}


def not_of_the_interface() -> list[str]:
    """Return what is in the database in other languages.

    What pages in these are called, and how Django calls permissions: only administrators read those.
    """
    titles = Page.objects.exclude(locale__language_code="de").values_list("title", "draft_title")
    names = {
        *Permission.objects.values_list("name", flat=True),
        *(title for both in titles for title in both),
    }
    return sorted(names, key=len, reverse=True)


def walk(client, host: str, waiting: deque, known: set) -> Iterator[tuple[str, BeautifulSoup]]:
    """Yield the pages behind the addresses in `waiting` and behind their links: each kind in `known` once."""

    def kind_of(url):
        name = name_of(url, host)
        return name and (name if THOROUGH else name[0])

    while waiting:
        url = waiting.popleft()
        if not (kind := kind_of(url)) or kind in known:
            continue
        known.add(kind)
        response = client.get(url, follow=True)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        html = response.content.decode()
        soup = BeautifulSoup(html, "html.parser")
        waiting += [urljoin(url, link["href"]) for link in soup.find_all("a", href=True)]
        waiting += [f"http://{host}{path}" for path in LINK.findall(html)]
        yield url, soup


def test_every_page_says_everything_in_german(full_portal, db, client_for):
    """In CI each view once, and once for each person what looks different; `make thorough`: all for all."""
    traeger, pages = load().traeger_a, full_site.pages()
    one, host = pages["ContentPage"], f"{traeger.site.hostname}:{traeger.site.port}"
    one.save_revision()
    others = not_of_the_interface()
    known, found = set(), {}
    for who, fields in PEOPLE.items():
        client = client_for(UserFactory(traeger=traeger, **fields), traeger)
        known = set() if THOROUGH else known - DIFFERENT
        waiting = deque(f"http://{host}{path}" for path in first_addresses(pages.values(), one, traeger))
        for url, soup in walk(client, host, waiting, known):
            for text in texts_of(soup):
                for other in others:
                    text = text.replace(other, "")
                if words := not_german(text):
                    found[" ".join(text.split())] = f"{words}, {who} at {url}"
    assert not found, "\n".join(f"{text}: {what}" for text, what in found.items())
    assert {name if isinstance(name, str) else name[0] for name in known} >= SEEN
