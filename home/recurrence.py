"""When an event takes place: once or again and again.

Repetition follows the clock on the wall in Erfurt: a weekly meeting at 15:00 stays at 15:00 when
the clocks change, and an event from 22:00 to 6:00 ends at 6:00 in those nights too. A start in the
hour that the clocks skip is moved back by that hour, as calendars do (RFC 5545, 3.3.5). Of the hour that
comes twice the first is meant; the first date alone may name the second.

The first date is always the start of the event; the rule follows from it:

* monthly by date: months without that day (31st) are left out;
* monthly by weekday: "second Tuesday", from the first date. A fifth weekday counts as the last;
* monthly by last weekday: "last Friday"; the first date must be one;
* yearly: 29 February takes place in leap years only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BERLIN = ZoneInfo("Europe/Berlin")
# A series is planned, not eternal: longer ones are a slip of the keyboard (2062 for 2026), and so are others:
MAX_YEARS = 10
# an event of another century (1926 for 2026),
EARLIEST = date(2000, 1, 1)
# and an end in another year than the one that was meant.
LONGEST = timedelta(days=366)


class Frequency(TextChoices):
    """How often an event takes place; usable as `choices` of a form or model field."""

    NONE = "none", gettext_lazy("once")
    DAILY = "daily", gettext_lazy("every day")
    WEEKLY = "weekly", gettext_lazy("every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("every two weeks")
    MONTHLY_BY_DATE = "monthly_by_date", gettext_lazy("every month on the same date")
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday", gettext_lazy("every month on the same weekday")
    MONTHLY_BY_LAST_WEEKDAY = (
        "monthly_by_last_weekday",
        gettext_lazy("every month on the last such weekday"),
    )
    YEARLY = "yearly", gettext_lazy("every year")


# The shortest time from one start to the next: a longer event would run into its successor.
SHORTEST_STEP = {
    Frequency.DAILY: timedelta(days=1),
    Frequency.WEEKLY: timedelta(days=7),
    Frequency.FORTNIGHTLY: timedelta(days=14),
    Frequency.MONTHLY_BY_DATE: timedelta(days=28),
    Frequency.MONTHLY_BY_WEEKDAY: timedelta(days=28),
    Frequency.MONTHLY_BY_LAST_WEEKDAY: timedelta(days=28),
    Frequency.YEARLY: timedelta(days=365),
}

# Repeated every so many days, whatever the month.
IN_STEP = {Frequency.DAILY, Frequency.WEEKLY, Frequency.FORTNIGHTLY}
# So many steps hold a date of every rule: the longest wait is from 29 February 2096 to that of 2104.
WINDOW_STEPS = 16


@dataclass(frozen=True, order=True)
class Occurrence:
    """One date of the event; start and end aware, Europe/Berlin. `cancelled`: it does not take place."""

    start: datetime
    end: datetime
    cancelled: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class RecurrenceError:
    """One mistake: the field it is in, its kind, a sentence in the language of the request.

    `day` is the date that an "excluded…" error is about.
    """

    field: str
    code: str
    message: str
    day: date | None = None


class Recurrence:
    """An event's dates.

    `start`, `end`: of the first occurrence, aware (else ValueError), full seconds. `until`: the
    last day on which an occurrence may begin; None is open-ended. `excluded`: days on which it is cancelled.
    """

    def __init__(
        self,
        start: datetime,
        end: datetime,
        frequency: Frequency | str = Frequency.NONE,
        until: date | None = None,
        excluded: Iterable[date] = (),
    ):
        if start.tzinfo is None or end.tzinfo is None:
            raise ValueError("start and end of an event must be aware datetimes")
        self.start = start.astimezone(BERLIN).replace(microsecond=0)
        self.end = end.astimezone(BERLIN).replace(microsecond=0)
        self.frequency = Frequency(frequency)
        self.until = until
        self.excluded = frozenset(excluded)

    @property
    def repeats(self) -> bool:
        return self.frequency is not Frequency.NONE

    @property
    def is_open_ended(self) -> bool:
        return self.repeats and self.until is None

    @property
    def duration(self) -> timedelta:
        """Return how long one occurrence lasts on the clock on the wall."""
        return self.end.replace(tzinfo=None) - self.start.replace(tzinfo=None)

    @property
    def nth_weekday(self) -> int:
        """Return which weekday of its month the start is: 1 to 4, or -1 for the last."""
        nth = (self.start.day - 1) // 7 + 1
        last = nth == 5 or self.frequency is Frequency.MONTHLY_BY_LAST_WEEKDAY
        return -1 if last else nth

    def occurrences(
        self,
        after: datetime | None = None,
        before: datetime | None = None,
        limit: int | None = None,
        with_cancelled: bool = False,
    ) -> list[Occurrence]:
        """Return the occurrences in order: those that end after `after` and begin before `before`.

        Cancelled ones only where asked for. Raises ValueError for an open-ended rule with neither `before`
        nor `limit`.
        """
        if self.is_open_ended and before is None and limit is None:
            raise ValueError("an open-ended rule needs `before` or `limit`")
        return list(islice(self._between(after, before, with_cancelled), limit))

    def next_occurrence(self, now: datetime, with_cancelled: bool = False) -> Occurrence | None:
        """Return the occurrence in progress at `now` or the next one; None when all are over."""
        return next(self._between(now, None, with_cancelled), None)

    def last_end(self) -> datetime | None:
        """Return the end of the last date, cancelled or not: until then people ask. None means open-ended.

        Where there is none at all, which no form lets through, it is the start.
        """
        if self.is_open_ended:
            return None
        last = self._last()
        return last.end if last else self.start

    def validate(self) -> list[RecurrenceError]:
        """Return every mistake.

        Codes: "start_too_early", "end_before_start", "too_long", "until_without_repetition",
        "until_before_start", "until_too_far", "longer_than_step", "not_last_weekday",
        "excluded_not_an_occurrence".
        """
        errors = list(self._mistakes())
        if not errors:
            errors += self._mistakes_in_excluded()
        return errors

    def describe(self) -> str:
        """Return the rule in words, e.g. „jeden Donnerstag, bis 17. Dezember 2026"; "" for once."""
        if not self.repeats:
            return ""
        text = self._describe_rule()
        if self.until:
            # Translators: German: %(rule)s, bis %(date)s
            return _("%(rule)s, until %(date)s") % {
                "rule": text,
                "date": date_format(self.until, "DATE_FORMAT"),
            }
        return text

    @property
    def _first(self) -> datetime:
        """The start on the clock on the wall, naive."""
        return self.start.replace(tzinfo=None)

    def _dates(self, day: date) -> Iterator[datetime]:
        """Yield the dates from `day` on, as naive wall times.

        Costs the same whenever the series began: the rule is begun anew close to `day`, in step with the
        first date, and not walked from there.
        """
        if not self.repeats:
            if day <= self._first.date():
                yield self._first
            return
        weekday = rrule.weekday(self._first.weekday())
        frequency, options = {
            Frequency.DAILY: (rrule.DAILY, {}),
            Frequency.WEEKLY: (rrule.WEEKLY, {}),
            Frequency.FORTNIGHTLY: (rrule.WEEKLY, {"interval": 2}),
            Frequency.MONTHLY_BY_DATE: (rrule.MONTHLY, {"bymonthday": self._first.day}),
            Frequency.MONTHLY_BY_WEEKDAY: (rrule.MONTHLY, {"byweekday": weekday(self.nth_weekday)}),
            Frequency.MONTHLY_BY_LAST_WEEKDAY: (rrule.MONTHLY, {"byweekday": weekday(-1)}),
            Frequency.YEARLY: (
                rrule.YEARLY,
                {"bymonth": self._first.month, "bymonthday": self._first.day},
            ),
        }[self.frequency]
        until = self.until and datetime.combine(self.until, time.max)
        for wall in rrule.rrule(frequency, dtstart=self._anchor(day), until=until, **options):
            if wall.date() >= day:
                yield wall

    def _anchor(self, day: date) -> datetime:
        """Return where the rule can begin anew, close before `day` and without missing a date after it."""
        first = self._first
        if day <= first.date():
            return first
        if self.frequency in IN_STEP:
            step = SHORTEST_STEP[self.frequency]
            return first + (day - first.date()) // step * step
        # These rules say which days of a month or year they mean, so they may begin with any day of it.
        beginning = day.replace(day=1) if self.frequency != Frequency.YEARLY else day.replace(month=1, day=1)
        return max(first, datetime.combine(beginning, first.time()))

    def _from(self, day: date) -> Iterator[Occurrence]:
        """Yield the occurrences that begin on `day` or later, cancelled ones too."""
        return (self._occurrence(wall) for wall in self._dates(day))

    def _last(self) -> Occurrence | None:
        """Return the last occurrence of an event that is not open-ended."""
        first_day = self.start.date()
        if not self.repeats:
            return next(self._from(first_day), None)
        window = WINDOW_STEPS * SHORTEST_STEP[self.frequency]
        day = self.until - window if self.until - first_day > window else first_day
        return max(self._from(day), default=None)

    def _occurrence(self, wall: datetime) -> Occurrence:
        start, end = _local(wall), _local(wall + self.duration)
        if wall == self._first:
            # In the hour that comes twice only the first date says which of the two is meant.
            start, end = _local(self._first), _local(self.end.replace(tzinfo=None))
        if _utc(end) <= _utc(start):
            # A few minutes around the hour that the clocks skip: take the length as elapsed time.
            end = (_utc(start) + self.duration).astimezone(BERLIN)
        return Occurrence(start, end, cancelled=wall.date() in self.excluded)

    def _between(
        self, after: datetime | None, before: datetime | None, with_cancelled: bool
    ) -> Iterator[Occurrence]:
        # Compared in UTC: local times of one zone are compared by the clock on the wall, which
        # goes wrong in the hour that comes twice.
        for each in self._from(self._first_day_of_interest(after)):
            if before is not None and _utc(each.start) >= _utc(before):
                return
            if (with_cancelled or not each.cancelled) and (after is None or _utc(each.end) > _utc(after)):
                yield each

    def _first_day_of_interest(self, after: datetime | None) -> date:
        """Return a day before which nothing begins that ends after `after`."""
        if after is None:
            return self.start.date()
        # Two days to be sure: one for hours that the clocks skip, one for the rest of the day.
        before = max(self.duration, timedelta(0)) + timedelta(days=2)
        if after - self.start <= before:
            return self.start.date()
        return (after - before).astimezone(BERLIN).date()

    def _mistakes(self) -> Iterator[RecurrenceError]:
        if self.start.date() < EARLIEST:
            message = _("The event begins before the year %(year)d. Please correct the date.")
            yield RecurrenceError("start", "start_too_early", message % {"year": EARLIEST.year})
        # A series also needs an end that is later on the clock, for its other dates.
        if _utc(self.end) <= _utc(self.start) or (self.repeats and self.duration <= timedelta(0)):
            message = _("The event ends before it begins. Please correct the start or the end.")
            yield RecurrenceError("end", "end_before_start", message)
        if not self.repeats and self.duration > LONGEST:
            message = _("The event lasts longer than a year. Please correct the end, or choose a repetition.")
            yield RecurrenceError("end", "too_long", message)
        if not self.repeats:
            if self.until is not None:
                message = _(
                    "There is a last day, but the event takes place once. Please choose how often it is "
                    "repeated, or remove the last day."
                )
                yield RecurrenceError("until", "until_without_repetition", message)
            return
        if self.duration > SHORTEST_STEP[self.frequency]:
            message = _(
                "The event lasts longer than the time until it is repeated. Please correct the end (it is "
                "the end of one date, not of the series), or choose a longer step."
            )
            yield RecurrenceError("end", "longer_than_step", message)
        week_later = self.start + timedelta(days=7)
        if self.frequency is Frequency.MONTHLY_BY_LAST_WEEKDAY and week_later.month == self.start.month:
            message = _(
                "The first date is not the last %(weekday)s of its month. Please choose another "
                "first date or another repetition."
            )
            values = {"weekday": WEEKDAYS[self.start.weekday()]}
            yield RecurrenceError("start", "not_last_weekday", message % values)
        if self.until is None:
            return
        if self.until < self.start.date():
            message = _("The last day is before the first date. Please correct one of the two.")
            yield RecurrenceError("until", "until_before_start", message)
        if self.until.year - self.start.year > MAX_YEARS:
            message = _(
                "The last day is more than %(years)d years away. Please correct it, or leave it empty for a "
                "series without an end."
            )
            yield RecurrenceError("until", "until_too_far", message % {"years": MAX_YEARS})

    def _mistakes_in_excluded(self) -> Iterator[RecurrenceError]:
        for day in sorted(self.excluded):
            if not self._falls_on(day):
                message = _(
                    "The event does not take place on %(date)s, so it can't be left out. Please correct "
                    "or remove this date."
                )
                values = {"date": date_format(day, "DATE_FORMAT")}
                yield RecurrenceError("excluded", "excluded_not_an_occurrence", message % values, day)

    def _falls_on(self, day: date) -> bool:
        found = next(self._dates(day), None)
        return found is not None and found.date() == day

    def _describe_rule(self) -> str:
        values = {
            "weekday": WEEKDAYS[self.start.weekday()],
            "day": self.start.day,
            "date": date_format(self.start, "MONTH_DAY_FORMAT"),
        }
        by_nth = {
            # Translators: German: jeden ersten %(weekday)s im Monat
            1: _("every first %(weekday)s of the month"),
            # Translators: German: jeden zweiten %(weekday)s im Monat
            2: _("every second %(weekday)s of the month"),
            # Translators: German: jeden dritten %(weekday)s im Monat
            3: _("every third %(weekday)s of the month"),
            # Translators: German: jeden vierten %(weekday)s im Monat
            4: _("every fourth %(weekday)s of the month"),
            # Translators: German: jeden letzten %(weekday)s im Monat
            -1: _("every last %(weekday)s of the month"),
        }
        text = {
            # Translators: German: jeden Tag
            Frequency.DAILY: _("every day"),
            # Translators: German: jeden %(weekday)s
            Frequency.WEEKLY: _("every %(weekday)s"),
            # Translators: German: alle zwei Wochen am %(weekday)s
            Frequency.FORTNIGHTLY: _("every two weeks on %(weekday)s"),
            # Translators: German: am %(day)d. jedes Monats
            Frequency.MONTHLY_BY_DATE: _("on day %(day)d of every month"),
            Frequency.MONTHLY_BY_WEEKDAY: by_nth[self.nth_weekday],
            Frequency.MONTHLY_BY_LAST_WEEKDAY: by_nth[-1],
            # Translators: German: jedes Jahr am %(date)s
            Frequency.YEARLY: _("every year on %(date)s"),
        }[self.frequency]
        return text % values


def _local(wall: datetime) -> datetime:
    """Read a naive wall time in Berlin, with its fold; a skipped hour becomes the hour after it."""
    return wall.replace(tzinfo=BERLIN).astimezone(UTC).astimezone(BERLIN)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
