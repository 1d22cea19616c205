"""Calendar files: what another program reads from them is what we meant."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import islice

from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import tzical
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from home.ical import CalendarEvent, calendar
from home.recurrence import Frequency, Recurrence
from tests.wording import said

from .strategies import BERLIN, local
from .test_recurrence_properties import recurrences

CHANGED = datetime(2026, 11, 1, 12, tzinfo=UTC)
ONCE = Recurrence(local(2026, 11, 26, 15), local(2026, 11, 26, 17))


def event(**fields):
    return CalendarEvent(
        **{"uid": "1@beispiel", "title": "Café", "recurrence": ONCE, "changed": CHANGED} | fields
    )


def read_back(event):
    (component,) = Calendar.from_ical(calendar([event])).walk("VEVENT")
    return component


def starts_read_by_others(component, *changes):
    """Return the starts that dateutil reads from the text of the rule, without the cancelled `changes`."""
    start = component.decoded("dtstart")
    if "rrule" not in component:
        return [start]
    dates = rruleset()
    dates.rrule(rrulestr(component["rrule"].to_ical().decode(), dtstart=start))
    for change in changes:
        assert change["uid"] == component["uid"]
        assert change["status"] == "CANCELLED"
        assert change.decoded("recurrence-id") == change.decoded("dtstart")
        dates.exdate(change.decoded("recurrence-id"))
    return dates


@settings(max_examples=150)
@given(recurrences())
def test_the_rule_read_back_gives_our_occurrences(recurrence):
    # A calendar program takes the first date as given; our validation asks for the same.
    assume("not_last_weekday" not in {error.code for error in recurrence.validate()})
    assume(recurrence.repeats or not recurrence.excluded)
    component, *changes = Calendar.from_ical(calendar([event(recurrence=recurrence)])).walk("VEVENT")
    ours = [each.start.astimezone(UTC) for each in recurrence.occurrences(limit=40)]
    theirs = [each.astimezone(UTC) for each in islice(starts_read_by_others(component, *changes), 40)]
    assert theirs == ours
    assert component.decoded("dtstart").tzinfo.key == "Europe/Berlin"
    length = component.decoded("dtend").replace(tzinfo=None) - component.decoded("dtstart").replace(
        tzinfo=None
    )
    assert length == recurrence.duration


@settings(max_examples=100)
@given(st.integers(local(1997, 1, 1).timestamp(), local(2090, 1, 1).timestamp()))
def test_a_reader_of_the_time_zone_sees_the_clocks_of_berlin(seconds):
    text = calendar([event()]).decode()
    zone = tzical(StringIO(text.replace("\r\n", "\n"))).get("Europe/Berlin")
    ours = datetime.fromtimestamp(seconds, BERLIN)
    # The hour that comes twice has two answers without the standard's help; the rest has one.
    assume(ours.utcoffset() == ours.replace(fold=1 - ours.fold).utcoffset())
    assert ours.replace(tzinfo=zone).utcoffset() == ours.utcoffset()


def test_the_time_zone_changes_at_the_instants_at_which_berlin_does():
    (zone,) = Calendar.from_ical(calendar([])).walk("VTIMEZONE")
    for part in (*zone.walk("DAYLIGHT"), *zone.walk("STANDARD")):
        before, after = part.decoded("tzoffsetfrom"), part.decoded("tzoffsetto")
        # The standard gives the onset on a clock that still shows the time before the change (3.6.5).
        onsets = rrulestr(part["rrule"].to_ical().decode(), dtstart=part.decoded("dtstart"))
        for onset in islice(onsets, 80):
            change = (onset - before).replace(tzinfo=UTC)
            assert (change - timedelta(seconds=1)).astimezone(BERLIN).utcoffset() == before
            assert change.astimezone(BERLIN).utcoffset() == after


texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=200)


@settings(max_examples=100)
@given(texts, texts, st.lists(texts, min_size=1, max_size=3).map("\n".join))
def test_any_text_survives(title, location, description):
    component = read_back(event(title=title, location=location, description=description))
    assert component["summary"] == title
    assert component["location"] == location
    assert component["description"] == description


def test_an_event_says_who_it_is_and_when_it_changed():
    component = read_back(event(url="https://beispiel.example/termine/cafe/"))
    assert component["uid"] == "1@beispiel"
    assert component.decoded("dtstamp") == component.decoded("last-modified") == CHANGED
    assert component["url"] == "https://beispiel.example/termine/cafe/"
    assert "rrule" not in component
    assert "location" not in component
    assert "status" not in component


def test_a_cancelled_event_says_so():
    component = read_back(event(recurrence=Recurrence(ONCE.start, ONCE.end, excluded=[ONCE.start.date()])))
    assert component["status"] == "CANCELLED"
    assert component["summary"] == said("Cancelled: %(title)s") % {"title": "Café"}


def test_a_cancelled_date_of_a_series_says_so_and_the_others_stay():
    day = ONCE.start.date() + timedelta(days=7)
    weekly = Recurrence(ONCE.start, ONCE.end, Frequency.WEEKLY, excluded=[day])
    whole, cancelled = Calendar.from_ical(calendar([event(recurrence=weekly)])).walk("VEVENT")
    assert "status" not in whole
    assert "exdate" not in whole
    assert cancelled["status"] == "CANCELLED"
    assert cancelled.decoded("recurrence-id") == ONCE.start + timedelta(days=7)
    assert cancelled.decoded("dtend") == ONCE.end + timedelta(days=7)


def test_several_events_share_one_calendar_and_one_time_zone():
    weekly = Recurrence(ONCE.start, ONCE.end, Frequency.WEEKLY)
    text = calendar([event(), event(uid="2@beispiel", recurrence=weekly)], name="Termine")
    result = Calendar.from_ical(text)
    assert [each["uid"] for each in result.walk("VEVENT")] == ["1@beispiel", "2@beispiel"]
    assert len(result.walk("VTIMEZONE")) == 1
    assert result["x-wr-calname"] == "Termine"
    assert (result["version"], result["method"]) == ("2.0", "PUBLISH")
    assert text.count(b"\r\n") == text.count(b"\n")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_an_empty_calendar_is_a_calendar():
    assert Calendar.from_ical(calendar([])).walk("VEVENT") == []


def test_the_last_day_counts_until_midnight_in_berlin():
    late = local(2026, 11, 26, 23, 30)
    daily = Recurrence(late, late + timedelta(minutes=20), Frequency.DAILY, until=late.date())
    assert list(starts_read_by_others(read_back(event(recurrence=daily)))) == [late]
