"""A visitor with a phone finds that something is not true any more, and says so."""

import pytest
from playwright.sync_api import expect

from home.lifecycle.notice_form import QUICKEST
from home.models import AnlaufstelleIndexPage, Notice
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import findings, overflow
from tests.factories import AnlaufstellePageFactory
from tests.wording import said
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")


def test_a_visitor_reports_in_two_clicks(portal, visit, watch):
    office = AnlaufstellePageFactory(
        parent=list_page(portal.world.traeger_a, AnlaufstelleIndexPage), title="Nord am Bach"
    )
    window = visit(viewport=PHONE, has_touch=True)
    clicks = []

    def tap(found):
        clicks.append(found)
        expect(found).to_be_visible()
        found.tap()

    with watch(window):
        window.goto(portal.url_of(office))
        tap(window.get_by_role("link", name=said("Not true any more?")))
        expect(window.locator("h1")).to_have_text(said("Not true any more?"))
        assert not findings(window)
        assert overflow(window) == 0
        # Who sends it sooner is taken for a machine.
        window.wait_for_timeout(1000 * QUICKEST + 100)
        tap(window.get_by_role("button", name=said("Send notice")))
        expect(window.locator("h1")).to_have_text(said("Thank you for your notice"))
        assert not findings(window)
        assert overflow(window) == 0
    assert len(clicks) == 2
    assert window.context.cookies() == []
    assert Notice.objects.get(page=office.pk).is_open


def test_what_is_wrong_is_said_and_readable(portal, visit):
    office = AnlaufstellePageFactory(
        parent=list_page(portal.world.traeger_a, AnlaufstelleIndexPage), title="Nord am Hang"
    )
    window = visit(viewport=PHONE)
    window.goto(portal.url(portal.world.traeger_a, f"/stimmt-nicht/{office.pk}/"))
    window.get_by_label("Die Öffnungszeiten").check()
    window.get_by_label(said("What would be right?")).fill("Montags zu")
    # As one that was open for too long.
    window.locator("[name=token]").evaluate("field => { field.value = 'alt' }")
    window.get_by_role("button", name=said("Send notice")).click()
    expect(window.get_by_role("alert")).to_be_visible()
    expect(window.get_by_label(said("What would be right?"))).to_have_value("Montags zu")
    assert not findings(window)
    assert not Notice.objects.filter(page=office.pk).exists()
