"""What every page tells people and machines besides its content."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from icalendar import Calendar

from home.models import AnlaufstelleIndexPage, EventIndexPage
from tests.factories import AnlaufstellePageFactory, ContentPageFactory, EventPageFactory, ImageFactory
from tests.factories.bodies import MANY_HEADINGS, text_body
from tests.world import list_page


@pytest.fixture
def get(traeger_a, client_for):
    def get(page) -> BeautifulSoup:
        response = client_for(None, traeger_a).get(page.get_url_parts()[2])
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


@pytest.fixture
def start(traeger_a):
    return traeger_a.site.root_page


def meta(soup, name: str) -> str | None:
    tag = soup.find("meta", property=name) or soup.find("meta", attrs={"name": name})
    return tag and tag["content"]


def test_title_description_and_address_for_search_engines_and_messengers(start, traeger_a, get):
    page = ContentPageFactory(
        parent=start, title="Über <uns>", slug="ueber-uns", search_description="Wer wir sind & was wir tun."
    )
    soup = get(page)
    assert soup.title.string.strip() == f"Über <uns> – {traeger_a.name}"
    for name in ("description", "og:description"):
        assert meta(soup, name) == "Wer wir sind & was wir tun."
    assert meta(soup, "og:title") == "Über <uns>"
    assert meta(soup, "og:site_name") == traeger_a.name
    address = f"{traeger_a.site.root_url}/ueber-uns/"
    assert meta(soup, "og:url") == address
    assert soup.find("link", rel="canonical")["href"] == address


def test_the_summary_describes_a_page_without_a_description_of_its_own(start, get):
    soup = get(ContentPageFactory(parent=start, summary="Kurz gesagt."))
    assert meta(soup, "description") == "Kurz gesagt."


def test_the_picture_for_sharing(start, traeger_a, get):
    picture = ImageFactory(traeger=traeger_a)
    soup = get(ContentPageFactory(parent=start, picture=picture, picture_alt="Ein Rechteck"))
    assert meta(soup, "og:image").startswith(("http://", "https://"))
    assert meta(soup, "og:image").endswith(".jpg")
    assert meta(soup, "og:image:width") == "1200"
    assert soup.select_one("main img")["alt"] == "Ein Rechteck"


def test_when_the_page_was_checked(start, get):
    soup = get(ContentPageFactory(parent=start, reviewed_on=date(2026, 1, 15)))
    assert "15. Januar 2026" in soup.select_one("main .tp-checked").get_text()
    assert not get(ContentPageFactory(parent=start)).select(".tp-checked")


def test_a_long_page_has_a_table_of_contents_that_leads_to_its_headings(start, get):
    soup = get(ContentPageFactory(parent=start, body=text_body()))
    links = soup.select("main a[href^='#abschnitt-']")
    assert {link.get_text(strip=True) for link in links} == set(MANY_HEADINGS)
    for link in links:
        assert soup.find(id=link["href"][1:]).get_text(strip=True) == link.get_text(strip=True)


def test_a_short_page_has_none(start, get):
    page = ContentPageFactory(parent=start, body=[("heading", "Nur eine")])
    assert not get(page).select("a[href^='#abschnitt-']")


def test_an_event_as_a_file_for_calendars(traeger_a, client_for):
    event = EventPageFactory(parent=list_page(traeger_a, EventIndexPage), title="Frühstück", place="Im Hof")
    response = client_for(None, traeger_a).get(event.get_url_parts()[2] + "kalender/")
    assert response["content-type"] == "text/calendar; charset=utf-8"
    assert f'filename="{event.slug}.ics"' in response["content-disposition"]
    (entry,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert entry["summary"] == "Frühstück"
    assert entry["location"] == "Im Hof"
    assert entry.decoded("dtstart") == event.start
    assert entry["url"] == traeger_a.site.root_url + event.get_url_parts()[2]


def test_the_file_of_an_event_has_its_name_in_any_script(traeger_a, client_for):
    event = EventPageFactory(parent=list_page(traeger_a, EventIndexPage), slug="сніданок")
    response = client_for(None, traeger_a).get(event.get_url_parts()[2] + "kalender/")
    name = quote("сніданок.ics")
    assert response["content-disposition"] == f"attachment; filename*=utf-8''{name}"


def test_past_events_leave_the_list_by_themselves(traeger_a, client_for):
    events = list_page(traeger_a, EventIndexPage)
    EventPageFactory(parent=events, title="Längst vorbei", past=True)
    EventPageFactory(parent=events, title="Jede Woche seit damals", past=True, weekly=True)
    EventPageFactory(parent=events, title="Bald")
    text = client_for(None, traeger_a).get("/termine/").content.decode()
    assert "Längst vorbei" not in text
    assert "Jede Woche seit damals" in text
    assert "Bald" in text


def test_the_events_on_the_page_of_an_office_begin_with_its_own(traeger_a, client_for):
    block = ("events", {"title": "Termine", "count": 3})
    here, there = (
        AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), title=title, body=[block])
        for title in ("Hier", "Dort")
    )
    soon = timezone.now().replace(microsecond=0)
    for days, title, office in ((1, "Dort bald", there), (9, "Hier später", here), (3, "Ohne Büro", None)):
        start = soon + timedelta(days=days)
        EventPageFactory(
            parent=list_page(traeger_a, EventIndexPage),
            title=title,
            start=start,
            end=start + timedelta(hours=1),
            anlaufstelle=office,
        )
    client = client_for(None, traeger_a)
    titles = [
        tag.text.strip()
        for tag in BeautifulSoup(client.get(here.url).content, "html.parser").select(".tp-event h3")
    ]
    assert titles == ["Hier später", "Dort bald", "Ohne Büro"]
    titles = [
        tag.text.strip()
        for tag in BeautifulSoup(client.get(there.url).content, "html.parser").select(".tp-event h3")
    ]
    assert titles == ["Dort bald", "Ohne Büro", "Hier später"]
