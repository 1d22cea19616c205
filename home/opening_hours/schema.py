"""Opening hours for search engines: schema.org `openingHoursSpecification`."""

from datetime import date, timedelta
from itertools import groupby

from .model import DayHours, DayKind, OpeningHours

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# schema.org and the search engines' guides read equal times of 00:00 as "closed all day".
CLOSED = ("00:00", "00:00")


def opening_hours_specification(hours: OpeningHours, today: date, days: int = 60) -> list[dict[str, str]]:
    """Return the value of `openingHoursSpecification`: usual hours, then special dates.

    Special dates are the exceptions and public holidays of the next `days` days (today included)
    whose hours differ from the usual ones. Hours by appointment are left out: the door is shut.
    """
    usual = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{DAY_NAMES[interval.weekday]}",
            "opens": f"{interval.opens:%H:%M}",
            "closes": f"{interval.closes:%H:%M}",
        }
        for interval in sorted(hours.intervals, key=lambda each: (each.weekday, each.opens))
        if not interval.by_appointment
    ]
    dates = (hours.on(today + timedelta(days=n)) for n in range(days + 1))
    special: list[dict[str, str]] = []
    for times, run in groupby(dates, key=_special_times):
        run_of_days = list(run)
        for opens, closes in times:
            special.append(
                {
                    "@type": "OpeningHoursSpecification",
                    "opens": opens,
                    "closes": closes,
                    "validFrom": run_of_days[0].day.isoformat(),
                    "validThrough": run_of_days[-1].day.isoformat(),
                }
            )
    return usual + special


def _special_times(day: DayHours) -> tuple[tuple[str, str], ...]:
    """Return the times to announce for one date; none on days with usual hours."""
    if day.kind is DayKind.USUAL:
        return ()
    return tuple((f"{span.opens:%H:%M}", f"{span.closes:%H:%M}") for span in day.spans) or (CLOSED,)
