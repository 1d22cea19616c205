"""How many queries a page costs. The sites hold several pages of each type.

No page or part of one is cached. What Wagtail keeps between requests (addresses of the sites, sizes of
pictures) is there, as in every server that has answered one request.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import get_page_models

from home.models import InternalPage, NewsIndexPage, Verification
from tests import full_site
from tests.factories import NewsPageFactory
from tests.home.page_types import OWN, ROWS, STAFF
from tests.sites.grants.granting import grant
from tests.world import list_page

pytestmark = [pytest.mark.usefixtures("full_portal"), pytest.mark.xdist_group("full")]

# Of every page that visitors see.
COSTS = {
    "AnlaufstelleIndexPage": 10,
    "AnlaufstellePage": 10,
    "ContentPage": 5,
    "EventIndexPage": 9,
    "EventPage": 9,
    "HomePage": 12,
    "NewsIndexPage": 9,
    "NewsPage": 7,
    "OfferIndexPage": 10,
    "OfferPage": 12,
    "PartnerIndexPage": 12,
    "PartnerPage": 18,
    "TeamPage": 5,
}
# And of those that only people with an account see, as these see them.
INTERNAL_COSTS = {
    "InternalPage": 9,
    "MethodIndexPage": 14,
    "MethodPage": 19,
}
# What staff see of a public page, and visitors not.
STAFF_ONLY = {"AnlaufstellePage": 1, "PartnerPage": 2}
# The start page of the knowledge base, and its content on another site. Six of an editor's are for the
# link to the editor, as on every page.
START = {"visitor": 7, "reader": 19, "editor": 25, "on another site": 20}
# Session, person, and their rights in two queries.
ACCOUNT = 4
# Some blocks show other pages and files: a page with all of them cannot be as cheap.
EVERY_BLOCK = 24
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


def assert_costs(expected: int, found: list[str], name: str) -> None:
    listing = "\n".join(f"{number}. {sql[:400]}" for number, sql in enumerate(found, 1))
    assert len(found) == expected, f"{name}: {len(found)} queries instead of {expected}\n{listing}"


def test_all_page_types_are_measured(pages):
    measured = set(PUBLIC_TYPES) | RESTRICTED
    assert measured == {model.__name__ for model in get_page_models() if hasattr(model, "summary")}
    assert measured == set(pages)
    assert (set(COSTS), set(INTERNAL_COSTS)) == (set(PUBLIC_TYPES), set(pages) - set(PUBLIC_TYPES))


def site_of(page, world):
    return world.knowledge if "knowledge" in type(page).__module__ else world.traeger_a


def test_public_pages(pages, world, client_for):
    for name in PUBLIC_TYPES:
        client = client_for(None, site_of(pages[name], world))
        assert_costs(COSTS[name], queries(client, pages[name].get_url_parts()[2]), name)


def test_a_list_of_all_offices_costs_what_one_of_the_own_does(pages, traeger_a, client_for):
    page = pages["AnlaufstelleIndexPage"]
    type(page).objects.filter(pk=page.pk).update(of_all=True)
    found = queries(client_for(None, traeger_a), page.get_url_parts()[2])
    assert_costs(COSTS["AnlaufstelleIndexPage"], found, "all offices")


def test_pages_for_people_with_an_account(pages, world, person, client_for):
    reader = person("lesen", world.traeger_a)
    expected = {name: cost + ACCOUNT + STAFF_ONLY.get(name, 0) for name, cost in COSTS.items()}
    expected |= INTERNAL_COSTS
    for name, page in pages.items():
        found = queries(client_for(reader, site_of(page, world)), page.get_url_parts()[2])
        assert_costs(expected[name], found, name)


def test_a_page_with_every_block(pages, traeger_a, client_for):
    found = queries(client_for(None, traeger_a), "/bausteine/")
    assert_costs(EVERY_BLOCK, found, "every block")


@pytest.mark.parametrize("name", START)
def test_where_staff_begin(name, world, person, client_for):
    people = {
        "visitor": None,
        "reader": person("lesen", world.traeger_a),
        "editor": person("redaktion", world.traeger_a),
        "on another site": person("lesen", world.traeger_a),
    }
    user, path = people[name], "/"
    if user:
        # Something of everything, and several of it.
        day = timezone.localdate() - timedelta(days=3)
        Verification.objects.update(traeger=world.traeger_a, role="lesen", verified_until=day)
        for page in InternalPage.objects.live()[:3]:
            grant(user, page.page_ptr, "view")
    where = world.traeger_a if name == "on another site" else world.knowledge
    if where != world.knowledge:
        path = "/mein-start/"
    assert_costs(START[name], queries(client_for(user, where), path), name)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/termine/feed/", 9),
        ("/aktuelles/feed/", 8),
        ("/sitemap.xml", 4),
        ("/robots.txt", 1),
        ("/anmelden/", 4),
        ("/suche/", 6),
        ("/suche/?q=Angebot", 9),
    ],
)
def test_other_addresses(path, expected, pages, traeger_a, client_for):
    assert_costs(expected, queries(client_for(None, traeger_a), path), path)


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
