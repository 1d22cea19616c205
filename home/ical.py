"""Events as iCalendar files (RFC 5545), for phones, Outlook and Nextcloud."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

from sites.fields.characters import one_line, several_lines

from .recurrence import BERLIN, Frequency, Recurrence

PRODUCT = "-//ThINKA//ThINKA portal//DE"
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class CalendarEvent:
    """What a calendar shows of one event.

    `uid` must stay the same for ever and be unique in the world, so that a second download mends
    the first instead of doubling it. `changed`: aware; when the event was last changed.
    """

    uid: str
    title: str
    recurrence: Recurrence
    changed: datetime
    location: str = ""
    description: str = ""
    url: str = ""


def calendar(events: Iterable[CalendarEvent], name: str = "") -> bytes:
    """Return a calendar file (UTF-8, `text/calendar`) with the given events. `name`: its title."""
    result = Calendar()
    result.add("version", "2.0")
    result.add("prodid", PRODUCT)
    result.add("calscale", "GREGORIAN")
    result.add("method", "PUBLISH")
    if name:
        result.add("x-wr-calname", one_line(name))
    result.add_component(_berlin())
    for event in events:
        for component in _components(event):
            result.add_component(component)
    return result.to_ical()


def _components(event: CalendarEvent) -> Iterator[Event]:
    """Yield the event, and for each cancelled date of a series one that stands in its place (3.8.4.4)."""
    recurrence = event.recurrence
    cancelled = sorted(recurrence.excluded)
    if not recurrence.repeats:
        yield _component(event, recurrence.start, recurrence.end, cancelled=bool(cancelled))
        return
    series = _component(event, recurrence.start, recurrence.end)
    series.add("rrule", _rule(recurrence))
    yield series
    for day in cancelled:
        start = datetime.combine(day, recurrence.start.time(), tzinfo=BERLIN)
        component = _component(event, start, start + recurrence.duration, cancelled=True)
        component.add("recurrence-id", start)
        yield component


def _component(event: CalendarEvent, start: datetime, end: datetime, cancelled: bool = False) -> Event:
    result = Event()
    result.add("uid", event.uid)
    result.add("dtstamp", event.changed.astimezone(UTC))
    result.add("last-modified", event.changed.astimezone(UTC))
    for name, moment in (("dtstart", start), ("dtend", end)):
        # Of two equal local times a calendar reads the first; UTC names the second. A rule needs local ones.
        in_utc = moment.fold and not event.recurrence.repeats
        result.add(name, moment.astimezone(UTC) if in_utc else moment)
    # A line break or a control character in a title would make a file that no calendar reads.
    title = one_line(event.title)
    # Some programs show no status.
    result.add("summary", _("Cancelled: %(title)s") % {"title": title} if cancelled else title)
    texts = (
        ("location", one_line(event.location)),
        ("description", several_lines(event.description)),
        ("url", event.url),
    )
    for name, value in texts:
        if value:
            result.add(name, value)
    if cancelled:
        result.add("status", "CANCELLED")
    return result


def _rule(recurrence: Recurrence) -> vRecur:
    start = recurrence.start
    weekday = WEEKDAY_CODES[start.weekday()]
    parts = {
        Frequency.DAILY: {"freq": "DAILY"},
        Frequency.WEEKLY: {"freq": "WEEKLY"},
        Frequency.FORTNIGHTLY: {"freq": "WEEKLY", "interval": 2},
        Frequency.MONTHLY_BY_DATE: {"freq": "MONTHLY", "bymonthday": start.day},
        Frequency.MONTHLY_BY_WEEKDAY: {"freq": "MONTHLY", "byday": f"{recurrence.nth_weekday}{weekday}"},
        Frequency.MONTHLY_BY_LAST_WEEKDAY: {"freq": "MONTHLY", "byday": f"-1{weekday}"},
        Frequency.YEARLY: {"freq": "YEARLY", "bymonth": start.month, "bymonthday": start.day},
    }[recurrence.frequency]
    if recurrence.until is not None:
        # The standard wants UTC here, when the start has a time zone (3.3.10).
        end_of_day = datetime.combine(recurrence.until, time(23, 59, 59), tzinfo=BERLIN)
        parts["until"] = end_of_day.astimezone(UTC)
    return vRecur(parts)


def _berlin() -> Timezone:
    """Return the rules of Europe/Berlin as they have been since 1996.

    Written here, because the package lists every change of the clocks up to 2038, the spring ones
    an hour late, and an open-ended series outlives its list.
    """
    zone = Timezone()
    zone.add("tzid", BERLIN.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    # The standard wants these without a zone, on a clock that shows the time before the change.
    spring = datetime(1996, 3, 31, 2)  # noqa: DTZ001
    autumn = datetime(1996, 10, 27, 3)  # noqa: DTZ001
    zone.add_component(_observance(TimezoneDaylight(), "CEST", spring, winter, summer))
    zone.add_component(_observance(TimezoneStandard(), "CET", autumn, summer, winter))
    return zone


def _observance(
    component: TimezoneDaylight | TimezoneStandard,
    name: str,
    first: datetime,
    before: timedelta,
    after: timedelta,
) -> TimezoneDaylight | TimezoneStandard:
    component.add("tzname", name)
    component.add("dtstart", first)
    component.add("tzoffsetfrom", before)
    component.add("tzoffsetto", after)
    component.add("rrule", {"freq": "YEARLY", "bymonth": first.month, "byday": "-1SU"})
    return component
