"""Opening hours by example: the rules, the sentences, the structured data."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from home.opening_hours import (
    ExceptionPeriod,
    Interval,
    OpeningHours,
    day_text,
    exception_text,
    holiday_name,
    opening_hours_specification,
    row_label,
    status_text,
    validate_exceptions,
    validate_intervals,
)

from .strategies import local

TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3
USUAL = [
    Interval(TUESDAY, time(14), time(18)),
    Interval(TUESDAY, time(9), time(12)),
    Interval(WEDNESDAY, time(9, 30), time(12), by_appointment=True),
    Interval(THURSDAY, time(9), time(16, 30), note="Wohngeld"),
]
CHRISTMAS = ExceptionPeriod(date(2026, 12, 24), date(2027, 1, 1), reason="Betriebsferien")


@pytest.fixture(autouse=True)
def english():
    """English has no catalogue, so the sentences are the msgids."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (local(2026, 11, 24, 8, 59), "Closed now, opens today at 9:00"),
        (local(2026, 11, 24, 9), "Open today until 12:00"),
        (local(2026, 11, 24, 12), "Closed now, opens today at 14:00"),
        (local(2026, 11, 24, 17, 59), "Open today until 18:00"),
        (local(2026, 11, 24, 18), "Closed, opens again on Thursday at 9:00"),
        (local(2026, 11, 25, 10), "By appointment only, today until 12:00"),
        (local(2026, 11, 25, 13), "Closed, opens again tomorrow at 9:00"),
        (local(2026, 11, 26, 10), "Open today until 16:30"),
        (local(2026, 12, 24, 10), "Closed today (Betriebsferien)"),
        # Christmas is over for the office on Tuesday, 5 January: too far for a weekday alone.
        (local(2026, 12, 23, 13), "Closed, opens again on January 5 at 9:00"),
        (local(2026, 5, 14, 10), "Closed today (public holiday: Ascension Day)"),
    ],
)
def test_status_says_what_a_visitor_needs(at, text):
    assert status_text(OpeningHours(USUAL, [CHRISTMAS]).status(at)) == text


def test_status_without_any_hours_is_closed():
    assert status_text(OpeningHours().status(local(2026, 11, 24, 10))) == "Closed"


def test_status_with_appointments_only_says_so():
    hours = OpeningHours([Interval(WEDNESDAY, time(9), time(12), by_appointment=True)])
    status = hours.status(local(2026, 11, 24, 10))
    assert status.only_by_appointment
    assert status_text(status) == "By appointment only"


def test_status_is_given_in_local_time_whatever_the_zone_of_the_question():
    status = OpeningHours(USUAL).status(datetime.fromisoformat("2026-11-24T08:30:00+00:00"))
    assert (status.is_open, status.closes_at) == (True, local(2026, 11, 24, 12))
    assert status.closes_at.hour == 12
    assert status.opens_next == local(2026, 11, 24, 14)


def test_status_refuses_a_naive_time():
    with pytest.raises(ValueError, match="aware"):
        OpeningHours(USUAL).status(local(2026, 11, 24, 10).replace(tzinfo=None))


def test_hours_in_the_skipped_hour_begin_and_end_when_the_clocks_jump():
    sunday = local(2026, 3, 29).date()
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    night = OpeningHours([Interval(6, time(1), time(2, 30)), Interval(6, time(2, 45), time(5))])
    assert night.status(jump - timedelta(hours=1)).closes_at == local(2026, 3, 29, 5)
    assert OpeningHours([Interval(6, time(2, 15), time(2, 45))]).status(jump).is_open is False
    evening_before = night.status(jump - timedelta(hours=3))
    assert evening_before.opens_next == local(2026, 3, 29, 1)
    only_late = OpeningHours([Interval(6, time(2, 45), time(5))])
    assert only_late.status(jump - timedelta(hours=1)).opens_next == jump
    assert only_late.on(sunday).spans[0].opens == time(2, 45)


def test_hours_in_the_hour_that_comes_twice_begin_at_its_first_coming():
    hours = OpeningHours([Interval(6, time(2, 30), time(5))])
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    opens = hours.status(first - timedelta(minutes=1)).opens_next
    # Python calls a doubled hour unequal to any time of another zone.
    assert opens.astimezone(UTC) == first
    for minutes in range(210):
        assert hours.status(first + timedelta(minutes=minutes)).is_open
    assert not hours.status(first + timedelta(minutes=210)).is_open


