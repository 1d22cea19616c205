"""What an editor may not enter as opening hours, and how to mend it.

The functions return every mistake at once, so that a form can show each at its own row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from .model import ExceptionPeriod, Interval
from .text import period_text, span_text, time_text

MIDNIGHT = time(0, 0)


@dataclass(frozen=True)
class HoursError:
    """One mistake: the row it is in, its kind, a sentence in the language of the request.

    `other` is the row that it collides with (only for the code "overlap").
    """

    index: int
    code: str
    message: str
    other: int | None = None


def validate_intervals(intervals: Sequence[Interval]) -> list[HoursError]:
    """Return the mistakes in the usual hours: "midnight", "reversed", "zero_length", "overlap"."""
    errors = []
    sound: list[tuple[int, Interval]] = []
    for index, interval in enumerate(intervals):
        mistake = _times_mistake(interval.opens, interval.closes)
        if mistake:
            errors.append(HoursError(index, *mistake))
            continue
        for other_index, other in sound:
            if interval.weekday == other.weekday and _overlap(interval, other):
                message = _("On %(weekday)s, %(hours)s and %(other)s overlap. Please correct one of the two.")
                values = {
                    "weekday": WEEKDAYS[interval.weekday],
                    "hours": span_text(interval),
                    "other": span_text(other),
                }
                errors.append(HoursError(index, "overlap", message % values, other_index))
                break
        sound.append((index, interval))
    return errors


def validate_exceptions(exceptions: Sequence[ExceptionPeriod]) -> list[HoursError]:
    """Return the mistakes in the exceptions.

    Codes: "reversed_dates", "closed_with_times", "missing_times", "midnight", "reversed",
    "zero_length", "overlap". Exceptions may share days: the one for fewer days holds. Two openings for as
    many days must be for the same ones, with a break between them; two closures for the same days are one too
    many.
    """
    errors = []
    sound: list[tuple[int, ExceptionPeriod]] = []
    for index, period in enumerate(exceptions):
        mistake = _period_mistake(period)
        if mistake:
            errors.append(HoursError(index, *mistake))
            continue
        for other_index, other in sound:
            if _collide(period, other):
                message = _(
                    "There are two entries for the same days: %(period)s and %(other)s. "
                    "Please change the dates, or remove one of the two."
                )
                values = {"period": period_text(period), "other": period_text(other)}
                errors.append(HoursError(index, "overlap", message % values, other_index))
                break
        sound.append((index, period))
    return errors


def _times_mistake(opens: time, closes: time) -> tuple[str, str] | None:
    if closes == MIDNIGHT:
        return "midnight", _("Midnight can't be a closing time. Please enter 23:59 at the latest.")
    if closes < opens:
        message = _(
            "The closing time (%(closes)s) is before the opening time (%(opens)s). Please swap them, or "
            "correct one of the two."
        )
        return "reversed", message % {"closes": time_text(closes), "opens": time_text(opens)}
    if closes == opens:
        message = _("Opening and closing time are the same (%(time)s). Please correct one of the two.")
        return "zero_length", message % {"time": time_text(opens)}
    return None


def _period_mistake(period: ExceptionPeriod) -> tuple[str, str] | None:
    if period.last < period.first:
        message = _("The last day is before the first day. Please swap them, or correct one of the two.")
        return "reversed_dates", message
    if period.closed:
        if period.opens is not None or period.closes is not None:
            message = _("“Closed” and times don't go together. Please remove one of the two.")
            return "closed_with_times", message
        return None
    if period.opens is None or period.closes is None:
        message = _("Please enter opening and closing time, or choose “closed”.")
        return "missing_times", message
    return _times_mistake(period.opens, period.closes)


def _overlap(one: Interval | ExceptionPeriod, other: Interval | ExceptionPeriod) -> bool:
    return one.opens < other.closes and other.opens < one.closes


def _collide(one: ExceptionPeriod, other: ExceptionPeriod) -> bool:
    if one.last < other.first or other.last < one.first:
        return False
    if one.length != other.length or one.closed != other.closed:
        return False
    same_days = one.first == other.first
    return same_days if one.closed else not same_days or _overlap(one, other)
