"""Nonsense in the query of an address: of lists, searches, filters and choosers. Nothing fails."""

import os
import re
from random import Random
from urllib.parse import quote

import pytest
from django.urls import reverse

from home.models import EventIndexPage, NewsIndexPage
from sites.access.roles import LEITUNG
from tests.leaks.routes import all_routes
from tests.world import list_page

# As they stand in an address.
NONSENSE = [
    *("%00", "a%00b", "%0D%0A", "%1B%7F%C2%85", "%ED%A0%80", "%FF", "-1", "99999999999999999999"),
    *("9" * 5000, "abc", "%5B%5D", "0001-01-01", "%E2%80%A8"),
]
# What Wagtail's and our views read; those that a page shows are tried beside.
NAMES = [
    "locale",
    "q",
    "p",
    "ordering",
    "collection_id",
    "tag",
    "page_type",
    "user_perms",
    "target_pages",
    "content_type",
    "id",
    "next",
    "layout",
    "site",
    "owner",
    "status",
    "latest_revision_created_at_from",
    "edited_by",
    "action",
    "multiple",
    "match_subclass",
    "prompt_for_escape",
    "parent_page_id",
    "uploaded_by_user",
    "timestamp_after",
    "link_url",
    "link_text",
    "chooser",
    "childOf",
    "export",
    "translation_of",
    "allow_external_link",
    "object_id",
    "fields",
    "order",
    "search",
    "child_of",
    "descendant_of",
    "limit",
    "offset",
    "type",
    "term",
    "has_child_pages",
]


def assert_none_fails(client, path: str, names, nonsense=NONSENSE) -> None:
    """All names at once: the portal's and Wagtail's views read what they know one after the other."""
    for value in nonsense:
        query = "&".join(f"{quote(name)}={value}" for name in names)
        answer = client.get(f"{path}?{query}")
        assert answer.status_code < 500, f"{path}?{query[:200]}"


def names_on(answer) -> set[str]:
    if "text/html" not in answer.headers.get("Content-Type", ""):
        return set()
    html = answer.content.decode()
    return set(re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', html)) | set(
        re.findall(r"[?&;](\w+)=", html)
    )


ADMIN = sorted(route.path({}) for route in all_routes() if route.in_admin and not route.arguments)
LISTS = [path for path in ADMIN if not re.search("logout|login|password_reset|sprite|jsi18n", path)]


def choosers(traeger) -> list[str]:
    start = traeger.site.root_page
    return [
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[start.pk]),
        reverse("wagtailadmin_choose_page_search"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs_chooser:choose_results"),
        reverse("wagtailadmin_explore", args=[start.pk]),
        reverse("wagtailadmin_pages:history", args=[start.pk]),
    ]


@pytest.mark.parametrize("value", ["%00", "a%00b", "%0D%0A"])
def test_zero_bytes_and_line_breaks_in_choosers(value, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    for path in choosers(traeger_a):
        assert_none_fails(client, path, ["q", "p", "ordering"], [value])
        for name in ("locale", "collection_id"):
            assert_none_fails(client, path, [name], [value])


@pytest.mark.long
@pytest.mark.parametrize("name", ["locale", "q", "p", "ordering", "collection_id"])
def test_choosers(name, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    for path in choosers(traeger_a):
        assert_none_fails(client, path, [name])


@pytest.mark.long
@pytest.mark.parametrize("path", LISTS)
def test_every_list_of_the_editing_area(path, traeger_a, person, client_for):
    """Some thousand requests with `make thorough`, which take long; else two for each list."""
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    answer = client.get(path)
    nonsense = NONSENSE if os.environ.get("THOROUGH") == "1" else Random(path).sample(NONSENSE, 1)  # noqa: S311
    for names in (sorted(names_on(answer)), NAMES):
        assert_none_fails(client, path, names, nonsense)


def test_the_sites(traeger_a, client_for):
    client = client_for(None, traeger_a)
    pages = [list_page(traeger_a, model).get_url_parts()[2] for model in (EventIndexPage, NewsIndexPage)]
    for path in ("/", "/suche/", "/anmelden/", "/sitemap.xml", *pages, *(f"{path}feed/" for path in pages)):
        assert_none_fails(
            client, path, [*names_on(client.get(path)), "q", "page", "kind", "topic", "year", "next"]
        )


@pytest.mark.parametrize(
    "path", ["/%00", "/a%00b/", "/%00/feed/", "/admin/%00/", "/admin/pages/%00/", "/dokumente/1/%00"]
)
def test_zero_bytes_in_addresses(path, traeger_a, person, client_for):
    assert client_for(None, traeger_a).get(path).status_code in (302, 404)
    assert client_for(person(LEITUNG, traeger_a), traeger_a).get(path).status_code == 404


def test_zero_bytes_in_forms(traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    assert client.post("/anmelden/", {"username": "a\0b", "password": "\0"}).status_code < 500
    answer = client.post(reverse("wagtailadmin_password_reset"), {"email": "a\0@b.test"})
    assert answer.status_code < 500