def test_touching_hours_are_one_opening():
    hours = OpeningHours([Interval(TUESDAY, time(9), time(12)), Interval(TUESDAY, time(12), time(15))])
    status = hours.status(local(2026, 11, 24, 11))
    assert status.closes_at == local(2026, 11, 24, 15)
    assert status.opens_next == local(2026, 12, 1, 9)


def test_an_office_may_stay_open_on_public_holidays():
    thursday = date(2026, 5, 14)
    assert OpeningHours(USUAL).on(thursday).is_closed
    assert not OpeningHours(USUAL, closed_on_public_holidays=False).on(thursday).is_closed


def test_one_special_day_opens_even_on_a_holiday_and_a_long_one_does_not():
    holiday, sunday = date(2026, 5, 14), date(2026, 5, 17)
    extra = {"closed": False, "opens": time(10), "closes": time(11)}
    single = OpeningHours(USUAL, [ExceptionPeriod(day, day, **extra) for day in (holiday, sunday)])
    assert not single.on(holiday).is_closed
    assert not single.on(sunday).is_closed
    long = OpeningHours(USUAL, [ExceptionPeriod(date(2026, 5, 11), date(2026, 5, 24), **extra)])
    assert long.on(holiday).is_closed
    assert long.on(sunday).is_closed
    assert [span.opens for span in long.on(date(2026, 5, 12)).spans] == [time(10)]


def test_two_openings_on_one_special_day():
    day = date(2026, 11, 28)
    periods = [
        ExceptionPeriod(day, day, closed=False, opens=time(14), closes=time(16)),
        ExceptionPeriod(day, day, closed=False, opens=time(9), closes=time(12), reason="Basar"),
    ]
    assert validate_exceptions(periods) == []
    hours = OpeningHours(USUAL, periods).on(day)
    assert day_text(hours) == "9:00 to 12:00 and 14:00 to 16:00 (Basar)"


def test_the_week_groups_neighbours_and_lets_today_stand_alone():
    rows = OpeningHours(USUAL).week(date(2026, 11, 26), today=date(2026, 11, 28))
    assert [(row_label(row), day_text(row.days[0]), row.is_today) for row in rows] == [
        ("Monday", "closed", False),
        ("Tuesday", "9:00 to 12:00 and 14:00 to 18:00", False),
        ("Wednesday", "9:30 to 12:00 by appointment only", False),
        ("Thursday", "9:00 to 16:30 (Wohngeld)", False),
        ("Friday", "closed", False),
        ("Saturday", "closed", True),
        ("Sunday", "closed", False),
    ]
    rows = OpeningHours(USUAL).week(date(2026, 11, 26))
    assert row_label(rows[-1]) == "Friday to Sunday"


@pytest.mark.parametrize(
    ("interval", "code"),
    [
        (Interval(0, time(16), time(9)), "reversed"),
        (Interval(0, time(9), time(9)), "zero_length"),
        (Interval(0, time(18), time(0)), "midnight"),
    ],
)
def test_wrong_hours_name_row_and_mistake(interval, code):
    errors = validate_intervals([USUAL[0], interval])
    assert [(error.index, error.code) for error in errors] == [(1, code)]


def test_an_overlap_names_both_rows_and_both_hours():
    (error,) = validate_intervals([*USUAL, Interval(TUESDAY, time(11), time(13))])
    assert (error.index, error.other, error.code) == (4, 1, "overlap")
    assert "On Tuesday, 11:00 to 13:00 and 9:00 to 12:00 overlap" in error.message


@pytest.mark.parametrize(
    ("period", "code"),
    [
        (ExceptionPeriod(date(2026, 5, 2), date(2026, 5, 1)), "reversed_dates"),
        (ExceptionPeriod(date(2026, 5, 1), date(2026, 5, 1), opens=time(9)), "closed_with_times"),
        (ExceptionPeriod(date(2026, 5, 1), date(2026, 5, 1), closed=False, opens=time(9)), "missing_times"),
        (ExceptionPeriod(date(2026, 5, 1), date(2026, 5, 1), False, time(9), time(8)), "reversed"),
        (ExceptionPeriod(date(2026, 5, 1), date(2026, 5, 1), False, time(9), time(9)), "zero_length"),
        (CHRISTMAS, "overlap"),
    ],
)
def test_wrong_exceptions_name_row_and_mistake(period, code):
    (error,) = validate_exceptions([CHRISTMAS, period])
    assert (error.index, error.code) == (1, code)
    assert error.other == (0 if code == "overlap" else None)
    assert error.message


