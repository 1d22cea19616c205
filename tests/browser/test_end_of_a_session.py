"""What is typed outlives the session and a new login, and is nobody else's."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from sites.access.roles import REDAKTION
from tests.browser.conftest import TIMEOUT, login_cookies
from tests.browser.test_story import use_button
from tests.factories import ContentPageFactory, UserFactory
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.xdist_group("browser")

NOTE = "#portal-session"
BACK = "window.dispatchEvent(new Event('focus'))"


@pytest.fixture
def traeger(portal):
    return portal.world.traeger_a


@pytest.fixture
def page(traeger):
    return ContentPageFactory(parent=traeger.site.root_page)


@pytest.fixture
def editor(traeger):
    return UserFactory(role=REDAKTION, traeger=traeger)


@pytest.fixture
def window(visit, editor, portal, traeger, page):
    window = visit(editor)
    window.goto(portal.url(traeger, reverse("wagtailadmin_pages:edit", args=[page.pk])))
    window.wait_for_load_state("networkidle")
    # Two seconds after it opens Wagtail looks what the form says at first.
    window.wait_for_timeout(2500)
    return window


def type_summary(window, text: str) -> None:
    window.locator("#id_summary").fill(text)
    window.locator("#id_summary").blur()


def sign_out(window) -> None:
    window.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in_in_a_new_tab(window, person) -> None:
    with window.expect_popup() as opened:
        window.locator(f"{NOTE} a").click()
    tab = opened.value
    tab.locator("[name=username]").fill(person.email)
    tab.locator("[name=password]").fill(PASSWORD)
    tab.locator("[type=submit]").click()
    expect(tab).to_have_title("Übersicht - ThINKA-Portal", timeout=TIMEOUT)
    tab.close()
    window.evaluate(BACK)


def assert_stored(page, text: str, window) -> None:
    for _ in range(40):
        page.refresh_from_db()
        if page.latest_revision and page.latest_revision.content["summary"] == text:
            return
        window.wait_for_timeout(500)
    raise AssertionError("The text is not stored.")


def test_typing_goes_on_after_a_new_login(window, page, editor):
    sign_out(window)
    type_summary(window, "Bleibt stehen")
    note = window.locator(NOTE)
    expect(note).to_be_visible(timeout=TIMEOUT)
    expect(note).to_contain_text("Sie sind nicht mehr angemeldet")
    sign_in_in_a_new_tab(window, editor)
    expect(note).to_be_hidden(timeout=TIMEOUT)
    expect(window.locator("#id_summary")).to_have_value("Bleibt stehen")
    assert_stored(page, "Bleibt stehen", window)


def test_the_button_loses_nothing_either(window, page, editor):
    window.locator("#id_summary").fill("Mit dem Knopf")
    sign_out(window)
    use_button(window, "button.action-save")
    expect(window.locator(NOTE)).to_be_visible(timeout=TIMEOUT)
    expect(window.locator("#id_summary")).to_have_value("Mit dem Knopf")
    sign_in_in_a_new_tab(window, editor)
    expect(window.locator(NOTE)).to_be_hidden(timeout=TIMEOUT)
    use_button(window, "button.action-save")
    expect(window.locator(".messages")).to_contain_text(page.title, timeout=TIMEOUT)
    assert_stored(page, "Mit dem Knopf", window)


def test_a_new_token_from_another_tab_is_taken(window, page, portal, traeger):
    window.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    tab = window.context.new_page()
    tab.goto(portal.url(traeger, "/admin/"))
    tab.close()
    type_summary(window, "Neues Kennzeichen")
    assert_stored(page, "Neues Kennzeichen", window)


def test_somebody_else_finds_nothing(window, page, traeger):
    sign_out(window)
    type_summary(window, "Nur für mich")
    expect(window.locator(NOTE)).to_be_visible(timeout=TIMEOUT)
    window.context.add_cookies(login_cookies(UserFactory(role=REDAKTION, traeger=traeger)))
    window.evaluate(BACK)
    expect(window).to_have_title("Übersicht - ThINKA-Portal", timeout=TIMEOUT)
    window.go_back()
    assert window.evaluate("[...document.querySelectorAll('textarea')].map(field => field.value)") == []
