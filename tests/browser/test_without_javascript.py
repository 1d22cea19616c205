"""Everything can be used without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def window(visit):
    return visit(javascript=False, viewport=PHONE)


def test_the_menu_opens_and_leads_somewhere(window, portal):
    window.goto(portal.url(portal.world.traeger_a))
    menu = window.locator("header details")
    entry = menu.get_by_role("link", name="Angebote", exact=True)
    expect(entry).to_be_hidden()
    menu.locator("summary").click()
    entry.click()
    expect(window.locator("h1")).to_have_text("Angebote")
    assert window.url.endswith("/angebote/")


def test_filters_narrow_the_list(window, portal):
    window.goto(portal.url(portal.world.traeger_a, "/angebote/"))
    window.locator("aside details summary").click()
    window.get_by_label("Wohnen").check()
    window.locator("aside form button[type=submit]").click()
    assert "topic=wohnen" in window.url
    window.locator("aside details summary").click()
    expect(window.get_by_label("Wohnen")).to_be_checked()


def test_the_language_switcher(window, portal):
    window.goto(portal.url(portal.world.traeger_a, "/bausteine/"))
    window.get_by_role("link", name="English").click()
    expect(window.locator("html")).to_have_attribute("lang", "en")
    expect(window.locator("h1")).to_have_text("All building blocks")


def test_the_display_can_be_chosen(window, portal):
    window.goto(portal.url(portal.world.traeger_a))
    window.locator("footer button[value=dark]").click()
    expect(window.locator("html")).to_have_attribute("data-kern-theme", "dark")


def test_the_search(window, portal):
    window.goto(portal.url(portal.world.traeger_a, "/suche/"))
    window.locator("main input[name=q]").fill("Angebot")
    window.keyboard.press("Enter")
    expect(window).to_have_url(re.compile(r"/suche/\?q=Angebot"))
    expect(window.locator("main a", has_text="Angebot").first).to_be_visible()
