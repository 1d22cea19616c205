"""How much is sent as whom, where not everything is sent as everybody."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.leaks.plan import GUEST
from tests.leaks.routes import Route


@dataclass(frozen=True)
class Share:
    """How much is sent as one person. None means all there is.

    `objects`: foreign objects of a kind; `extras`: queries and bodies for each; `whole`: the routes for which
    all of these are sent nevertheless; `turns`: only so many of these requests for a route, now this one and
    now that one, so that together people send many; `every`: 2 for every second route.
    """

    objects: int | None = None
    extras: int | None = None
    turns: int | None = None
    every: int = 1
    whole: Callable[[Route], bool] = lambda route: False


WHOLE = Share()
# The head of a Träger may do most, a guest is inside already, visitors are the most; the others take turns.
SHARES = {
    "leitung": Share(objects=1),
    GUEST: Share(objects=1, extras=0, whole=lambda route: route.name.startswith("wagtailadmin_pages:")),
    "anonymous": Share(objects=1, extras=0, whole=lambda route: not route.in_admin),
}
TURNS = Share(objects=2, extras=0, turns=1, every=2)


def in_turn(found: list, most: int | None, number: int) -> list:
    """Return at most `most` of what was found, evenly spread, beginning elsewhere for each `number`."""
    if most is None or len(found) <= most:
        return found
    return [found[(number + step * len(found) // most) % len(found)] for step in range(most)]
