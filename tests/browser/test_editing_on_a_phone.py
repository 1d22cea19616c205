"""On a phone of 375 px everything that an event needs is within the screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from home.models import AnlaufstelleIndexPage, EventIndexPage, NewsIndexPage
from sites.access.roles import REDAKTION
from tests.browser.conftest import PHONE
from tests.factories import UserFactory
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def add(portal, visit):
    """`add(EventIndexPage, "eventpage")` opens the form for a new page in that list, on a phone."""
    traeger = portal.world.traeger_a
    window = visit(UserFactory(role=REDAKTION, traeger=traeger), viewport=PHONE)

    def to(index, model):
        address = reverse("wagtailadmin_pages:add", args=["home", model, list_page(traeger, index).pk])
        window.goto(portal.url(traeger, address))
        window.wait_for_load_state("networkidle")
        return window

    return to


def assert_within(locator):
    box = locator.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


def test_the_office_is_chosen_from_a_list(add, portal):
    window = add(EventIndexPage, "eventpage")
    office = window.locator("select#id_anlaufstelle")
    assert_within(office)
    first = list_page(portal.world.traeger_a, AnlaufstelleIndexPage).get_children().first()
    office.select_option(label=first.title)
    expect(office).to_have_value(str(first.pk))


def test_the_calendar_shows_the_whole_week(add):
    window = add(EventIndexPage, "eventpage")
    window.locator("#id_start").click()
    calendar = window.locator(".xdsoft_datetimepicker:visible")
    assert_within(calendar)
    assert_within(calendar.locator("th").first)


def test_the_way_down_to_an_office_in_the_dialogue(add):
    window = add(NewsIndexPage, "newspage")
    window.locator(".c-sf-add-button").first.click()
    window.get_by_role("option", name="Öffnungszeiten").first.click()
    window.locator("[data-streamfield-child] [data-chooser-action-choose]").first.click()
    ways = window.locator(".modal .listing a:visible")
    expect(ways.first).to_be_visible()
    for way in ways.all():
        assert_within(way)


def test_the_way_to_the_published_page_is_on_the_screen_and_nothing_lies_on_fields(portal, visit):
    traeger, page = portal.world.traeger_a, portal.pages["EventPage"]
    window = visit(UserFactory(role=REDAKTION, traeger=traeger), viewport=PHONE)
    window.goto(portal.url(traeger, reverse("wagtailadmin_pages:edit", args=[page.pk])))
    window.wait_for_load_state("networkidle")
    assert_within(window.locator(".page-status-tag:visible"))
    assert_within(window.locator("#id_frequency"))
    assert window.locator(".w-minimap:visible").count() == 0
