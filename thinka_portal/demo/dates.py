"""Dates relative to the day on which the demo is loaded, so that there is always something to come."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from home.opening_hours import holiday_name

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day_in_week(today: date, week: int, weekday: str) -> date:
    """Return `weekday` of the week that is `week` weeks after that of `today` (negative: before)."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=week, days=WEEKDAYS.index(weekday))


def moment(today: date, week: int, weekday: str, at: str) -> datetime:
    """Return `at` (HH:MM, the clock on the wall in Erfurt) on that day, aware."""
    return datetime.combine(day_in_week(today, week, weekday), time.fromisoformat(at), BERLIN)


def next_period(today: date, first: str, last: str) -> tuple[date, date]:
    """Return the period from `first` to `last` (MM-DD, may cross the new year) that runs or comes next."""
    for year in (today.year - 1, today.year, today.year + 1):
        start = date.fromisoformat(f"{year}-{first}")
        end = date.fromisoformat(f"{year}-{last}")
        if end < start:
            end = date.fromisoformat(f"{year + 1}-{last}")
        if end >= today:
            return start, end
    raise ValueError(f"no period {first} to {last} around {today}")


def is_day_off(day: date) -> bool:
    """Tell whether nobody would hold an event on `day`: a public holiday, or between the years."""
    return bool(holiday_name(day)) or (day.month, day.day) >= (12, 24)
