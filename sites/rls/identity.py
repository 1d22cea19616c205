"""Tells the database who is asking, and makes it forget that again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from sites.rls.connections import clean, forget
from sites.rls.seal import proof

log = logging.getLogger(__name__)

ADMIN, SITE = "admin", "site"
VISITOR_READS = ("any", "public")


@dataclass(frozen=True)
class Identity:
    """For whom (id of a person, None for a visitor), in which area and on which host we ask."""

    person: int | None
    area: str
    host: str
    port: int


_identity: ContextVar[Identity | None] = ContextVar("portal_identity", default=None)


def set_identity(identity: Identity) -> tuple[int | None, tuple[str, ...]]:
    """Tell the database who is asking; one round trip, outside of transactions.

    Returns the id of the person (None also for accounts that are switched off or gone) and the principals
    with which they read.
    """
    connection.ensure_connection()
    raw = connection.connection
    for _try in range(2):
        with connection.wrap_database_errors:
            statement = signed(raw, identity)
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            was_signed, person, reads, raw.portal_request = cursor.fetchone()
        if was_signed:
            break
        log.warning("The number of a connection was not the one that it had been given.")
    else:
        raise ImproperlyConfigured("The database has the key of another SECRET_KEY. Run: manage.py migrate")
    _identity.set(replace(identity, person=person))
    return person, tuple(reads)


def signed(raw, identity: Identity) -> tuple[str, list]:
    """The statement, with its parameters, that tells the database on the connection `raw` who is asking.

    It holds once, and only there. A connection that has no number yet gets one.
    """
    if not hasattr(raw, "portal_request"):
        unsigned = "SELECT number FROM portal_set_identity(NULL, 'site', '', 0, NULL)"
        (raw.portal_request,) = raw.execute(unsigned).fetchone()
    person, area, host, port = identity.person, identity.area, identity.host, identity.port
    return (
        "SELECT signed, person, reads, number FROM portal_set_identity(%s, %s, %s, %s, %s)",
        [person, area, host, port, proof(raw.portal_request, person, area, host, port)],
    )


def current_identity() -> Identity | None:
    """Return who is asking, None outside of requests."""
    return _identity.get()


def clear_identity(**_signal) -> None:
    """Make the database forget who was asking, where a connection is open."""
    _identity.set(None)
    if connection.connection is not None and not connection.connection.closed:
        (clean if settings.PORTAL_WEB_PROCESS else forget)(connection.connection)


def logged_in(user, **_signal) -> None:
    """From now on the request is for `user`."""
    if identity := current_identity():
        set_identity(replace(identity, person=user.pk))


def logged_out(**_signal) -> None:
    """From now on the request is for a visitor."""
    if identity := current_identity():
        set_identity(replace(identity, person=None))


@contextmanager
def acting_as(person: int | None) -> Iterator[None]:
    """Ask for another person for a while: for one whose password or secret link is being checked."""
    before = current_identity()
    if before is None:
        yield
        return
    set_identity(replace(before, person=person))
    try:
        yield
    finally:
        set_identity(before)
