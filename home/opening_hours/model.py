"""Opening hours as data, and the questions a visitor asks of them.

The rules, in one place:

* An interval lies within one day: it opens before it closes, at the latest at 23:59. Midnight
  (00:00 or 24:00) is no closing time; offices that are open at night don't exist here.
* It is open from `opens` up to, not including, `closes`. Intervals that touch count as one.
* An exception for one single day always holds, on a public holiday and on a Sunday too.
* An exception with hours that lasts several days (summer hours) changes only days that would be
  open anyway: it doesn't open the office on Sundays or holidays in between.
* A closed exception closes every day of its period.
* Of several exceptions for a day, the one for fewer days holds: an opening inside a closure opens, a closed
  day inside summer hours is closed. Of two for as many days, the closure holds.
* Hours by appointment are no open door: they are shown, but the office does not count as open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from itertools import groupby
from zoneinfo import ZoneInfo

from .local_time import instant
from .public_holidays import holiday_name

# How far ahead the next opening is looked for: longer than any closure that is worth announcing.
HORIZON_DAYS = 400


@dataclass(frozen=True)
class Interval:
    """Usual hours on one weekday (0 = Monday). Several per weekday are fine."""

    weekday: int
    opens: time
    closes: time
    note: str = ""
    by_appointment: bool = False


@dataclass(frozen=True)
class ExceptionPeriod:
    """Days from `first` to `last` (both included) that are closed or have other hours."""

    first: date
    last: date
    closed: bool = True
    opens: time | None = None
    closes: time | None = None
    reason: str = ""

    @property
    def length(self) -> timedelta:
        """How long it lasts, none for a single day."""
        return self.last - self.first

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, order=True)
class Span:
    """Hours on a given day, on the clock at the wall."""

    opens: time
    closes: time
    note: str = ""
    by_appointment: bool = False


class DayKind(Enum):
    """Why a day has the hours it has."""

    USUAL = "usual"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class DayHours:
    """The hours of one date. `reason`: name of the holiday or reason of the exception, or ""."""

    day: date
    spans: tuple[Span, ...] = ()
    kind: DayKind = DayKind.USUAL
    reason: str = ""

    @property
    def is_closed(self) -> bool:
        return not self.spans


@dataclass(frozen=True)
class WeekRow:
    """One row of the table of hours: neighbouring days with the same hours. Today stands alone."""

    days: tuple[DayHours, ...]
    is_today: bool = False


@dataclass(frozen=True)
class Status:
    """What holds at one moment. All times are aware, in the office's time zone.

    `is_open`: people may walk in. `by_appointment`: the office sees people by appointment now.
    `closes_at`: end of that, when one of the two holds. `opens_next`: the next time the door opens
    (after the present opening), None if not within HORIZON_DAYS. `only_by_appointment`: the door
    will not open, but there are hours by appointment.
    """

    at: datetime
    today: DayHours
    is_open: bool = False
    by_appointment: bool = False
    closes_at: datetime | None = None
    opens_next: datetime | None = None
    only_by_appointment: bool = False


class OpeningHours:
    """The hours of one office.

    Works with what it is given: whether an editor may enter it is the business of `validation`.
    """

    def __init__(
        self,
        intervals: Iterable[Interval] = (),
        exceptions: Iterable[ExceptionPeriod] = (),
        closed_on_public_holidays: bool = True,
        tz: str = "Europe/Berlin",
    ):
        self.intervals = tuple(intervals)
        self.exceptions = tuple(exceptions)
        self.closed_on_public_holidays = closed_on_public_holidays
        self.tz = ZoneInfo(tz)

    def on(self, day: date) -> DayHours:
        """Return the hours of one date."""
        holiday = holiday_name(day) if self.closed_on_public_holidays else ""
        usual = tuple(
            sorted(
                Span(interval.opens, interval.closes, interval.note, interval.by_appointment)
                for interval in self.intervals
                if interval.weekday == day.weekday()
            )
        )
        covering = sorted((p for p in self.exceptions if p.covers(day)), key=lambda p: p.length)
        for length, group in groupby(covering, key=lambda p: p.length):
            periods = list(group)
            for period in periods:
                if period.closed:
                    return DayHours(day, (), DayKind.EXCEPTION, period.reason)
            if not length or (usual and not holiday):
                return self._special(day, periods)
        if holiday:
            return DayHours(day, (), DayKind.HOLIDAY, holiday)
        return DayHours(day, usual)

    def is_open(self, at: datetime) -> bool:
        """Return whether people may walk in at `at` (aware): what `status` says, without what comes later."""
        today = self.on(at.astimezone(self.tz).date())
        return self._end_of_current(today, at.astimezone(UTC), by_appointment=False) is not None

    def status(self, at: datetime) -> Status:
        """Return what holds at `at` (aware, else ValueError)."""
        if at.tzinfo is None:
            raise ValueError("status() needs an aware datetime")
        now = at.astimezone(UTC)
        local = at.astimezone(self.tz)
        today = self.on(local.date())
        open_until = self._end_of_current(today, now, by_appointment=False)
        appointment_until = self._end_of_current(today, now, by_appointment=True)
        closes_at = open_until or appointment_until
        opens_next = self._next_start(now, by_appointment=False)
        return Status(
            at=local,
            today=today,
            is_open=open_until is not None,
            by_appointment=open_until is None and appointment_until is not None,
            closes_at=closes_at and closes_at.astimezone(self.tz),
            opens_next=opens_next and opens_next.astimezone(self.tz),
            only_by_appointment=(
                open_until is None
                and opens_next is None
                and (appointment_until or self._next_start(now, by_appointment=True)) is not None
            ),
        )

    def week(self, start: date, today: date | None = None) -> list[WeekRow]:
        """Return the rows of the table for the week (Monday to Sunday) that `start` lies in.

        Exceptions and holidays of that week are in it. `today` gets a row of its own.
        """
        monday = start - timedelta(days=start.weekday())
        rows: list[WeekRow] = []
        for day in (self.on(monday + timedelta(days=n)) for n in range(7)):
            is_today = day.day == today
            if rows and not is_today and not rows[-1].is_today and _same_hours(rows[-1].days[-1], day):
                rows[-1] = WeekRow((*rows[-1].days, day))
            else:
                rows.append(WeekRow((day,), is_today))
        return rows

    def upcoming_exceptions(self, today: date, days: int = 60) -> list[ExceptionPeriod]:
        """Return exceptions that are not over and begin within `days` days, the earliest first."""
        return sorted(
            (
                period
                for period in self.exceptions
                if period.last >= today and period.first <= today + timedelta(days=days)
            ),
            key=lambda period: (period.first, period.last, period.opens or time.min),
        )

    def _special(self, day: date, periods: list[ExceptionPeriod]) -> DayHours:
        spans = sorted(Span(p.opens, p.closes) for p in periods if p.opens and p.closes)
        reason = next((p.reason for p in periods if p.reason), "")
        return DayHours(day, tuple(spans), DayKind.EXCEPTION, reason)

    def _openings(self, day: DayHours, by_appointment: bool) -> list[tuple[datetime, datetime]]:
        """Return the openings of one kind on one day as instants in UTC, touching ones joined.

        In UTC, because two local times of one zone are compared by the clock on the wall, which
        goes wrong in the hour that comes twice.
        """
        openings: list[tuple[datetime, datetime]] = []
        for span in day.spans:
            start, end = (instant(day.day, clock, self.tz) for clock in (span.opens, span.closes))
            if span.by_appointment != by_appointment or start >= end:
                continue
            if openings and start <= openings[-1][1]:
                openings[-1] = (openings[-1][0], max(end, openings[-1][1]))
            else:
                openings.append((start, end))
        return openings

    def _end_of_current(self, today: DayHours, now: datetime, by_appointment: bool) -> datetime | None:
        for start, end in self._openings(today, by_appointment):
            if start <= now < end:
                return end
        return None

    def _next_start(self, now: datetime, by_appointment: bool) -> datetime | None:
        for day in self._days_with_hours(now.astimezone(self.tz).date()):
            for start, _end in self._openings(day, by_appointment):
                if start > now:
                    return start
        return None

    def _days_with_hours(self, first: date) -> Iterator[DayHours]:
        if not self.intervals and all(period.closed for period in self.exceptions):
            return
        for n in range(HORIZON_DAYS + 1):
            yield self.on(first + timedelta(days=n))


def _same_hours(one: DayHours, other: DayHours) -> bool:
    return (one.spans, one.kind, one.reason) == (other.spans, other.kind, other.reason)
