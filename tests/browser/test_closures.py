"""An editor with a phone stands at the shut door of an office: the website has to say so, now."""

import pytest
from playwright.sync_api import expect

from home.models import AnlaufstelleIndexPage, AnlaufstellePage
from sites.access.roles import REDAKTION
from tests.browser.conftest import PHONE
from tests.factories import AnlaufstellePageFactory, UserFactory
from tests.wording import said
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")

MOST_TAPS = 4


def test_an_office_is_closed_in_four_taps_from_the_dashboard(portal, visit):
    traeger = portal.world.traeger_a
    office = AnlaufstellePageFactory(parent=list_page(traeger, AnlaufstelleIndexPage), title="Nord am Markt")
    window = visit(UserFactory(role=REDAKTION, traeger=traeger), viewport=PHONE, has_touch=True)
    taps = []

    def tap(found):
        taps.append(found)
        expect(found).to_be_visible()
        found.tap()

    window.goto(portal.url(traeger, "/admin/"))
    tap(window.get_by_role("link", name=said("Close at once: %(office)s", office=office.title)))
    tap(window.get_by_label(said("Reason")))
    window.keyboard.type("Teamtag")
    tap(window.get_by_role("button", name=said("Publish the closure")))
    expect(window.locator(".messages")).to_contain_text(
        said("Published. It can be read now, in all languages.")
    )
    assert len(taps) <= MOST_TAPS
    # Nothing is wider than the phone.
    assert window.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    visitor = visit(viewport=PHONE)
    visitor.goto(portal.url_of(office))
    expect(visitor.locator("main")).to_contain_text("Teamtag")

    window.locator("form[action$='/zuruecknehmen/'] button").tap()
    expect(window.locator(".messages")).to_contain_text(said("The closure is taken back, in all languages."))
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text("Teamtag")
    assert AnlaufstellePage.objects.get(pk=office.pk).live
