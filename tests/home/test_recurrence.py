"""Recurrence by example: mistakes, words, the edges of the rules."""

from datetime import UTC, date, timedelta

import pytest
from django.utils import translation

from home.recurrence import Frequency, Recurrence

from .strategies import local


@pytest.fixture(autouse=True)
def english():
    """English has no catalogue, so the sentences are the msgids."""
    with translation.override("en"):
        yield


def series(start, frequency, hours=2, **options):
    return Recurrence(start, start + timedelta(hours=hours), frequency, **options)


def test_a_weekly_event_keeps_its_time_when_the_clocks_change():
    weekly = series(local(2026, 10, 22, 15), Frequency.WEEKLY)
    starts = [each.start for each in weekly.occurrences(limit=2)]
    assert [each.hour for each in starts] == [15, 15]
    assert [each.astimezone(UTC).hour for each in starts] == [13, 14]


def test_a_night_ends_at_the_same_time_when_the_clocks_change():
    nights = Recurrence(local(2026, 10, 23, 22), local(2026, 10, 24, 6), Frequency.DAILY)
    ends = [each.end for each in nights.occurrences(limit=3)]
    assert [each.hour for each in ends] == [6, 6, 6]


def test_an_event_in_the_skipped_hour_still_ends_after_it_begins():
    daily = Recurrence(local(2026, 3, 28, 2, 30), local(2026, 3, 28, 3, 15), Frequency.DAILY)
    for each in daily.occurrences(limit=3):
        assert each.end.astimezone(UTC) - each.start.astimezone(UTC) == timedelta(minutes=45)


def test_the_31st_leaves_out_shorter_months():
    monthly = series(local(2026, 1, 31, 15), Frequency.MONTHLY_BY_DATE)
    assert [each.start.month for each in monthly.occurrences(limit=5)] == [1, 3, 5, 7, 8]


def test_29_february_waits_for_leap_years():
    yearly = series(local(2024, 2, 29, 15), Frequency.YEARLY)
    assert [each.start.year for each in yearly.occurrences(limit=3)] == [2024, 2028, 2032]


def test_a_fifth_weekday_means_the_last():
    monthly = series(local(2026, 5, 29, 15), Frequency.MONTHLY_BY_WEEKDAY)
    assert [each.start.day for each in monthly.occurrences(limit=3)] == [29, 26, 31]


def test_an_event_in_progress_is_the_next_and_one_that_just_ended_is_not():
    weekly = series(local(2026, 11, 5, 15), Frequency.WEEKLY)
    assert weekly.next_occurrence(local(2026, 11, 12, 16, 59)).start == local(2026, 11, 12, 15)
    assert weekly.next_occurrence(local(2026, 11, 12, 17)).start == local(2026, 11, 19, 15)


def test_a_single_event_ends_once():
    once = series(local(2026, 11, 5, 15), Frequency.NONE)
    assert once.next_occurrence(local(2026, 11, 5, 16)) == once.occurrences()[0]
    assert once.next_occurrence(local(2026, 11, 5, 17)) is None
    assert once.last_end() == local(2026, 11, 5, 17)


def test_last_end_is_that_of_the_last_date_also_of_a_cancelled_one_and_none_without_an_end():
    start = local(2026, 11, 5, 15)
    weekly = series(start, Frequency.WEEKLY, until=date(2026, 11, 19), excluded=[date(2026, 11, 19)])
    assert weekly.last_end() == local(2026, 11, 19, 17)
    assert series(start, Frequency.WEEKLY).last_end() is None
    never = series(start, Frequency.WEEKLY, until=date(2026, 11, 4))
    assert never.last_end() == start


def test_cancelled_dates_are_told_where_asked_for():
    start = local(2026, 11, 5, 15)
    weekly = series(start, Frequency.WEEKLY, until=date(2026, 11, 19), excluded=[date(2026, 11, 12)])
    dates = weekly.occurrences(with_cancelled=True)
    assert [(each.start.day, each.cancelled) for each in dates] == [(5, False), (12, True), (19, False)]
    assert [each.start.day for each in weekly.occurrences()] == [5, 19]
    now = local(2026, 11, 6, 12)
    assert weekly.next_occurrence(now).start.day == 19
    assert weekly.next_occurrence(now, with_cancelled=True).start.day == 12


def test_a_series_without_an_end_needs_a_bound():
    with pytest.raises(ValueError, match="open-ended"):
        series(local(2026, 11, 5, 15), Frequency.WEEKLY).occurrences()


