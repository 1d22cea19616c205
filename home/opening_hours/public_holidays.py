"""Public holidays in Thuringia, named in the reader's language where the data has it."""

from collections.abc import Mapping
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
    code = (language or get_language() or "de").split("-")[0]
    return _year(day.year, NAME_LANGUAGES.get(code, "de")).get(day, "")
