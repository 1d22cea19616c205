"""A date that is cancelled does not vanish: whoever meant to come is told, wherever they look."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from icalendar import Calendar

from home.models import EventExclusion, EventIndexPage
from tests.factories import EventPageFactory
from tests.world import list_page


@pytest.fixture
def calendar_page(traeger_a):
    return list_page(traeger_a, EventIndexPage)


@pytest.fixture
def client(traeger_a, client_for):
    return client_for(None, traeger_a)


def cancel_next(event):
    """Cancel the next date of `event`, and return its beginning."""
    start = timezone.localtime(event.next_occurrence.start)
    event.exclusions = [EventExclusion(date=start.date())]
    event.save_revision().publish()
    event.refresh_from_db()
    return start


@pytest.fixture
def once(calendar_page):
    return EventPageFactory(parent=calendar_page, title="Beispielfest")


@pytest.fixture
def weekly(calendar_page):
    return EventPageFactory(parent=calendar_page, title="Beispielcafé", weekly=True)


def words(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def test_the_list_and_the_page_say_so(once, calendar_page, client):
    assert "fällt aus" not in words(client.get(calendar_page.url))
    start = cancel_next(once)
    row = words(client.get(calendar_page.url))
    assert "Beispielfest" in row
    assert "fällt aus" in row
    page = words(client.get(once.url))
    assert f"Der Termin am {date_format(start, 'l, j. F')} fällt aus." in page


def test_of_a_series_the_next_date_is_told_too(weekly, calendar_page, client):
    start = cancel_next(weekly)
    following = date_format(start + timedelta(days=7), "l, j. F")
    for address in (calendar_page.url, weekly.url):
        text = words(client.get(address))
        assert f"fällt aus Nächster Termin: {following}" in text


def test_a_cancelled_later_date_stands_among_the_further_dates(weekly, client):
    later = timezone.localtime(weekly.next_occurrence.start) + timedelta(days=14)
    weekly.exclusions = [EventExclusion(date=later.date())]
    weekly.save_revision().publish()
    text = words(client.get(weekly.url))
    assert re.search(rf"{date_format(later, 'l, j. F')}, [^,]+ Uhr fällt aus", text)
    assert "Der Termin am" not in text


def test_feed_and_search_engines_are_told(once, calendar_page, client):
    start = cancel_next(once)
    day = date_format(start, "j. F")
    assert f"Fällt aus am {day}: Beispielfest" in client.get(f"{calendar_page.url}feed/").content.decode()
    script = re.search(r"ld\+json\">(.*?)</script>", client.get(once.url).content.decode(), re.DOTALL)[1]
    data = json.loads(script)
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["startDate"] == start.isoformat()


def test_calendars_are_told(weekly, client):
    start = cancel_next(weekly)
    whole, cancelled = Calendar.from_ical(client.get(f"{weekly.url}kalender/").content).walk("VEVENT")
    assert "status" not in whole
    assert cancelled["status"] == "CANCELLED"
    assert cancelled.decoded("recurrence-id") == start


def test_a_cancelled_last_date_stays_in_the_list_until_it_would_be_over(once, calendar_page, client):
    cancel_next(once)
    assert once.last_end == once.end
