"""The search as people use it: by keyboard, on a phone, without a script."""

import re

import pytest
from playwright.sync_api import expect

from home.models import OfferIndexPage
from search.models import AskedQuestion
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import OfferPageFactory
from tests.waiting import wait_until
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module", autouse=True)
def offers(portal):
    """Two offers with a word that nothing else has."""
    listing = list_page(portal.world.traeger_a, OfferIndexPage)
    return [OfferPageFactory(parent=listing, title=f"Kranichberatung {name}") for name in ("Nord", "Ost")]


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def window(request, visit, portal):
    window = visit(viewport=request.param)
    window.goto(portal.url(portal.world.traeger_a, "/suche/"))
    return window


def test_a_suggestion_is_chosen_by_keyboard(window, offers, portal, watch):
    field = window.get_by_role("combobox")
    with watch(window):
        field.press_sequentially("kranichb")
        options = window.get_by_role("option")
        expect(options).to_have_text(["Kranichberatung Nord", "Kranichberatung Ost"])
        expect(window.get_by_role("group", name="Angebote")).to_be_visible()
        expect(window.locator("#vorschlaege-zahl")).to_contain_text("2")
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("ArrowDown")
        field.press("ArrowDown")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", "vorschlaege-1")
        field.press("Enter")
        expect(window.locator("h1")).to_have_text("Kranichberatung Ost")


def test_escape_closes_the_list_and_enter_searches(window):
    field = window.get_by_role("combobox")
    field.press_sequentially("kranichb")
    expect(window.get_by_role("option")).to_have_count(2)
    field.press("Escape")
    expect(window.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("kranichb")
    field.press("Enter")
    expect(window).to_have_url(re.compile("q=kranichb"))


def test_one_tap_on_a_suggestion(window):
    window.get_by_role("combobox").press_sequentially("kranichb")
    window.get_by_role("option", name="Kranichberatung Nord").click()
    expect(window.locator("h1")).to_have_text("Kranichberatung Nord")


def test_without_a_script_it_finds_narrows_and_sorts(portal, visit):
    window = visit(viewport=PHONE, javascript=False)
    window.goto(portal.url(portal.world.traeger_a, "/suche/"))
    window.get_by_label("Was suchen Sie?").fill("Kranichberatung")
    window.locator(".tp-search button").click()
    expect(window.locator("#anzahl")).to_have_text(re.compile("2 Treffer"))
    window.get_by_role("link", name="neueste").click()
    expect(window.get_by_role("link", name="neueste")).to_have_attribute("aria-current", "true")
    assert "order=date" in window.url
    expect(window.locator(".tp-res")).to_have_count(2)


def test_an_opened_hit_is_counted_also_without_a_script(portal, visit):
    window = visit(javascript=False)
    window.goto(portal.url(portal.world.traeger_a, "/suche/?q=Kranichberatung+Ost"))
    question = AskedQuestion.objects.get(text="kranichberatung ost")
    assert question.clicks == 0
    window.get_by_role("link", name="Kranichberatung Ost").click()
    expect(window.locator("h1")).to_have_text("Kranichberatung Ost")

    # The browser tells of it beside the way to the page: it may arrive later, and its answer reaches no page.
    wait_until(lambda: AskedQuestion.objects.filter(pk=question.pk, clicks=1).exists())
