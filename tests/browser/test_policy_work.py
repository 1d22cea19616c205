"""The editing area works under its content security policy: what starts by scripts there still does.

The fixture `visit` fails a test in which the browser had to refuse something.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from home.models import EventIndexPage
from sites.access.roles import LEITUNG
from sites.models import PortalDocument, PortalImage, User
from tests.browser.conftest import TIMEOUT
from tests.browser.test_story import use_button
from tests.factories import ContentPageFactory, ImageFactory, UserFactory
from tests.factories.people import PASSWORD
from tests.sites.media.uploads import jpeg, png
from tests.world import list_page

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

PICTURE_PANEL = "section.collapsed:has(#id_picture-chooser) [data-panel-toggle]"
PICKER = ".xdsoft_datetimepicker:visible"


@pytest.fixture
def traeger(portal):
    return portal.world.traeger_a


@pytest.fixture
def page(traeger):
    return ContentPageFactory(parent=traeger.site.root_page)


@pytest.fixture
def person(request, traeger):
    return UserFactory(**getattr(request, "param", {"role": LEITUNG, "traeger": traeger}))


@pytest.fixture
def window(visit, person):
    return visit(person)


@pytest.fixture
def go(window, portal, traeger):
    def to(view, *args, query=""):
        window.goto(portal.url(traeger, reverse(view, args=args) + query))
        window.wait_for_load_state("networkidle")

    return to


def test_dates_rows_and_choosers_of_an_event(window, go, traeger):
    ImageFactory(traeger=traeger, title="Beispielbild")
    go("wagtailadmin_pages:add", "home", "eventpage", list_page(traeger, EventIndexPage).pk)
    window.locator("#id_title").fill("Nähtreff")
    window.locator("#id_summary").fill("Wir nähen zusammen.")
    window.locator("#id_start").click()
    expect(window.locator(PICKER)).to_have_count(1)
    window.locator(f"{PICKER} .xdsoft_date:not(.xdsoft_disabled)").last.click()
    window.keyboard.press("Escape")
    assert window.locator("#id_start").input_value()
    day = window.locator("#id_start").input_value().split()[0]
    window.locator("#id_start").fill(f"{day} 09:00")
    window.locator("#id_end").fill(f"{day} 11:00")
    window.keyboard.press("Escape")
    window.locator("#id_frequency").select_option(index=1)
    window.locator("#id_exclusions-ADD").click()
    row = window.locator("#id_exclusions-0-date")
    row.click()
    expect(window.locator(PICKER)).to_have_count(1)
    window.locator(f"{PICKER} .xdsoft_date:not(.xdsoft_disabled)").last.click()
    assert row.input_value()

    window.locator(PICTURE_PANEL).click()
    window.locator("#id_picture-chooser .unchosen [data-chooser-action-choose]").click()
    window.get_by_role("link", name="Beispielbild").first.click()
    expect(window.locator("#id_picture-chooser")).to_contain_text("Beispielbild")
    window.locator("#id_anlaufstelle").select_option(index=1)


def test_text_blocks_comments_and_preview(window, go, page):
    go("wagtailadmin_pages:edit", page.pk)
    window.locator(".c-sf-add-button").first.click()
    window.get_by_role("option", name="Text").first.click()
    editor = window.locator("[data-streamfield-child] .public-DraftEditor-content").last
    editor.click()
    window.keyboard.type("Hallo Nachbarschaft")
    window.keyboard.press("ControlOrMeta+a")
    window.keyboard.press("ControlOrMeta+k")
    expect(window.locator(".modal")).to_be_visible()
    window.locator(".modal [data-dismiss=modal]").first.click()
    window.locator("[data-side-panel-toggle=preview]").click()
    frame = window.frame_locator("#w-preview-iframe")
    expect(frame.locator("h1")).to_have_text(page.title, timeout=TIMEOUT)
    expect(frame.locator("main")).to_contain_text("Hallo Nachbarschaft", timeout=TIMEOUT)
    window.locator("[data-side-panel-toggle=checks]").click()
    use_button(window, "button.action-save")
    expect(window.locator(".messages")).to_contain_text(page.title)
    page.refresh_from_db()
    assert "Hallo Nachbarschaft" in page.latest_revision.content["body"]


def test_uploads(window, go, traeger):
    go("wagtailimages:add_multiple")
    files = [{"name": "bild-neu.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}]
    window.locator("#fileupload").set_input_files(files)
    form = window.locator("#upload-list form").first
    form.locator("input[name$=title]").fill("Neues Bild vom Hof")
    form.locator("input[name$=description]").fill("Ein Hof")
    form.locator("[type=submit]").first.click()
    expect(window.locator("#upload-list li")).to_have_count(0)
    image = PortalImage.objects.get(title="Neues Bild vom Hof")
    go("wagtailimages:edit", image.pk)
    expect(window.locator(".jcrop-holder").first).to_be_visible()

    go("wagtaildocs:add_multiple")
    files = [{"name": "aushang.txt", "mimeType": "text/plain", "buffer": b"Heute zu"}]
    window.locator("#fileupload").set_input_files(files)
    form = window.locator("#upload-list form").first
    form.locator("input[name$=title]").fill("Aushang vom Hof")
    form.locator("[type=submit]").first.click()
    expect(window.locator("#upload-list li")).to_have_count(0)
    assert PortalDocument.objects.filter(title="Aushang vom Hof").exists()


def test_upload_within_a_chooser(window, go, page):
    go("wagtailadmin_pages:edit", page.pk)
    window.locator(PICTURE_PANEL).click()
    window.locator("#id_picture-chooser .unchosen [data-chooser-action-choose]").click()
    window.locator(".modal [role=tab]").last.click()
    # Another picture than above: of a duplicate, the window would ask which one to use.
    files = {"name": "im-fenster.png", "mimeType": "image/png", "buffer": png(orientation=3)}
    window.locator(".modal input[type=file]").set_input_files([files])
    window.locator(".modal input[name$=title]").fill("Bild aus dem Fenster")
    window.locator(".modal input[name$=description]").fill("Ein Fenster")
    window.locator(".modal form[enctype] [type=submit]").click()
    chosen = window.locator("#id_picture-chooser")
    expect(chosen).to_contain_text("Bild aus dem Fenster", timeout=TIMEOUT)


def test_dates_in_filters(window, go):
    go("wagtailadmin_reports:site_history")
    window.locator("[data-w-drilldown-target=count]").first.locator("xpath=ancestor::button").click()
    window.locator("[aria-controls=drilldown-id_timestamp]").click()
    found = window.locator("#drilldown-id_timestamp input").first
    found.click()
    expect(window.locator(PICKER)).to_have_count(1)


def test_the_window_about_readers(window, go, page):
    go("wagtailadmin_pages:edit", page.pk)
    window.locator("[data-side-panel-toggle=status]").click()
    window.locator("[data-a11y-dialog-show=set-privacy]").first.click()
    expect(window.locator("#set-privacy input[value=login], .modal input[value=login]").first).to_be_visible()


@pytest.mark.parametrize("person", [{"is_superuser": True}], indirect=True)
def test_translating(window, go, page):
    go("wagtail_localize:submit_page_translation", page.pk)
    expect(window.locator("main form[method=POST]").first).to_be_visible()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target()
    go("wagtailadmin_pages:edit", translation.get_target_instance().pk)
    expect(window.locator(".js-translation-editor")).to_contain_text(page.title)
    assert window.evaluate("window.chooserUrls") == {
        "imageChooser": reverse("wagtailimages_chooser:choose"),
        "documentChooser": reverse("wagtaildocs_chooser:choose"),
        "pageChooser": reverse("wagtailadmin_choose_page"),
    }


def test_a_new_password(window, go, person):
    go("wagtailadmin_account")
    window.locator("input[name=password-old_password]").fill(PASSWORD)
    for name in ("password-new_password1", "password-new_password2"):
        window.locator(f"input[name={name}]").fill("ein-neues-beispiel-83")
    # The form is sent a moment later: first the script asks whether the person is still signed in.
    with window.expect_response(lambda answer: answer.request.method == "POST"):
        window.locator("main form [type=submit]").first.click()
    user = User.objects.get(pk=person.pk)
    assert user.check_password("ein-neues-beispiel-83")
