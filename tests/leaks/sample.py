"""Which of all the probes CI sends: every route is asked in every role, each query and body is sent."""

import random
from collections import defaultdict
from collections.abc import Iterable

from sites.access.roles import LEITUNG
from tests.leaks.matrix import ENTRANCE, PAGES, Matrix
from tests.leaks.plan import GUEST, VISITOR
from tests.leaks.probing import Probe

Ask = tuple[Probe, Probe | None]

SIZE = 3_500
SEED = 1
ELSEWHERE = " of the coordination office"
# By GET and by POST: the head of a Träger may do most, a guest is inside already. The others now so, now so.
THOROUGHLY = (LEITUNG, GUEST)


def role_of(who: str) -> str:
    """Return the role of somebody: the same at a Träger and at the coordination office."""
    return who.removesuffix(ELSEWHERE)


def sample(matrix: Matrix, size: int = SIZE, seed: int = SEED) -> dict[str, list[Ask]]:
    """Return what to ask as whom: `size` probes, or more if so many are needed; the same for a `seed`."""
    chooser = random.Random(seed)  # noqa: S311
    offered = matrix.whole
    chosen: dict[str, dict[int, None]] = {who: {} for who in offered}
    for who, number in (
        *_everybody_enters(offered),
        *_each_route_in_each_role(offered, chooser),
        *_each_line(offered[LEITUNG]),
        *_each_page(offered[VISITOR]),
    ):
        chosen[who][number] = None
    left = [
        (who, number)
        for who, asks in offered.items()
        for number in range(len(asks))
        if number not in chosen[who]
    ]
    missing = max(0, size - sum(map(len, chosen.values())))
    for who, number in chooser.sample(left, missing):
        chosen[who][number] = None
    return {who: [offered[who][number] for number in sorted(chosen[who])] for who in offered}


def _everybody_enters(offered: dict[str, list[Ask]]) -> Iterable[tuple[str, int]]:
    """Otherwise it would not be noticed that somebody's login is broken."""
    for who, asks in offered.items():
        for route in (ENTRANCE, PAGES):
            yield who, next(number for number, (probe, _) in enumerate(asks) if probe.route == route)


def _each_route_in_each_role(offered, chooser: random.Random) -> Iterable[tuple[str, int]]:
    """As a role's people in turn; the address alone, as its arguments are tried with every line."""
    people = defaultdict(list)
    for who in offered:
        people[role_of(who)].append(who)
    for turn, (role, those) in enumerate(people.items()):
        routes = {who: _by_route(offered[who]) for who in those}
        for number, route in enumerate(routes[those[0]]):
            if role in THOROUGHLY:
                # About the first foreign object.
                for reads in (True, False):
                    who = those[(number + reads) % len(those)]
                    yield from ((who, found) for found in routes[who][route][reads][:1])
                continue
            who = those[number // 2 % len(those)]
            found = routes[who][route]
            yield who, chooser.choice(found[(number + turn) % 2 == 0] or found[True] or found[False])


def _by_route(asks: list[Ask]) -> dict[str, dict[bool, list[int]]]:
    """Return which probes send nothing but an address: by route, and whether they only read."""
    found: dict = defaultdict(lambda: {True: [], False: []})
    for number, (probe, _twin) in enumerate(asks):
        if not probe.line:
            found[probe.route][probe.method == "GET"].append(number)
    return found


def _each_line(asks: list[Ask]) -> Iterable[tuple[str, int]]:
    """The lines of the tables of queries and bodies, as who may do most."""
    first = {}
    for number, (probe, _twin) in enumerate(asks):
        if probe.line:
            first.setdefault(probe.line, number)
    return ((LEITUNG, number) for number in first.values())


def _each_page(asks: list[Ask]) -> Iterable[tuple[str, int]]:
    """What there is of pages, as a visitor: the most there are."""
    for number, (probe, _twin) in enumerate(asks):
        if probe.route == PAGES and probe.method == "GET" and not probe.line:
            yield VISITOR, number
