"""The Wegweiser with one thumb, by keyboard and without a script."""

import re

import pytest
from playwright.sync_api import expect

from home.models import OfferIndexPage
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import findings, overflow
from tests.factories import OfferPageFactory, TopicFactory
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")
SMALL = {"width": 320, "height": 640}


@pytest.fixture(scope="module", autouse=True)
def offer(portal):
    """The only thing that is about a topic of its own."""
    topic = TopicFactory(name="Kraniche", slug="kraniche")
    listing = list_page(portal.world.traeger_a, OfferIndexPage)
    return OfferPageFactory(parent=listing, title="Kranichberatung", topics=[topic], phone="+49 30 23125123")


def test_one_tap_narrows_and_the_next_one_calls(portal, visit, watch):
    window = visit(viewport=SMALL)
    with watch(window):
        window.goto(portal.url(portal.world.traeger_a, "/wegweiser/"))
        window.locator("label", has_text="Kraniche").click()
        expect(window.locator(".tp-card")).to_have_count(1)
        expect(window.locator("#anzahl-status")).to_have_text("1 Stelle hilft")
        expect(window.get_by_role("button", name="1 Stelle zeigen")).to_be_visible()
        expect(window).to_have_url(re.compile("topic=kraniche"))
        call = window.locator(".tp-card a[href^='tel:']")
        assert call.get_attribute("href") == "tel:+493023125123"
        assert not findings(window)
        assert overflow(window) == 0


def test_every_state_is_an_address(portal, visit):
    window = visit(viewport=PHONE)
    window.goto(portal.url(portal.world.traeger_a, "/wegweiser/?topic=kraniche&free=1"))
    expect(window.locator(".tp-card")).to_have_count(0)
    window.get_by_role("link", name="Ohne „kostenlos“: 1 Stelle").click()
    expect(window.locator(".tp-card h3")).to_have_text(["Kranichberatung"])
    window.go_back()
    expect(window.locator(".tp-card")).to_have_count(0)


def test_by_keyboard_alone(portal, visit):
    window = visit(viewport=PHONE)
    window.goto(portal.url(portal.world.traeger_a, "/wegweiser/"))
    window.locator("input[name=topic]").first.focus()
    # The last one, before the first in the circle.
    window.keyboard.press("ArrowUp")
    expect(window).to_have_url(re.compile("topic="))
    expect(window.locator("input[name=topic]:checked")).to_be_focused()


def test_without_a_script(portal, visit):
    window = visit(viewport=PHONE, javascript=False)
    window.goto(portal.url(portal.world.traeger_a, "/wegweiser/"))
    window.locator("label", has_text="Kraniche").click()
    window.get_by_role("button", name="zeigen").click()
    expect(window.locator(".tp-card h3")).to_have_text(["Kranichberatung"])
