"""When people are reminded of a check: 30 and 7 days before its day, on it, and every week after it."""

from datetime import date, timedelta

DAYS_BEFORE = (30, 7)
EVERY = 7


def rung(until: date, today: date) -> int:
    """Return how many reminders of a check due on `until` should have been given by `today`.

    It only grows with `today`: whoever compares it with what was given last gives each reminder once, and
    after a long silence one instead of all that were missed.
    """
    days_late = (today - until).days
    before = sum(-days_late <= days for days in DAYS_BEFORE)
    return before + (1 + days_late // EVERY if days_late >= 0 else 0)


def first_day(until: date) -> date:
    """Return the day of the first reminder."""
    return until - timedelta(days=DAYS_BEFORE[0])
