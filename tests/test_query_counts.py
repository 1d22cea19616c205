"""How many queries a page costs. The sites hold several pages of each type.

No page or part of one is cached. What Wagtail keeps between requests (addresses of the sites, sizes of
pictures) is there, as in every server that has answered one request.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import get_page_models

from home.models import NewsIndexPage
from tests import full_site
from tests.factories import NewsPageFactory
from tests.home.page_types import OWN, ROWS, STAFF
from tests.world import list_page

pytestmark = [pytest.mark.usefixtures("full_portal"), pytest.mark.xdist_group("full")]

ANONYMOUS = 12
# Session, person, their rights in two queries, and the restrictions of the page on top.
LOGGED_IN = ANONYMOUS + 5
# Some blocks show other pages and files: a page with all of them cannot be as cheap.
EVERY_BLOCK = 18
RESTRICTED = {row.name for row in ROWS if row.readers in (OWN, STAFF)}
PUBLIC_TYPES = sorted({row.name for row in ROWS} - RESTRICTED | {"HomePage"})


@pytest.fixture
def pages(world):
    return full_site.pages()


def queries(client, path: str) -> list[str]:
    """Return the queries of the second visit: the first one scales pictures."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


def assert_at_most(limit: int, found: list[str], name: str) -> None:
    listing = "\n".join(f"{number}. {sql[:400]}" for number, sql in enumerate(found, 1))
    assert len(found) <= limit, f"{name}: {len(found)} queries, allowed {limit}\n{listing}"


def test_all_page_types_are_measured(pages):
    measured = set(PUBLIC_TYPES) | RESTRICTED
    assert measured == {model.__name__ for model in get_page_models() if hasattr(model, "summary")}
    assert measured == set(pages)


def test_public_pages(pages, traeger_a, client_for):
    client = client_for(None, traeger_a)
    counts = {name: queries(client, pages[name].get_url_parts()[2]) for name in PUBLIC_TYPES}
    print({name: len(found) for name, found in counts.items()})
    for name, found in counts.items():
        assert_at_most(ANONYMOUS, found, name)


def test_pages_for_people_with_an_account(pages, world, person, client_for):
    reader = person("lesen", world.traeger_a)
    counts = {}
    for name, page in pages.items():
        where = world.knowledge if "knowledge" in type(page).__module__ else world.traeger_a
        counts[name] = queries(client_for(reader, where), page.get_url_parts()[2])
    print({name: len(found) for name, found in counts.items()})
    for name, found in counts.items():
        assert_at_most(LOGGED_IN, found, name)


def test_a_page_with_every_block(pages, traeger_a, client_for):
    found = queries(client_for(None, traeger_a), "/bausteine/")
    print(len(found))
    assert_at_most(EVERY_BLOCK, found, "every block")


@pytest.mark.parametrize(
    "path",
    [
        "/termine/feed/",
        "/aktuelles/feed/",
        "/sitemap.xml",
        "/robots.txt",
        "/anmelden/",
        "/suche/",
        "/suche/?q=Angebot",
    ],
)
def test_other_addresses(path, pages, traeger_a, client_for):
    assert_at_most(ANONYMOUS, queries(client_for(None, traeger_a), path), path)


def test_the_explorer_costs_the_same_for_more_pages(traeger_a, person, client_for):
    client = client_for(person("redaktion", traeger_a), traeger_a)
    news = list_page(traeger_a, NewsIndexPage)
    path = f"/admin/pages/{news.pk}/"
    counts = []
    for _round in range(2):
        for _number in range(3):
            NewsPageFactory(parent=news)
        counts.append(len(queries(client, path)))
    assert counts[0] == counts[1]
