"""The filters of a list on a phone."""

import re

import pytest
from playwright.sync_api import expect

from home.models import OfferIndexPage
from tests.browser.conftest import PHONE
from tests.factories import OfferPageFactory, TargetGroupFactory, TopicFactory
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")

TOPICS = [f"Filterthema {number}" for number in range(1, 13)]


@pytest.fixture(scope="module")
def listing(portal):
    """A list with more topics than fit on a phone, and two target groups."""
    listing = list_page(portal.world.traeger_a, OfferIndexPage)
    young, old = TargetGroupFactory(name="Filter Jugend"), TargetGroupFactory(name="Filter Alter")
    for name in TOPICS:
        OfferPageFactory(parent=listing, topics=[TopicFactory(name=name)], target_groups=[young])
    OfferPageFactory(parent=listing, target_groups=[old])
    return listing


@pytest.mark.parametrize("javascript", [True, False])
def test_the_button_is_in_reach_and_nothing_is_no_dead_end(portal, visit, listing, javascript):
    window = visit(viewport=PHONE, javascript=javascript)
    window.goto(portal.url_of(listing))
    window.locator(".tp-filter > summary").click()
    button = window.locator(".tp-filter button[type=submit]")
    first = window.get_by_label(TOPICS[0], exact=False).first
    first.scroll_into_view_if_needed()
    # With the first choice in sight, so is the button, and nothing lies on it.
    expect(button).to_be_in_viewport(ratio=1)
    first.check()
    window.get_by_label("Filter Alter").check()
    expect(window.locator("label", has_text="Filter Alter")).to_have_text(re.compile(r"Filter Alter\s+1"))
    button.click()
    expect(window.locator("#anzahl")).to_have_text(re.compile("^\\s*0 "))
    way_out = window.locator(".tp-empty a").first
    expect(way_out).to_contain_text("1")
    way_out.click()
    expect(window.locator("#anzahl")).to_have_text(re.compile("^\\s*1 "))
