"""Public holidays in Thuringia, named in the reader's language where the data has it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays
from django.utils.translation import get_language

STATE = "TH"
# Interface language -> language of the package's names. The others read the German name, which is
# also what stands on the notice at the door.
NAME_LANGUAGES = {"de": "de", "en": "en_US", "uk": "uk"}


@lru_cache(maxsize=64)
def _year(year: int, language: str) -> Mapping[date, str]:
    # One finished, read-only mapping per year: the package's own object fills itself while it is
    # being read, which threads must not share.
    calendar = holidays.Germany(subdiv=STATE, years=year, expand=False, language=language)
    return MappingProxyType({day: calendar[day] for day in calendar})


def holiday_name(day: date, language: str | None = None) -> str:
    """Return the name of the public holiday on `day`, or "" on any other day.

    `language` is a code like "de" or "en-gb"; without it, the language active for this request.
    """
    return _year(day.year, _names_in(language)).get(day, "")


def holidays_between(first: date, last: date, language: str | None = None) -> Iterator[tuple[date, str]]:
    """Yield day and name of the public holidays from `first` to `last`; `language` as for `holiday_name`."""
    for year in range(first.year, last.year + 1):
        for day, name in sorted(_year(year, _names_in(language)).items()):
            if first <= day <= last:
                yield day, name


def _names_in(language: str | None) -> str:
    code = (language or get_language() or "de").split("-")[0]
    return NAME_LANGUAGES.get(code, "de")
