"""Tells the database who is asking, and makes it forget that again."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.db import connection

from thinka_portal.database import forget

ADMIN, SITE = "admin", "site"
VISITOR_READS = ("any", "public")


@dataclass(frozen=True)
class Asking:
    """For whom (id of a person, None for a visitor), in which area and on which host we ask."""

    person: int | None
    area: str
    host: str
    port: int


_asking: ContextVar[Asking | None] = ContextVar("portal_asking", default=None)


def enter(asking: Asking) -> tuple[int | None, tuple[str, ...]]:
    """Tell the database who is asking; one round trip, outside of transactions.

    Returns the id of the person (None also for accounts that are switched off or gone) and the principals
    with which they read.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, reads FROM portal_enter(%s, %s, %s, %s)",
            [asking.person, asking.area, asking.host, asking.port],
        )
        person, reads = cursor.fetchone()
    _asking.set(replace(asking, person=person))
    return person, tuple(reads)


def current() -> Asking | None:
    """Return who is asking, None outside of requests."""
    return _asking.get()


def leave(**_signal) -> None:
    """Make the database forget who was asking, where a connection is open."""
    _asking.set(None)
    if connection.connection is not None and not connection.connection.closed:
        forget(connection.connection)


def logged_in(user, **_signal) -> None:
    """From now on the request is for `user`."""
    if asking := current():
        enter(replace(asking, person=user.pk))


def logged_out(**_signal) -> None:
    """From now on the request is for a visitor."""
    if asking := current():
        enter(replace(asking, person=None))


@contextmanager
def asking_as(person: int | None) -> Iterator[None]:
    """Ask for another person for a while: for one whose password or secret link is being checked."""
    before = current()
    if before is None:
        yield
        return
    enter(replace(before, person=person))
    try:
        yield
    finally:
        enter(before)
