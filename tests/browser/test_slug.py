"""The address that the editor offers while somebody types a title."""

import pytest
from playwright.sync_api import expect

from sites.access.roles import REDAKTION
from tests.browser.test_story import log_in
from tests.factories import ContentPageFactory, UserFactory

pytestmark = pytest.mark.xdist_group("browser")


def test_a_new_address_is_written_in_plain_letters_and_an_old_one_stays(portal, visit):
    traeger = portal.world.traeger_a
    start = traeger.site.root_page
    old = ContentPageFactory(parent=start, title="Büro", slug="büro")
    window = visit()
    log_in(
        window,
        portal.url(traeger, f"/admin/pages/add/home/contentpage/{start.pk}/"),
        UserFactory(role=REDAKTION, traeger=traeger),
    )
    slug = window.locator("#id_slug")
    window.locator("#id_title").press_sequentially("Größe & Café Łódź – Центр")
    expect(slug).to_have_value("groesse-cafe-lodz-центр")

    window.goto(portal.url(traeger, f"/admin/pages/{old.pk}/edit/"))
    window.locator("#tab-label-veroffentlichung").click()
    slug.focus()
    slug.blur()
    expect(slug).to_have_value("büro")
