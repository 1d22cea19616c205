"""The Wegweiser without a network: what it shows, how it catches up, and what is left for the next person."""

import re
from datetime import time, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import PageViewRestriction

from knowledge.models import PartnerIndexPage
from knowledge.models.partner import PartnerInterval
from sites.access.roles import LESEN
from sites.accounts.device import COOKIE, LONGEST
from tests.browser.conftest import PHONE, login_cookies
from tests.browser.test_accessibility import findings, overflow
from tests.factories import PartnerPageFactory, TopicFactory, UserFactory
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")

SMALL = {"width": 320, "height": 640}
SAVED = re.compile(r"Auch ohne Netz verfügbar · Stand: ")
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) {
    found.push(new URL(request.url).pathname);
  }
  return found;
}"""
HOUR, ANY_DAY = timedelta(hours=1), range(7)


@pytest.fixture(scope="module", autouse=True)
def partners(portal):
    """Two partners for staff, with a topic of their own: one that never shuts, one that was never open."""
    topic = TopicFactory(name="Störche", slug="stoerche")
    parent = list_page(portal.world.knowledge, PartnerIndexPage)
    always = [PartnerInterval(weekday=day, opens=time(0), closes=time(23, 59)) for day in ANY_DAY]
    made = [
        PartnerPageFactory(
            parent=parent,
            title="Storchenberatung",
            slug="storchenberatung",
            topics=[topic],
            languages=["ar"],
            phone="+49 30 23125123",
            closed_on_public_holidays=False,
            intervals=always,
        ),
        PartnerPageFactory(
            parent=parent, title="Storchenhilfe", slug="storchenhilfe", topics=[topic], languages=["uk"]
        ),
    ]
    for page in made:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return made


@pytest.fixture
def person(portal):
    return UserFactory(role=LESEN, traeger=portal.world.traeger_b)


def visited(portal, visit, person, viewport=PHONE) -> Page:
    """A window on the Wegweiser that has saved everything."""
    window = visit(person, viewport=viewport)
    open_wegweiser(portal, window)
    expect(window.locator("#wegweiser-stand")).to_have_text(SAVED)
    window.evaluate("navigator.serviceWorker.ready")
    return window


def open_wegweiser(portal, window: Page, query: str = "?sozialraum=") -> None:
    window.goto(portal.url(portal.world.traeger_a, f"/wegweiser/{query}"))


def without_network(window: Page, portal, query: str = "?sozialraum=&topic=stoerche") -> None:
    window.context.set_offline(True)
    open_wegweiser(portal, window, query)


def test_all_filters_work_without_a_network(portal, visit, person):
    window = visited(portal, visit, person, SMALL)
    without_network(window, portal)
    titles = window.locator(".tp-card h3")
    expect(titles).to_have_text(["Storchenberatung", "Storchenhilfe"])
    expect(window.locator('[data-part="found"]')).to_contain_text("Das Portal ist gerade nicht erreichbar")
    expect(window.locator('[data-part="found"]')).to_contain_text("Stand: ")
    expect(window.locator("input[name=topic]:checked")).to_have_value("stoerche")
    assert window.locator(".tp-card a[href^='tel:']").get_attribute("href") == "tel:+493023125123"
    assert not findings(window)
    assert overflow(window) == 0
    window.locator("label", has_text="Ukrainisch").click()
    expect(titles).to_have_text(["Storchenhilfe"])
    expect(window.locator("#anzahl-status")).to_have_text("1 Stelle hilft")
    expect(window.get_by_role("button", name="Mehr zeigen")).to_be_hidden()
    expect(window).to_have_url(re.compile("language=uk"))
    window.locator("label", has_text="kostenlos").click()
    expect(titles).to_have_count(0)
    window.get_by_role("link", name="Ohne „kostenlos“: 1 Stelle").click()
    expect(titles).to_have_text(["Storchenhilfe"])
    window.go_back()
    expect(window.get_by_role("link", name="Ohne „kostenlos“: 1 Stelle")).to_be_visible()
    assert not findings(window)


def test_the_network_goes_away_on_the_page(portal, visit, person):
    window = visited(portal, visit, person)
    window.context.set_offline(True)
    window.locator("label", has_text="Störche").click()
    expect(window.locator(".tp-card h3")).to_have_text(["Storchenberatung", "Storchenhilfe"])
    expect(window).to_have_url(re.compile("topic=stoerche"))
    expect(window.locator("input[name=topic]:checked")).to_be_focused()
    field = window.locator("input[type=search]")
    field.fill("STORCHENHILFE")
    expect(window.locator(".tp-card h3")).to_have_text(["Storchenhilfe"])
    expect(window.locator('[data-part="found"]')).to_contain_text("nur in Namen und Beschreibungen")


def test_open_now_is_computed_on_the_phone(portal, visit, person):
    window = visited(portal, visit, person)
    midday = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    window.clock.set_fixed_time(midday + timedelta(days=1))
    without_network(window, portal, "?sozialraum=&topic=stoerche&now=1")
    card = window.locator(".tp-card")
    expect(card.locator("h3")).to_have_text(["Storchenberatung"])
    expect(card).to_contain_text("Heute geöffnet bis 23:59 Uhr")
    # The minute before midnight, and midnight.
    for seconds, fits in ((-30, 0), (0, 1)):
        window.clock.set_fixed_time(midday + timedelta(days=1, hours=12, seconds=seconds))
        window.reload()
        expect(card).to_have_count(fits)


def test_by_keyboard_alone(portal, visit, person):
    window = visited(portal, visit, person)
    without_network(window, portal, "?sozialraum=")
    window.locator("input[name=topic]").first.focus()
    window.keyboard.press("ArrowUp")
    expect(window).to_have_url(re.compile("topic="))
    expect(window.locator("input[name=topic]:checked")).to_be_focused()


def test_what_has_changed_is_told(portal, visit, person, partners):
    window = visited(portal, visit, person)
    without_network(window, portal)
    expect(window.locator(".tp-card")).to_have_count(2)
    partner = partners[1]
    partner.refresh_from_db()
    partner.phone = "+49 30 23125777"
    partner.save_revision().publish()
    window.context.set_offline(False)
    expect(window.locator("#wegweiser-stand")).to_contain_text("geändert: Storchenhilfe")
    # From the server again.
    expect(window.locator(".tp-card a[href='tel:+493023125777']")).to_be_visible()
    expect(window.locator('[data-part="found"]')).not_to_contain_text("nicht erreichbar")
    without_network(window, portal)
    changed = window.locator(".tp-card", has_text="Seit Ihrem letzten Besuch geändert")
    expect(changed.locator("h3")).to_have_text(["Storchenhilfe"])
    expect(changed.locator("a[href='tel:+493023125777']")).to_be_visible()


def test_signing_out_wipes_the_device(portal, visit, person):
    window = visited(portal, visit, person)
    assert window.evaluate(KEPT)
    window.get_by_role("button", name="Abmelden").click()
    window.wait_for_url(portal.url(portal.world.traeger_a))
    assert COOKIE not in {cookie["name"] for cookie in window.context.cookies()}
    window.wait_for_function(f"({KEPT})().then((kept) => !kept.length)")
    window.context.set_offline(True)
    with pytest.raises(Exception, match="net::ERR_"):
        open_wegweiser(portal, window)


@pytest.mark.parametrize("end", ["session", "account"])
def test_an_ended_session_wipes_the_device_at_the_next_contact(end, portal, visit, person):
    window = visited(portal, visit, person)
    without_network(window, portal)
    expect(window.locator(".tp-card")).to_have_count(2)
    if end == "session":
        window.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    else:
        person.is_active = False
        person.save()
    window.context.set_offline(False)
    expect(window.locator("h1")).to_have_text("Wo finde ich Hilfe?")
    expect(window.locator(".tp-card", has_text="Storch")).to_have_count(0)
    assert COOKIE not in {cookie["name"] for cookie in window.context.cookies()}
    window.wait_for_function(f"({KEPT})().then((kept) => !kept.length)")


def test_another_person_on_the_same_device_sees_nothing(portal, visit, person):
    """Also where nothing could be wiped: nobody reads it with the key of another session."""
    window = visited(portal, visit, person)
    other = UserFactory()
    window.context.clear_cookies()
    window.context.add_cookies(login_cookies(other))
    # The next person has been here, but has never opened the Wegweiser: nothing asks the browser to forget.
    key = {"name": COOKIE, "value": "A" * 43, "url": portal.url(portal.world.traeger_a)}
    window.context.add_cookies([key])
    without_network(window, portal)
    expect(window.locator("h2", has_text="Auf diesem Gerät ist nichts gespeichert")).to_be_visible()
    expect(window.locator(".tp-card")).to_have_count(0)
    window.wait_for_function(f"({KEPT})().then((kept) => !kept.length)")


def test_what_is_saved_lies_there_locked_and_ends(portal, visit, person):
    window = visited(portal, visit, person)
    stored = window.evaluate(
        """async () => {
          const kept = await caches.match("/wegweiser/daten/");
          return new TextDecoder("latin1").decode(await kept.arrayBuffer());
        }"""
    )
    assert len(stored) > 500
    assert "Storch" not in stored
    window.clock.set_fixed_time(timezone.now() + timedelta(seconds=LONGEST) + HOUR)
    without_network(window, portal)
    expect(window.locator("h2", has_text="Auf diesem Gerät ist nichts gespeichert")).to_be_visible()


def test_no_other_page_is_kept(portal, visit, person):
    window = visited(portal, visit, person)
    for path in ("/", "/wegweiser/", "/suche/?q=Angebot", "/admin/login/"):
        window.goto(portal.url(portal.world.traeger_a, path))
    kept = window.evaluate(KEPT)
    pages = {path for path in kept if not path.startswith(("/static/", "/farben-"))}
    assert pages == {"/wegweiser/daten/", "/wegweiser/ohne-netz/"}
    window.context.set_offline(True)
    with pytest.raises(Exception, match="net::ERR_"):
        window.goto(portal.url(portal.world.traeger_a, "/angebote/"))
