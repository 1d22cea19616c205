"""Which places fit a question, and how many each further answer would leave. Pure values, no database."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import combinations

from home.opening_hours import OpeningHours

TOPIC, SOZIALRAUM, LANGUAGE, NOW = "topic", "sozialraum", "language", "now"
FREE, WITHOUT_APPOINTMENT, HOME_VISIT = "free", "no_appointment", "home_visit"
# Stands for every value of a condition.
EVERY = "*"
# What is answered by one value, and what is only yes or open.
CHOICES = (TOPIC, SOZIALRAUM, LANGUAGE)
WISHES = (NOW, HOME_VISIT, WITHOUT_APPOINTMENT, FREE)
YES = "1"


@dataclass(frozen=True)
class Service:
    """One thing that a place does. Without topics it is found where none is asked for."""

    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """Somebody who helps. `kind`: that of the search; `page`: id; `path`: in the tree.

    `sozialraeume`: slugs, none: everywhere. `hours`: None where nobody knows when it is open.
    `checked_until`: the last day on which the entry counts as checked.
    """

    page: int
    path: str
    kind: str
    title: str
    summary: str = ""
    phone: str = ""
    address: str = ""
    when: str = ""
    languages: tuple[str, ...] = ()
    languages_note: str = ""
    sozialraeume: frozenset[str] = frozenset()
    services: tuple[Service, ...] = (Service(),)
    hours: OpeningHours | None = None
    checked_until: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether the entry should have been checked by now."""
        return self.checked_until is not None and self.checked_until < today


def with_above(place: Place, topics: Mapping[str, str], sozialraeume: Mapping[str, str]) -> Place:
    """Return `place` with what its words belong to: by the slug of a word that of the other one."""
    services = tuple(
        replace(service, topics=_and_above(service.topics, topics)) for service in place.services
    )
    return replace(place, services=services, sozialraeume=_and_above(place.sozialraeume, sozialraeume))


def _and_above(slugs: frozenset[str], above: Mapping[str, str]) -> frozenset[str]:
    return slugs | {above[slug] for slug in slugs if slug in above}


@dataclass(frozen=True)
class Found:
    """What fits. `counts`: by (condition, value) how many places it leaves, together with all other answers.

    `without`: by condition that is answered, how many places there are without this answer alone.
    """

    places: tuple[Place, ...] = ()
    counts: Counter = field(default_factory=Counter)
    without: Counter = field(default_factory=Counter)


def find(places: Iterable[Place], answers: dict[str, str], at: datetime) -> Found:
    """Return the `places` that fit `answers` (by condition the value; YES for wishes) at `at` (aware).

    One and the same service has to fit all that is asked of a service: a place that speaks Arabic in its café
    does not advise on debts in Arabic.
    """
    fitting, counts, without = [], Counter(), Counter()
    for place in places:
        # By the condition that is not met, or None: the values that the place then has to offer.
        seen: set[tuple[str, str]] = set()
        failed: set[str] = set()
        fits = False
        for offered in _offers(place, at):
            missing = [name for name, value in answers.items() if not _holds(offered[name], value)]
            if len(missing) > 1:
                continue
            if not missing:
                fits = True
                failed |= answers.keys()
                seen.update((name, value) for name, values in offered.items() for value in values)
            else:
                failed.add(missing[0])
                seen.update((missing[0], value) for value in offered[missing[0]])
        if fits:
            fitting.append(place)
        every = {name for name, value in seen if value == EVERY}
        counts.update(each for each in seen if each[1] == EVERY or each[0] not in every)
        without.update(failed)
    return Found(tuple(fitting), counts, without)


def _holds(offered: frozenset[str], value: str) -> bool:
    return value in offered or EVERY in offered


def _offers(place: Place, at: datetime) -> Iterator[dict[str, frozenset[str]]]:
    """Yield for each service of `place` what it offers, by condition."""
    open_now = frozenset({YES} if place.hours and place.hours.is_open(at) else ())
    everywhere = place.sozialraeume or frozenset({EVERY})
    for service in place.services:
        yield {
            TOPIC: service.topics,
            SOZIALRAUM: everywhere,
            LANGUAGE: service.languages,
            NOW: open_now,
            **{wish: frozenset({YES} if wish in service.wishes else ()) for wish in WISHES if wish != NOW},
        }


def count(found: Found, condition: str, value: str) -> int:
    """Return how many places the answer `value` leaves. What is for every value counts for each."""
    return found.counts[condition, value] + found.counts[condition, EVERY]


def in_order(
    places: Iterable[Place],
    answers: Mapping[str, str],
    at: datetime,
    today: date,
    own: Collection[str] = (),
    ranks: Mapping[int, int] | None = None,
) -> list[Place]:
    """Return the places: what is nearer, open, checked and about just this comes first.

    `own`: the Sozialräume of whoever asks; `ranks`: the places of the pages that fit own words.
    """
    near = {answers[SOZIALRAUM]} if SOZIALRAUM in answers else set(own)
    ranked = ranks or {}

    def order(place: Place):
        return (
            place.kind == "office" and TOPIC in answers,
            near.isdisjoint(place.sozialraeume),
            ranked.get(place.page, 0),
            not (place.hours and place.hours.is_open(at)),
            place.is_overdue(today),
            place.title.casefold(),
            place.page,
        )

    return sorted(places, key=order)


def ways_out(
    places: Iterable[Place], answers: dict[str, str], at: datetime
) -> list[tuple[tuple[str, ...], int]]:
    """Return which answers to give up where together they leave nothing, and how many places there are then.

    As few as possible at once, those that leave most first; all of them always leave what there is.
    """
    places = list(places)
    for size in range(1, len(answers) + 1):
        found = []
        for given_up in combinations(answers, size):
            kept = {name: value for name, value in answers.items() if name not in given_up}
            if number := len(find(places, kept, at).places):
                found.append((given_up, number))
        if found:
            return sorted(found, key=lambda each: -each[1])
    return []
