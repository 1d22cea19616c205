"""Hypothesis strategies for hours and dates that the domain logic is tested with."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from home.opening_hours import ExceptionPeriod, Interval

BERLIN = ZoneInfo("Europe/Berlin")
# The Sundays of 2026 on which the clocks change, and a week with a holiday on a workday and one on
# a weekend.
SPRING, AUTUMN, CHRISTMAS = date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 25)


def minutes_to_time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@st.composite
def clock_pairs(draw):
    """Return opening and closing time of sound hours, any time of the day."""
    opens = draw(st.integers(0, 24 * 60 - 2))
    closes = draw(st.integers(opens + 1, 24 * 60 - 1))
    return minutes_to_time(opens), minutes_to_time(closes)


@st.composite
def any_intervals(draw):
    """Return an interval, sound or not."""
    clocks = st.integers(0, 24 * 60 - 1).map(minutes_to_time)
    return Interval(draw(st.integers(0, 2)), draw(clocks), draw(clocks))


@st.composite
def sound_intervals(draw):
    """Return intervals without overlaps, some of them touching, some by appointment."""
    intervals = []
    for weekday in range(7):
        edges = sorted(draw(st.sets(st.integers(0, 24 * 60 - 1), max_size=5)))
        for opens, closes in pairwise(edges):
            if draw(st.booleans()):
                by_appointment = draw(st.integers(0, 3)) == 0
                intervals.append(
                    Interval(
                        weekday,
                        minutes_to_time(opens),
                        minutes_to_time(closes),
                        by_appointment=by_appointment,
                    )
                )
    return draw(st.permutations(intervals))


@st.composite
def exceptions_near(draw, day: date):
    """Return an exception that begins up to four days before or after `day`."""
    first = day + timedelta(days=draw(st.integers(-4, 4)))
    last = first + timedelta(days=draw(st.integers(0, 4)))
    if draw(st.booleans()):
        return ExceptionPeriod(first, last, reason=draw(st.sampled_from(["", "Betriebsausflug"])))
    opens, closes = draw(clock_pairs())
    return ExceptionPeriod(first, last, closed=False, opens=opens, closes=closes)


days_of_interest = st.sampled_from([SPRING, AUTUMN, CHRISTMAS, date(2026, 11, 24)])


def local(*parts: int) -> datetime:
    """Return an aware datetime in Berlin."""
    return datetime(*parts, tzinfo=BERLIN)
