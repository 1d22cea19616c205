"""Opening hours against slow, obvious oracles: minute by minute, pair by pair."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from home.opening_hours import DayKind, OpeningHours, validate_exceptions, validate_intervals

from .strategies import (
    BERLIN,
    any_intervals,
    days_of_interest,
    exceptions_near,
    sound_intervals,
)

MINUTE = timedelta(minutes=1)
# Written down from the notice of the state, not taken from the package that the portal uses.
HOLIDAYS_2026 = {
    (1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (9, 20), (10, 3), (10, 31), (12, 25), (12, 26),
}  # fmt: skip


def spans_of(day, intervals, exceptions):
    """The rules of the module, told a second time and as plainly as possible."""
    usual = [(i.opens, i.closes, i.by_appointment) for i in intervals if i.weekday == day.weekday()]
    if (day.month, day.day) in HOLIDAYS_2026:
        usual = []
    covering = [period for period in exceptions if period.first <= day <= period.last]
    for days in sorted({(period.last - period.first).days for period in covering}):
        nearest = [period for period in covering if (period.last - period.first).days == days]
        if any(period.closed for period in nearest):
            return []
        if days == 0 or usual:
            return [(p.opens, p.closes, False) for p in nearest]
    return usual


def minutes_of(day, intervals, exceptions):
    """Yield (instant, door open, by appointment) for each minute of a day, by watching the clock.

    A span begins when the clock on the wall first shows its opening time or a later one, and ends
    when it first shows its closing time or a later one.
    """
    spans = spans_of(day, intervals, exceptions)
    begun, ended = set(), set()
    now = datetime.combine(day, time(), tzinfo=BERLIN).astimezone(UTC)
    while now.astimezone(BERLIN).date() == day:
        wall = now.astimezone(BERLIN).time()
        begun |= {n for n, (opens, _closes, _by) in enumerate(spans) if wall >= opens}
        ended |= {n for n, (_opens, closes, _by) in enumerate(spans) if wall >= closes}
        kinds = {spans[n][2] for n in begun - ended}
        yield now, False in kinds, True in kinds
        now += MINUTE


@settings(max_examples=40)
@given(st.data(), days_of_interest, sound_intervals())
def test_status_agrees_with_watching_the_clock_for_three_days(data, day, intervals):
    exceptions = data.draw(st.lists(exceptions_near(day), max_size=2))
    hours = OpeningHours(intervals, exceptions)
    watched = [
        minute for n in (-1, 0, 1) for minute in minutes_of(day + timedelta(days=n), intervals, exceptions)
    ]
    changes = {n for n in range(1, len(watched)) if watched[n][1:] != watched[n - 1][1:]}
    picks = changes | {n - 1 for n in changes} | set(data.draw(st.sets(st.integers(0, len(watched) - 1))))
    for pick in sorted(picks)[:60]:
        now, is_open, by_appointment = watched[pick]
        status = hours.status(now)
        assert status.is_open == is_open
        assert status.by_appointment == (by_appointment and not is_open)
        later = range(pick + 1, len(watched))
        if is_open or by_appointment:
            column = 1 if is_open else 2
            shut = next((n for n in later if not watched[n][column]), None)
            if shut is not None:
                assert status.closes_at.astimezone(UTC) == watched[shut][0]
        else:
            assert status.closes_at is None
        opening = next((n for n in later if watched[n][1] and not watched[n - 1][1]), None)
        if opening is not None:
            assert status.opens_next.astimezone(UTC) == watched[opening][0]
        elif status.opens_next is not None:
            assert status.opens_next.astimezone(UTC) > watched[-1][0]


@settings(max_examples=60)
@given(st.data(), days_of_interest, sound_intervals())
def test_each_day_of_the_week_has_the_hours_that_the_rules_give(data, day, intervals):
    exceptions = data.draw(st.lists(exceptions_near(day), max_size=3))
    hours = OpeningHours(intervals, exceptions)
    rows = hours.week(day, today=day)
    days = [each for row in rows for each in row.days]
    monday = day - timedelta(days=day.weekday())
    assert [each.day for each in days] == [monday + timedelta(days=n) for n in range(7)]
    assert [row.days[0].day for row in rows if row.is_today] == [day]
    assert all(len(row.days) == 1 for row in rows if row.is_today)
    for each in days:
        expected = sorted(spans_of(each.day, intervals, exceptions))
        assert [(s.opens, s.closes, s.by_appointment) for s in each.spans] == expected
        if (each.day.month, each.day.day) in HOLIDAYS_2026 and each.kind is not DayKind.EXCEPTION:
            assert each.is_closed
            assert each.reason
    for row in rows:
        assert len({(each.spans, each.reason) for each in row.days}) == 1


def minutes_covered(interval):
    start, end = (clock.hour * 60 + clock.minute for clock in (interval.opens, interval.closes))
    return {(interval.weekday, minute) for minute in range(start, end)}


@settings(max_examples=200)
@given(st.lists(any_intervals(), max_size=5))
def test_validation_finds_each_overlap_and_each_wrong_order(intervals):
    errors = validate_intervals(intervals)
    found = {(error.index, error.code) for error in errors}
    expected = set()
    sound = []
    for index, interval in enumerate(intervals):
        if interval.closes == time(0):
            expected.add((index, "midnight"))
        elif interval.closes < interval.opens:
            expected.add((index, "reversed"))
        elif interval.closes == interval.opens:
            expected.add((index, "zero_length"))
        else:
            if any(minutes_covered(interval) & minutes_covered(intervals[n]) for n in sound):
                expected.add((index, "overlap"))
            sound.append(index)
    assert found == expected
    for error in errors:
        assert error.message
        if error.code == "overlap":
            both = minutes_covered(intervals[error.index]) & minutes_covered(intervals[error.other])
            assert error.other < error.index
            assert both


@settings(max_examples=60)
@given(sound_intervals())
def test_sound_hours_have_no_errors(intervals):
    assert validate_intervals(intervals) == []


@settings(max_examples=150)
@given(st.data(), days_of_interest)
def test_exceptions_without_errors_never_contradict_each_other(data, day):
    exceptions = data.draw(st.lists(exceptions_near(day), max_size=4))
    wrong = {error.index for error in validate_exceptions(exceptions)}
    accepted = [period for index, period in enumerate(exceptions) if index not in wrong]
    for n in range(-10, 11):
        covering = [period for period in accepted if period.covers(day + timedelta(days=n))]
        # Of those for as many days: longer ones stand back.
        for length in {period.length for period in covering}:
            equals = [period for period in covering if period.length == length]
            openings = [(p.opens, p.closes) for p in equals if not p.closed]
            minutes = [
                minute
                for opens, closes in openings
                for minute in range(opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
            ]
            assert len(minutes) == len(set(minutes))
            closed = [(p.first, p.last) for p in equals if p.closed]
            assert len(closed) == len(set(closed))
    for index in wrong:
        others = exceptions[:index]
        assert any(not (p.last < exceptions[index].first or exceptions[index].last < p.first) for p in others)
