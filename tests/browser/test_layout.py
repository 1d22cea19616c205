"""What stands where: no holes and no empty halves on a desk, and first things first on a phone."""

import pytest

from home.models import AnlaufstelleIndexPage, EventIndexPage
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import AnlaufstellePageFactory, EventPageFactory
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")

# Makes a grid hold as many entries as asked for, by taking away or doubling its first one.
FILL = """(grid, count) => {
  while (grid.children.length > count) grid.firstElementChild.remove();
  while (grid.children.length < count) grid.prepend(grid.firstElementChild.cloneNode(true));
}"""
# By how many pixels the last row of a grid ends before the grid does.
HOLE = """grid => {
  const end = each => each.getBoundingClientRect().right;
  return Math.round(end(grid) - end(grid.lastElementChild));
}"""


def box(window, selector: str) -> dict:
    return window.locator(selector).first.bounding_box()


@pytest.mark.parametrize("width", [DESKTOP["width"], 768])
@pytest.mark.parametrize("count", range(4, 10))
def test_tiles_leave_no_hole(count, width, portal, visit):
    window = visit(viewport={"width": width, "height": 900})
    window.goto(portal.url(portal.world.traeger_a))
    tiles = window.locator(".tp-grid--fill")
    tiles.evaluate(FILL, count)
    assert tiles.evaluate(HOLE) == 0


@pytest.mark.parametrize("count", range(1, 5))
def test_offices_leave_no_hole(count, portal, visit):
    window = visit(viewport=DESKTOP)
    window.goto(portal.url(portal.world.traeger_a, "/standorte/"))
    cards = window.locator("main .tp-grid--auto")
    cards.evaluate(FILL, count)
    assert cards.evaluate(HOLE) == 0


@pytest.mark.parametrize("name", ["OfferPage", "EventPage", "MethodPage", "PartnerPage"])
def test_facts_stand_beside_the_text_and_on_a_phone_before_it(name, portal, reader, visit):
    window = visit(reader, viewport=DESKTOP)
    window.goto(portal.url_of(portal.pages[name]))
    facts, text, head = (box(window, each) for each in (".tp-aside .tp-box", "main .tp-stream", "main h1"))
    assert facts["x"] > text["x"] + text["width"]
    aside, body = box(window, ".tp-aside"), box(window, "main article > div:last-child")
    assert aside["y"] <= head["y"]
    assert body["y"] < aside["y"] + aside["height"]
    window.set_viewport_size(PHONE)
    facts, text, head = (box(window, each) for each in (".tp-aside .tp-box", "main .tp-stream", "main h1"))
    assert head["y"] < facts["y"] < text["y"]


def test_an_office_on_a_phone_leads_with_state_number_and_way(portal, visit):
    window = visit(viewport=PHONE)
    window.goto(portal.url_of(portal.pages["AnlaufstellePage"]))
    for selector in ("main .tp-status", "main .tp-actions a[href^=tel]", "main .tp-actions a[href^=https]"):
        found = box(window, selector)
        assert found["y"] + found["height"] <= PHONE["height"], selector


@pytest.mark.parametrize("path", ["/standorte/", "/angebote/", "/termine/", "/aktuelles/"])
def test_a_list_on_a_phone_shows_its_first_entry_at_once(path, portal, visit):
    window = visit(viewport=PHONE)
    window.goto(portal.url(portal.world.traeger_a, path))
    first = box(window, "main article h3")
    assert first["y"] + first["height"] <= PHONE["height"]


def test_the_footer_is_short_on_a_phone(portal, visit):
    window = visit(viewport=PHONE)
    window.goto(portal.url_of(portal.pages["ContentPage"]))
    assert box(window, "footer")["height"] <= 0.7 * PHONE["height"]


@pytest.mark.parametrize("name", ["ContentPage", "NewsPage"])
def test_a_page_of_text_fills_both_halves_of_a_desk(name, portal, visit):
    window = visit(viewport=DESKTOP)
    window.goto(portal.url_of(portal.pages[name]))
    picture = box(window, ".tp-aside .tp-illu")
    assert picture["x"] > DESKTOP["width"] / 2


def test_an_event_on_a_phone_leads_with_date_place_and_way(portal, visit):
    traeger = portal.world.traeger_a
    office = AnlaufstellePageFactory(parent=list_page(traeger, AnlaufstelleIndexPage), title="Nord am Platz")
    event = EventPageFactory(parent=list_page(traeger, EventIndexPage), weekly=True, anlaufstelle=office)
    window = visit(viewport=PHONE)
    window.goto(portal.url_of(event))
    parts = ("time", f"a:has-text('{office.title}')", "a[href^=https]", "a[href$='/kalender/']")
    boxes = [box(window, f"main .tp-box {part}") for part in parts]
    assert [found["y"] for found in boxes] == sorted(found["y"] for found in boxes)
    way = boxes[2]
    assert way["y"] + way["height"] <= PHONE["height"]
