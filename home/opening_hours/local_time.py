"""From the clock on the wall to an instant, also in the two nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def instant(day: date, clock: time, tz: tzinfo) -> datetime:
    """Return the first moment (UTC) of `day` at which a wall clock in `tz` shows `clock` or later.

    A time that comes twice (October) means its first coming; a time that the clock jumps over
    (March) means the moment of the jump. So a later `clock` never gives an earlier instant, and
    no span of time gets a negative length.
    """
    wall = datetime.combine(day, clock, tzinfo=tz)
    moment = wall.astimezone(UTC)
    if moment.astimezone(tz).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    # fold=1 reads a skipped time with the offset that holds after the jump, which is an instant
    # less than the gap before the jump; clocks jump on full minutes.
    moment = wall.replace(fold=1).astimezone(UTC).replace(second=0, microsecond=0)
    before = moment.astimezone(tz).utcoffset()
    while moment.astimezone(tz).utcoffset() == before:
        moment += timedelta(minutes=1)
    return moment
