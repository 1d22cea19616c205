"""What somebody says about a picture when it is uploaded is offered where the picture stands on a page."""

from io import BytesIO
from itertools import count

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from sites.access.roles import REDAKTION
from tests.browser.test_story import log_in
from tests.factories import UserFactory

pytestmark = pytest.mark.xdist_group("browser")

NUMBERS = count(1)


@pytest.fixture
def editor(portal, visit) -> Page:
    """A new page in the editing area."""
    traeger = portal.world.traeger_a
    window = visit()
    address = f"/admin/pages/add/home/contentpage/{traeger.site.root_page_id}/"
    log_in(window, portal.url(traeger, address), UserFactory(role=REDAKTION, traeger=traeger))
    for closed in window.locator("[data-panel-toggle][aria-expanded=false]").all():
        closed.click()
    return window


def upload(window: Page, chooser: str, text: str) -> None:
    """Choose a new picture with the text alternative `text`."""
    if (menu := window.locator(f"{chooser} .chosen [data-w-dropdown-target=toggle]")).is_visible():
        menu.click()
    window.locator(f"{chooser} [data-chooser-action-choose]:visible").first.click()
    window.locator(".modal [role=tab]").nth(1).click()
    # Each of another colour: the same picture twice would be asked about.
    number, content = next(NUMBERS), BytesIO()
    Image.new("RGB", (80, 50), (number, 0, 0)).save(content, "PNG")
    file = FilePayload(name=f"IMG_{number}.png", mimeType="image/png", buffer=content.getvalue())
    window.locator("#id_image-chooser-upload-file").set_input_files(file)
    expect(window.locator("#id_image-chooser-upload-title")).to_have_value(f"IMG_{number}")
    window.locator("#id_image-chooser-upload-description").fill(text)
    window.locator("[data-chooser-modal-creation-form] [type=submit]").click()
    expect(window.locator(".modal")).to_have_count(0)


def test_the_picture_of_the_page(editor):
    alternative = editor.locator("#id_picture_alt")
    upload(editor, "#id_picture-chooser", "Ein rotes Haus")
    expect(alternative).to_have_value("Ein rotes Haus")
    # Another picture, another text; a file name is none.
    upload(editor, "#id_picture-chooser", "")
    expect(alternative).to_have_value("")
    # What was written here stays.
    alternative.fill("Unser Haus im Schnee")
    upload(editor, "#id_picture-chooser", "Ein blaues Haus")
    expect(alternative).to_have_value("Unser Haus im Schnee")


def test_a_picture_in_the_content(editor):
    editor.locator("#id_title").fill("Seite mit Bild")
    editor.locator(".c-sf-add-button").first.click()
    editor.get_by_role("option", name="Bild", exact=True).click()
    upload(editor, "#body-0-value-image-image-chooser", "Ein rotes Haus")
    expect(editor.locator("#body-0-value-image-alt_text")).to_have_value("Ein rotes Haus")
