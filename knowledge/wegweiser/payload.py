"""What a phone keeps of the Wegweiser for when there is no network: all that a person may read, as JSON.

`static/js/wegweiser` reads it. Whatever is not in `places` is not in here: no notes of staff, no drafts.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from wagtail.models import Page

from home.opening_hours import OpeningHours, holidays_between
from knowledge.wegweiser.matching import Place, Service
from sites.fields.languages import languages_line
from sites.fields.phone import PhoneNumber, numbers_in


def place_data(place: Place, url: str, traeger: str) -> dict[str, Any]:
    """Return what the phone shows of a place and narrows by. Empty values are left out."""
    said = {
        "page": place.page,
        "kind": place.kind,
        "url": url,
        "title": place.title,
        "traeger": traeger,
        "summary": place.summary,
        "phones": phones(place.phone),
        "address": place.address,
        "when": place.when,
        "spoken": languages_line(place.languages, place.languages_note),
        "sozialraeume": sorted(place.sozialraeume),
        "services": [service_data(each) for each in place.services],
        "hours": hours_data(place.hours) if place.hours else None,
        "checked": place.checked_until and place.checked_until.isoformat(),
    }
    return {name: value for name, value in said.items() if value}


def service_data(service: Service) -> list[list[str]]:
    """Return topics, languages and wishes of a service."""
    return [sorted(values) for values in (service.topics, service.languages, service.wishes)]


def hours_data(hours: OpeningHours) -> dict[str, Any]:
    """Return opening hours as `static/js/wegweiser/hours.js` reads them."""
    return {
        "holidays": int(hours.closed_on_public_holidays),
        "intervals": [
            [each.weekday, _clock(each.opens), _clock(each.closes), int(each.by_appointment)]
            for each in hours.intervals
        ],
        "exceptions": [
            [
                each.first.isoformat(),
                each.last.isoformat(),
                int(each.closed),
                _clock(each.opens),
                _clock(each.closes),
                each.reason,
            ]
            for each in hours.exceptions
        ],
    }


def holidays_data(first: date, last: date) -> dict[str, str]:
    """Return the names of the public holidays from `first` to `last`, by date."""
    return {day.isoformat(): name for day, name in holidays_between(first, last)}


def phones(text: str) -> list[list[str]]:
    """Return each number in `text`: how it is written, and what is dialled ("" where nobody can tell).

    What is dialled is left out where it is what is written without the spaces.
    """
    if not text:
        return []
    try:
        return [_number(number) for number in numbers_in(text)]
    except ValueError:
        return [[text, ""]]


def _number(number: PhoneNumber) -> list[str]:
    return [number.text] if number.text.replace(" ", "") == number.dialled else [number.text, number.dialled]


def _clock(clock: time | None) -> str:
    if clock is None:
        return ""
    return clock.isoformat("minutes" if clock == clock.replace(second=0, microsecond=0) else "auto")


def addresses(pages: Iterable[Page], request) -> dict[int, str]:
    """Return the address of each page by its id. Most stand in few lists, so few are looked up as a whole."""
    lists: dict[tuple[str, int], str] = {}
    found = {}
    for page in pages:
        above, _slash, name = page.url_path.rstrip("/").rpartition("/")
        key, ending = (above, page.locale_id), f"{name}/"
        if key in lists:
            found[page.pk] = lists[key] + ending
            continue
        found[page.pk] = page.get_url(request)
        # Not where the name is written in other letters there.
        if name.isascii() and found[page.pk].endswith(ending):
            lists[key] = found[page.pk].removesuffix(ending)
    return found


def in_server_order(places: Iterable[Place]) -> list[Place]:
    """Return the places in the order that counts where all else is equal."""
    return sorted(places, key=lambda place: (place.title.casefold(), place.page))
