"""When reminders are due, whatever the days and however often the service was away."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.lifecycle.ladder import first_day, rung

UNTIL = date(2026, 6, 30)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("days_left", "expected"),
    [(31, 0), (30, 1), (8, 1), (7, 2), (1, 2), (0, 3), (-6, 3), (-7, 4), (-13, 4), (-14, 5), (-30, 7)],
)
def test_30_and_7_days_before_then_every_week(days_left, expected):
    assert rung(UNTIL, UNTIL - timedelta(days=days_left)) == expected


@given(days, days, days)
def test_it_only_grows(until, one, other):
    earlier, later = sorted((one, other))
    assert rung(until, earlier) <= rung(until, later)


@given(days, days)
def test_nothing_is_due_before_the_first_day(until, today):
    assert (rung(until, today) == 0) == (today < first_day(until))


@given(days, st.integers(0, 300), st.sets(st.integers(0, 300)))
def test_each_reminder_is_given_at_most_once_and_the_last_one_always(until, length, away):
    """A service that looks on some days only: on the last one nothing that is due is left."""
    begin = until - timedelta(days=60)
    given_last, given = 0, []
    working = [day for day in range(length + 1) if day not in away or day == length]
    for day in working:
        due = rung(until, begin + timedelta(days=day))
        if due > given_last:
            given.append(due)
            given_last = due
    assert given == sorted(set(given))
    assert given_last == rung(until, begin + timedelta(days=length))


@given(days, st.integers(60, 400))
def test_who_looks_every_day_gives_all_of_them(until, length):
    begin = until - timedelta(days=60)
    reached = [rung(until, begin + timedelta(days=day)) for day in range(length)]
    assert sorted(set(reached)) == list(range(reached[-1] + 1))
