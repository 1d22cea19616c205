"""The end of the session in what is no form of a page: dialogues, decisions, and the translation editor."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.models import ContentPage
from sites.access.roles import FREIGABE, REDAKTION
from tests.browser.conftest import TIMEOUT
from tests.browser.test_end_of_a_session import BACK, NOTE, sign_in_in_a_new_tab, sign_out
from tests.browser.test_story import use_button
from tests.factories import ContentPageFactory, UserFactory
from tests.waiting import wait_until

pytestmark = pytest.mark.xdist_group("browser")

COMMENT = "Bitte das Datum prüfen."


@pytest.fixture
def traeger(portal):
    return portal.world.traeger_a


@pytest.fixture
def approver(traeger):
    return UserFactory(role=FREIGABE, traeger=traeger)


@pytest.fixture
def waiting(traeger):
    """A draft that waits for approval; afterwards nothing waits in the lists of other tests."""
    page = ContentPageFactory(parent=traeger.site.root_page, publish=False)
    page.get_workflow().start(page, UserFactory(role=REDAKTION, traeger=traeger))
    yield page
    page.delete()


def choose(window, page, action: str) -> None:
    """Choose what is to be done with a page in the list of tasks."""
    row = window.get_by_role("row", name=page.title)
    address = f"/workflow/action/{page.pk}/{action}/"
    button = window.locator(f"button[data-workflow-action-url*='{address}']")
    if not button.first.is_visible():
        row.get_by_role("button", name="Aktionen").click()
    button.first.click()


def state(page):
    return ContentPage.objects.get(pk=page.pk).workflow_states.latest("created_at").status


def come_back(window, person) -> None:
    note = window.locator(NOTE)
    expect(note).to_be_visible(timeout=TIMEOUT)
    expect(note).to_contain_text("Sie sind nicht mehr angemeldet")
    sign_in_in_a_new_tab(window, person)
    expect(note).to_be_hidden(timeout=TIMEOUT)


def test_a_dialogue_keeps_what_was_typed(visit, portal, traeger, approver, waiting):
    window = visit(approver)
    window.goto(portal.url(traeger, "/admin/"))
    sign_out(window)
    choose(window, waiting, "reject")
    come_back(window, approver)
    choose(window, waiting, "reject")
    comment = window.locator(".modal textarea")
    comment.fill(COMMENT)
    sign_out(window)
    window.locator(".modal [type=submit]").click()
    come_back(window, approver)
    expect(comment).to_have_value(COMMENT)
    window.locator(".modal [type=submit]").click()
    expect(window.locator(".messages")).to_contain_text(waiting.title, timeout=TIMEOUT)
    assert state(waiting) == "needs_changes"


def test_approving_in_a_list_waits_for_the_new_login(visit, portal, traeger, approver, waiting):
    window = visit(approver)
    window.goto(portal.url(traeger, "/admin/"))
    sign_out(window)
    choose(window, waiting, "approve")
    come_back(window, approver)
    assert state(waiting) == "in_progress"
    choose(window, waiting, "approve")
    expect(window.locator(".messages")).to_contain_text(waiting.title, timeout=TIMEOUT)
    assert state(waiting) == "approved"


def test_who_only_saves_later_has_not_approved(visit, portal, traeger, approver, waiting):
    window = visit(approver)
    window.goto(portal.url(traeger, reverse("wagtailadmin_pages:edit", args=[waiting.pk])))
    window.wait_for_load_state("networkidle")
    sign_out(window)
    use_button(window, "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")
    come_back(window, approver)
    use_button(window, "button.action-save")
    expect(window.locator(".messages")).to_contain_text(waiting.title, timeout=TIMEOUT)
    assert state(waiting) == "in_progress"


@pytest.fixture
def translator():
    return UserFactory(admin=True)


@pytest.fixture
def translation(traeger):
    page = ContentPageFactory(parent=traeger.site.root_page)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    return translation


@pytest.fixture
def editor(visit, portal, traeger, translator, translation):
    """The translation editor, with a new text in its first field."""
    window = visit(translator)
    page = translation.get_target_instance()
    window.goto(portal.url(traeger, reverse("wagtailadmin_pages:edit", args=[page.pk])))
    window.get_by_role("button", name="Übersetzen", exact=True).first.click()
    window.locator("main textarea").first.fill("To be translated")
    return window


def store(window) -> None:
    window.get_by_role("button", name="Speichern", exact=True).first.click()


@pytest.fixture
def is_stored(translation):
    texts = StringTranslation.objects.filter(context__object_id=translation.source.object_id)
    return texts.filter(data="To be translated").exists


def test_a_translated_text_is_stored_after_the_new_login(editor, translator, is_stored):
    sign_out(editor)
    store(editor)
    expect(editor.locator(NOTE)).to_be_visible(timeout=TIMEOUT)
    assert not is_stored()
    come_back(editor, translator)
    # Nobody presses anything again.
    wait_until(is_stored)


def test_a_translated_text_is_stored_with_a_new_token(editor, portal, traeger, is_stored):
    editor.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    tab = editor.context.new_page()
    tab.goto(portal.url(traeger, "/admin/"))
    tab.close()
    editor.evaluate(BACK)
    store(editor)
    wait_until(is_stored)
