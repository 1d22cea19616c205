"""The phrases from which the phone makes its sentences, in the language of the request.

They are those of the server's sentences: their msgids stand in `home.opening_hours.text` and the templates.
`static/js/wegweiser/words.js` fills them.
"""

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

# A number of each kind that languages tell apart (CLDR), by the name of the kind.
_NUMBERS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
# A date in which day and year are found again, and whether the day has two digits.
_DAY, _YEAR = 3, 2099


def words() -> dict[str, Any]:
    """Return the phrases by name. Their places are written `%(name)s`."""
    return {
        "language": (get_language() or "de").replace("de-simple", "de"),
        "weekdays": [str(WEEKDAYS[day]) for day in range(7)],
        "days": _months("MONTH_DAY_FORMAT"),
        "dates": _months("DATE_FORMAT"),
        **_hours(),
        **_found(),
    }


def _months(written: str) -> list[str]:
    """Return for each month how a date in it is written."""
    dates = (date_format(date(_YEAR, month, _DAY), written) for month in range(1, 13))
    places = ((str(_YEAR), "%(year)s"), (f"{_DAY:02}", "%(day_of_two)s"), (str(_DAY), "%(day)s"))
    return [reduce(lambda text, place: text.replace(*place), places, each) for each in dates]


def _hours() -> dict[str, str]:
    return {
        "full_hour": pgettext("full hour", "%(hour)d:00"),
        "time": pgettext("time of day", "%(hour)d:%(minute)s"),
        "open_until": _("Open today until %(time)s"),
        "appointment_until": _("By appointment only, today until %(time)s"),
        "closed_holiday": _("Closed today (public holiday: %(name)s)"),
        "closed_because": _("Closed today (%(reason)s)"),
        "only_appointment": _("By appointment only"),
        "closed": _("Closed"),
        "opens_today": _("Closed now, opens today at %(time)s"),
        "opens_tomorrow": _("Closed, opens again tomorrow at %(time)s"),
        "opens_weekday": _("Closed, opens again on %(weekday)s at %(time)s"),
        "opens_date": _("Closed, opens again on %(date)s at %(time)s"),
    }


def _counted(phrase: Callable[[int], str]) -> dict[str, str]:
    return {kind: phrase(number) for kind, number in _NUMBERS.items()}


def _found() -> dict[str, Any]:
    return {
        "places": _counted(lambda n: ngettext("%(counter)s place helps", "%(counter)s places help", n)),
        "show": _counted(lambda n: ngettext("Show %(counter)s place", "Show %(counter)s places", n)),
        "without": _counted(
            lambda n: ngettext(
                "Without “%(words)s”: %(counter)s place", "Without “%(words)s”: %(counter)s places", n
            )
        ),
        "checked": _("Checked until %(date)s"),
        "overdue": _("Check overdue since %(date)s"),
        "as_of": _("As of %(date)s, %(time)s"),
        "saved": _("Also works without a network"),
        "changed": _("Changed since your last visit: %(names)s"),
        "gone": _("No longer there: %(names)s"),
    }