def test_of_two_exceptions_the_one_for_fewer_days_holds():
    week = (date(2026, 11, 23), date(2026, 11, 29))
    tuesday, thursday, saturday = date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 28)
    holiday = ExceptionPeriod(*week, reason="Urlaub")
    opening = ExceptionPeriod(tuesday, thursday, closed=False, opens=time(10), closes=time(11))
    team_day = ExceptionPeriod(thursday, thursday, reason="Teamtag")
    fair = ExceptionPeriod(saturday, saturday, closed=False, opens=time(14), closes=time(18))
    periods = [holiday, opening, team_day, fair]
    assert validate_exceptions(periods) == []
    hours = OpeningHours(USUAL, periods)
    said = [day_text(hours.on(week[0] + timedelta(days=n))) for n in range(7)]
    assert said == [
        "closed (Urlaub)",
        "10:00 to 11:00",
        "10:00 to 11:00",
        "closed (Teamtag)",
        "closed (Urlaub)",
        "14:00 to 18:00",
        "closed (Urlaub)",
    ]


def test_of_two_exceptions_for_as_many_days_the_closure_holds():
    day = date(2026, 11, 24)
    opening = ExceptionPeriod(day, day, closed=False, opens=time(10), closes=time(11))
    periods = [opening, ExceptionPeriod(day, day, reason="Krank")]
    assert validate_exceptions(periods) == []
    assert day_text(OpeningHours(USUAL, periods).on(day)) == "closed (Krank)"


def test_two_openings_for_as_many_days_contradict_each_other():
    monday = date(2026, 11, 23)
    extra = {"closed": False, "opens": time(10), "closes": time(11)}
    periods = [ExceptionPeriod(monday + timedelta(n), monday + timedelta(n + 2), **extra) for n in (0, 1)]
    assert [problem.code for problem in validate_exceptions(periods)] == ["overlap"]


def test_upcoming_exceptions_are_those_not_over_within_the_days():
    past = ExceptionPeriod(date(2026, 10, 1), date(2026, 10, 2))
    running = ExceptionPeriod(date(2026, 11, 20), date(2026, 11, 24))
    far = ExceptionPeriod(date(2027, 2, 1), date(2027, 2, 1))
    hours = OpeningHours(USUAL, [far, CHRISTMAS, running, past])
    assert hours.upcoming_exceptions(date(2026, 11, 24)) == [running, CHRISTMAS]
    assert hours.upcoming_exceptions(date(2026, 11, 25), days=29) == [CHRISTMAS]
    assert hours.upcoming_exceptions(date(2026, 11, 25), days=28) == []
    assert exception_text(CHRISTMAS) == "December 24 to January 1: closed (Betriebsferien)"
    long = ExceptionPeriod(date(2026, 12, 20), date(2027, 12, 20))
    assert exception_text(long) == "Dec. 20, 2026 to Dec. 20, 2027: closed"


def test_holidays_are_those_of_thuringia_in_the_language_of_the_reader():
    childrens_day = date(2026, 9, 20)
    assert holiday_name(childrens_day, "de") == "Weltkindertag"
    assert holiday_name(childrens_day, "de-simple") == "Weltkindertag"
    assert holiday_name(childrens_day, "ar") == "Weltkindertag"
    assert holiday_name(childrens_day) == "World Children's Day"
    assert holiday_name(date(2026, 11, 1), "de") == "", "All Saints is no holiday in Thuringia"


def test_structured_data_has_usual_hours_and_special_dates():
    hours = OpeningHours(USUAL, [CHRISTMAS])
    result = opening_hours_specification(hours, date(2026, 12, 20), days=20)
    usual = [entry for entry in result if "dayOfWeek" in entry]
    assert [(e["dayOfWeek"].rsplit("/")[-1], e["opens"], e["closes"]) for e in usual] == [
        ("Tuesday", "09:00", "12:00"),
        ("Tuesday", "14:00", "18:00"),
        ("Thursday", "09:00", "16:30"),
    ]
    special = [entry for entry in result if "dayOfWeek" not in entry]
    assert special == [
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": "2026-12-24",
            "validThrough": "2027-01-01",
        }
    ]


def test_structured_data_announces_holidays_and_special_hours():
    day = date(2026, 5, 16)
    hours = OpeningHours(USUAL, [ExceptionPeriod(day, day, False, time(10), time(12, 30))])
    special = [e for e in opening_hours_specification(hours, date(2026, 5, 12), 7) if "validFrom" in e]
    assert [(e["validFrom"], e["validThrough"], e["opens"], e["closes"]) for e in special] == [
        ("2026-05-14", "2026-05-14", "00:00", "00:00"),
        ("2026-05-16", "2026-05-16", "10:00", "12:30"),
    ]
