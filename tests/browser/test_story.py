"""The main job: an editor writes an event, somebody approves it, and a visitor finds it on the site."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from home.models import EventIndexPage, EventPage
from tests.browser.conftest import PHONE
from tests.factories import UserFactory
from tests.factories.people import PASSWORD
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")

TITLE = "Frühstück im Beispielhof"


def log_in(window: Page, url: str, user) -> None:
    """Go to `url` in the editing area by way of the login."""
    window.goto(url)
    window.locator("input[name=username]").fill(user.email)
    window.locator("input[name=password]").fill(PASSWORD)
    window.locator("main form button[type=submit]").click()
    window.wait_for_url(f"{url}**")


def test_an_event_from_the_editor_to_the_public(portal, visit):
    traeger = portal.world.traeger_a
    editor = UserFactory(role="redaktion", traeger=traeger)
    approver = UserFactory(role="freigabe", traeger=traeger)
    day = timezone.localdate() + timedelta(days=10)

    window = visit()
    parent = list_page(traeger, EventIndexPage)
    log_in(window, portal.url(traeger, f"/admin/pages/add/home/eventpage/{parent.pk}/"), editor)
    window.locator("#id_title").fill(TITLE)
    window.locator("#id_summary").fill("Wir frühstücken zusammen.")
    window.locator("#id_start").fill(f"{day:%d.%m.%Y} 09:00")
    window.locator("#id_end").fill(f"{day:%d.%m.%Y} 11:00")
    window.locator("#id_place").fill("Beispielhof")
    window.keyboard.press("Escape")
    use_button(window, "[name=action-submit]")
    expect(window.locator(".messages")).to_contain_text(TITLE)
    event = EventPage.objects.get(title=TITLE)
    assert not event.live

    visitor = visit(viewport=PHONE)
    visitor.goto(portal.url(traeger, "/termine/"))
    expect(visitor.get_by_text(TITLE)).to_have_count(0)

    window = visit()
    log_in(window, portal.url(traeger, f"/admin/pages/{event.pk}/edit/"), approver)
    use_button(window, "[data-workflow-action-name=approve]")
    expect(window.locator(".messages")).to_contain_text(TITLE)
    event.refresh_from_db()
    assert event.live

    visitor.goto(portal.url(traeger, "/termine/"))
    visitor.get_by_role("link", name=TITLE).first.click()
    expect(visitor.locator("h1")).to_have_text(TITLE)
    expect(visitor.locator("main")).to_contain_text("Beispielhof")
    expect(visitor.locator("main")).to_contain_text("9 bis 11 Uhr")


def use_button(window: Page, button: str) -> None:
    """Click a button of the editor's bottom line; it may stand in the menu next to the main button."""
    found = window.locator(button).first
    if not found.is_visible():
        window.locator("footer [data-w-dropdown-target=toggle]").click()
    found.click()
