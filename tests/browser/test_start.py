"""Where staff begin: quick to a partner's telephone, readable everywhere, and a bar of two lines."""

import pytest
from playwright.sync_api import Locator, Page, expect

from home.models import InternalPage
from knowledge.models import PartnerIndexPage
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import LOOKS, findings, overflow
from tests.factories import PartnerPageFactory, TopicFactory, UserFactory
from tests.factories.people import PASSWORD
from tests.sites.grants.granting import grant
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")
NAME, NUMBER, DIALLED = "Beispiel-Kleiderkammer Nord", "+49 30 23125-201", "tel:+493023125201"


@pytest.fixture(scope="module")
def partner(portal):
    return PartnerPageFactory(
        parent=list_page(portal.world.knowledge, PartnerIndexPage),
        title=NAME,
        phone=NUMBER,
        topics=[TopicFactory(name="Kleidung")],
    )


class Taps:
    """Counts the taps of a finger."""

    def __init__(self):
        self.number = 0

    def on(self, where: Locator) -> None:
        where.tap()
        self.number += 1


def sign_in(window: Page, portal, taps: Taps) -> None:
    user = UserFactory(role="lesen", traeger=portal.world.traeger_a)
    window.goto(portal.url(portal.world.knowledge, "/anmelden/"))
    expect(window.locator("input[name=username]")).to_be_focused()
    window.keyboard.type(user.email)
    taps.on(window.locator("input[name=password]"))
    window.keyboard.type(PASSWORD)
    taps.on(window.locator("main form button[type=submit]"))


def test_from_signing_in_to_a_telephone_number_by_search(portal, partner, visit):
    window, taps = visit(viewport=PHONE, has_touch=True), Taps()
    sign_in(window, portal, taps)
    field = window.get_by_role("combobox")
    box = field.bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"] / 2
    taps.on(field)
    field.press_sequentially("kleiderk")
    taps.on(window.get_by_role("option", name=NAME))
    expect(window.locator("h1")).to_have_text(NAME)
    number = window.locator(f"main a[href='{DIALLED}']").first
    expect(number).to_be_in_viewport()
    taps.on(number)
    assert taps.number <= 5


def test_from_signing_in_to_a_telephone_number_by_topic(portal, partner, visit):
    window, taps = visit(viewport=PHONE, has_touch=True, javascript=False), Taps()
    sign_in(window, portal, taps)
    taps.on(window.get_by_role("link", name="Kleidung 1", exact=True))
    number = window.locator(f"main a[href='{DIALLED}']").first
    expect(number).to_be_visible()
    taps.on(number)
    assert taps.number <= 5


def assert_readable(window: Page, url: str) -> None:
    window.goto(url)
    assert not findings(window)
    assert overflow(window) == 0
    window.set_viewport_size({"width": 320, "height": 700})
    assert overflow(window) == 0


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_readable_for_staff(look, portal, partner, visit, watch):
    world = portal.world
    editor = UserFactory(role="leitung", traeger=world.traeger_a)
    editor.groups.add(world.knowledge.group("leitung"))
    grant(editor, InternalPage.objects.live().first().page_ptr, "change")
    for user in (editor, UserFactory(role="lesen", traeger=world.traeger_a)):
        for traeger, path in ((world.knowledge, "/"), (world.traeger_a, "/mein-start/")):
            window = visit(user, **LOOKS[look])
            with watch(window):
                assert_readable(window, portal.url(traeger, path))


@pytest.mark.usefixtures("partner")
@pytest.mark.parametrize("look", LOOKS)
def test_it_is_readable_for_visitors(look, portal, visit, watch):
    window = visit(**LOOKS[look])
    with watch(window):
        assert_readable(window, portal.url(portal.world.knowledge))


def test_the_bar_has_two_lines_at_most_on_a_phone(portal, visit):
    window = visit(UserFactory(role="leitung", traeger=portal.world.traeger_a), viewport=PHONE)
    window.goto(portal.url_of(portal.pages["OfferPage"]))
    expect(window.locator(".tp-staff a")).to_have_count(3)
    assert window.locator(".tp-staff").bounding_box()["height"] <= 2 * 44
    window.set_viewport_size(DESKTOP)
    assert window.locator(".tp-staff").bounding_box()["height"] <= 44