def test_naive_times_and_unknown_frequencies_are_refused():
    with pytest.raises(ValueError, match="aware"):
        series(local(2026, 11, 5, 15).replace(tzinfo=None), Frequency.WEEKLY)
    with pytest.raises(ValueError, match="hourly"):
        series(local(2026, 11, 5, 15), "hourly")


THURSDAY = local(2026, 11, 5, 15)


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        (series(local(1926, 11, 5, 15), "daily"), [("start", "start_too_early")]),
        (series(THURSDAY, "none", hours=24 * 367), [("end", "too_long")]),
        (series(THURSDAY, "none", hours=-1), [("end", "end_before_start")]),
        (series(THURSDAY, "weekly", hours=0), [("end", "end_before_start")]),
        (series(THURSDAY, "none", until=date(2026, 12, 1)), [("until", "until_without_repetition")]),
        (series(THURSDAY, "weekly", until=date(2026, 11, 4)), [("until", "until_before_start")]),
        (series(THURSDAY, "weekly", until=date(2062, 11, 4)), [("until", "until_too_far")]),
        (series(THURSDAY, "daily", hours=25), [("end", "longer_than_step")]),
        (series(THURSDAY, "weekly", hours=7 * 24 + 1), [("end", "longer_than_step")]),
        (series(THURSDAY, "monthly_by_last_weekday"), [("start", "not_last_weekday")]),
        (
            series(THURSDAY, "weekly", hours=-1, until=date(2026, 11, 4)),
            [("end", "end_before_start"), ("until", "until_before_start")],
        ),
        (
            series(THURSDAY, "weekly", excluded=[date(2026, 11, 13)]),
            [("excluded", "excluded_not_an_occurrence")],
        ),
        (
            series(THURSDAY, "none", excluded=[date(2026, 11, 6)]),
            [("excluded", "excluded_not_an_occurrence")],
        ),
    ],
)
def test_each_mistake_is_named_at_its_field(recurrence, expected):
    errors = recurrence.validate()
    assert [(error.field, error.code) for error in errors] == expected
    assert all(error.message for error in errors)


def test_an_excluded_date_that_is_none_is_named():
    (error,) = series(THURSDAY, "weekly", excluded=[date(2026, 11, 13), date(2026, 11, 12)]).validate()
    assert error.day == date(2026, 11, 13)
    assert "13" in error.message


@pytest.mark.parametrize(
    "recurrence",
    [
        series(THURSDAY, "none"),
        series(THURSDAY, "none", hours=60),
        series(THURSDAY, "daily", hours=24),
        series(THURSDAY, "weekly", until=date(2026, 11, 5)),
        series(THURSDAY, "weekly", until=date(2026, 12, 17), excluded=[date(2026, 11, 5)]),
        # All of it is cancelled: people still find it, and are told.
        series(THURSDAY, "weekly", until=date(2026, 11, 11), excluded=[date(2026, 11, 5)]),
        series(THURSDAY, "none", excluded=[date(2026, 11, 5)]),
        series(local(2026, 11, 26, 15), "monthly_by_last_weekday"),
    ],
)
def test_sound_events_have_no_mistakes(recurrence):
    assert recurrence.validate() == []


@pytest.mark.parametrize(
    ("recurrence", "text"),
    [
        (series(THURSDAY, "none"), ""),
        (series(THURSDAY, "daily"), "every day"),
        (series(THURSDAY, "weekly"), "every Thursday"),
        (series(THURSDAY, "fortnightly"), "every two weeks on Thursday"),
        (series(THURSDAY, "monthly_by_date"), "on day 5 of every month"),
        (series(THURSDAY, "monthly_by_weekday"), "every first Thursday of the month"),
        (series(local(2026, 11, 10, 15), "monthly_by_weekday"), "every second Tuesday of the month"),
        (series(local(2026, 11, 30, 15), "monthly_by_weekday"), "every last Monday of the month"),
        (series(local(2026, 11, 26, 15), "monthly_by_last_weekday"), "every last Thursday of the month"),
        (series(THURSDAY, "yearly"), "every year on November 5"),
    ],
)
def test_the_rule_in_words(recurrence, text):
    assert recurrence.describe() == text


def test_the_end_of_the_series_in_words():
    text = series(THURSDAY, "weekly", until=date(2026, 12, 17)).describe()
    assert text.startswith("every Thursday, until ")
    assert "17" in text
    assert "2026" in text
