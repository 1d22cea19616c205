"""Recurrence against a slow, obvious oracle: look at every single day."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from home.recurrence import Frequency, Recurrence

from .strategies import BERLIN

HORIZON = timedelta(days=1200)


@st.composite
def recurrences(draw, first=date(2023, 1, 1), last=date(2027, 12, 31)):
    """Return a recurrence that begins from `first` to `last` at any minute; some dates left out."""
    day = draw(st.dates(first, last))
    minute = draw(st.integers(0, 24 * 60 - 1))
    start = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=BERLIN)
    length = timedelta(minutes=draw(st.integers(120, 20 * 60)))
    until = draw(st.none() | st.integers(0, 1000).map(lambda days: day + timedelta(days=days)))
    offsets = draw(st.lists(st.integers(0, 30), max_size=5))
    step = draw(st.sampled_from([1, 7, 14]))
    excluded = {day + timedelta(days=step * offset) for offset in offsets}
    end = (start.replace(tzinfo=None) + length).replace(tzinfo=BERLIN)
    return Recurrence(start, end, draw(st.sampled_from(Frequency)), until, excluded)


def last_day_of_month(day):
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def is_last_weekday(day):
    return day + timedelta(days=7) > last_day_of_month(day)


def takes_place_on(day, first, frequency):
    same_weekday = day.weekday() == first.weekday()
    nth, first_nth = (day.day - 1) // 7, (first.day - 1) // 7
    return {
        Frequency.NONE: day == first,
        Frequency.DAILY: True,
        Frequency.WEEKLY: same_weekday,
        Frequency.FORTNIGHTLY: (day - first).days % 14 == 0,
        Frequency.MONTHLY_BY_DATE: day.day == first.day,
        Frequency.MONTHLY_BY_WEEKDAY: same_weekday
        and (is_last_weekday(day) if first_nth == 4 else nth == first_nth),
        Frequency.MONTHLY_BY_LAST_WEEKDAY: same_weekday and is_last_weekday(day),
        Frequency.YEARLY: (day.month, day.day) == (first.month, first.day),
    }[frequency]


def days_by_looking(recurrence):
    """Return every day of the event until HORIZON."""
    first = recurrence.start.date()
    days = (first + timedelta(days=n) for n in range(HORIZON.days))
    return [
        day
        for day in days
        if takes_place_on(day, first, recurrence.frequency)
        and (recurrence.until is None or recurrence.frequency == Frequency.NONE or day <= recurrence.until)
        and day not in recurrence.excluded
    ]


def elapsed(day, clock):
    """Return when a clock that only knows the offset before a change shows `clock`."""
    return datetime.combine(day, clock, tzinfo=BERLIN).astimezone(UTC)


@settings(max_examples=150)
@given(recurrences())
def test_occurrences_are_those_that_looking_at_every_day_finds(recurrence):
    horizon = recurrence.start + HORIZON - timedelta(days=1)
    found = recurrence.occurrences(before=horizon)
    expected = [day for day in days_by_looking(recurrence) if elapsed(day, recurrence.start.time()) < horizon]
    clock = recurrence.start.time()
    assert [each.start.astimezone(UTC) for each in found] == [elapsed(day, clock) for day in expected]
    for each in found:
        assert each.start.astimezone(UTC) < each.end.astimezone(UTC)
        # On the wall the length is always the same, except in the hour that the clocks skip.
        lengthening = each.end.replace(tzinfo=None) - each.start.replace(tzinfo=None) - recurrence.duration
        assert abs(lengthening) in (timedelta(0), timedelta(hours=1))
        if each.start.time() == clock and each.end.hour != 3:
            assert not lengthening


@settings(max_examples=100)
@given(recurrences(), st.data())
def test_windows_and_limits_cut_the_same_list(recurrence, data):
    everything = recurrence.occurrences(before=recurrence.start + HORIZON)
    moments = st.integers(-10, HORIZON.days * 24 * 60).map(lambda n: recurrence.start + timedelta(minutes=n))
    after, before = sorted((data.draw(moments), data.draw(moments)))
    limit = data.draw(st.integers(0, 5))
    window = [
        each
        for each in everything
        if each.end.astimezone(UTC) > after.astimezone(UTC)
        and each.start.astimezone(UTC) < before.astimezone(UTC)
    ]
    assert recurrence.occurrences(after=after, before=before) == window
    assert recurrence.occurrences(after=after, before=before, limit=limit) == window[:limit]
    assert recurrence.next_occurrence(after) == next(
        (each for each in everything if each.end.astimezone(UTC) > after.astimezone(UTC)),
        recurrence.next_occurrence(recurrence.start + HORIZON),
    )


@settings(max_examples=100)
@given(recurrences())
def test_nothing_comes_after_the_last_end(recurrence):
    last = recurrence.last_end()
    if recurrence.is_open_ended:
        assert last is None
        return
    dates = recurrence.occurrences(with_cancelled=True)
    assert last == (dates[-1].end if dates else recurrence.start)
    assert recurrence.next_occurrence(last, with_cancelled=True) is None
    assert [each for each in dates if not each.cancelled] == recurrence.occurrences()
    assert {each.start.date() for each in dates if each.cancelled} <= recurrence.excluded
    assert bool(recurrence.occurrences()) == bool(days_by_looking(recurrence))


@settings(max_examples=100)
@given(recurrences())
def test_what_validates_takes_place_and_leaves_out_what_it_says(recurrence):
    if recurrence.validate():
        return
    assert recurrence.occurrences(limit=1, with_cancelled=True)
    days = {each.start.date() for each in recurrence.occurrences(before=recurrence.start + HORIZON)}
    assert not days & recurrence.excluded
    plain = Recurrence(recurrence.start, recurrence.end, recurrence.frequency, recurrence.until)
    assert recurrence.excluded <= set(days_by_looking(plain))


@settings(max_examples=150)
@given(recurrences(first=date(2000, 1, 1)), st.data())
def test_jumping_to_a_window_finds_what_walking_there_finds(recurrence, data):
    """Up to thirty years after the start, where the tests above look only a few years ahead."""
    after = recurrence.start + timedelta(minutes=data.draw(st.integers(-10, 30 * 365 * 24 * 60)))
    before = after + timedelta(days=data.draw(st.integers(0, 800)))
    walked = [each for each in recurrence.occurrences(before=before) if each.end.astimezone(UTC) > after]
    assert recurrence.occurrences(after=after, before=before) == walked
