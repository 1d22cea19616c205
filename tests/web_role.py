"""Lets requests run as the web role, on the connection and in the transaction of the test.

All of this goes past Django: it is no query of the portal.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from django.conf import settings
from django.db import connection
from psycopg.pq import TransactionStatus

from sites.rls.identity import ADMIN, Identity, clear_identity, current_identity, set_identity
from tests.mailing import QUEUE
from thinka_portal.database import database_settings
from thinka_portal.postgres import DatabaseError


def untested(reason: str) -> NoReturn:
    """Skip a test of RLS for want of a login; with REQUIRE_WEB_ROLE=1, as in CI, that is an error."""
    if os.environ.get("REQUIRE_WEB_ROLE") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def web_settings() -> dict:
    """Return how web processes connect."""
    try:
        return database_settings(web=True)
    except DatabaseError as error:
        untested(f"No login for web processes here: {error}")


def step_down() -> None:
    """Become the web role; inside a transaction also prepare for a refused statement that would end it."""
    connection.ensure_connection()
    raw = connection.connection
    if raw.info.transaction_status == TransactionStatus.INTRANS:
        raw.execute("SAVEPOINT web_role")
    raw.execute(f"SET ROLE {settings.PORTAL_WEB_ROLE}")


def step_up() -> None:
    """Become the owner of the tables again."""
    raw = connection.connection
    if raw is None or raw.closed:
        return
    if raw.info.transaction_status == TransactionStatus.INERROR:
        raw.execute("ROLLBACK TO SAVEPOINT web_role")
    raw.execute("RESET ROLE")


def go_on_after_a_failure() -> None:
    """Let a request be answered after an error in a transaction that was begun within it.

    Elsewhere that transaction has been undone then. Here it is part of the one of the test, which is broken;
    everything since `step_down` is undone.
    """
    raw = connection.connection
    if raw.info.transaction_status == TransactionStatus.INERROR:
        raw.execute("ROLLBACK TO SAVEPOINT web_role")
        connection.needs_rollback = False
        raw.execute(f"SET ROLE {settings.PORTAL_WEB_ROLE}")
        if identity := current_identity():
            set_identity(identity)


@contextmanager
def web_process(user, traeger, area: str = ADMIN) -> Iterator[None]:
    """Be a web process that answers a request of `user` (None: a visitor) on the site of `traeger`."""
    step_down()
    QUEUE.requests += 1
    try:
        set_identity(Identity(user and user.pk, area, traeger.site.hostname, traeger.site.port))
        yield
    finally:
        QUEUE.requests -= 1
        if connection.connection.info.transaction_status != TransactionStatus.INERROR:
            clear_identity()
        step_up()


class AsWebRole:
    """The outermost middleware of the test suite."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if hasattr(request, "is_dummy"):
            # A preview, inside a request that has stepped down.
            return self.get_response(request)
        step_down()
        QUEUE.requests += 1
        try:
            response = self.get_response(request)
        finally:
            QUEUE.requests -= 1
        if response.streaming:
            # Streamed answers may still read the database.
            response.streaming_content = [b"".join(response.streaming_content)]
        step_up()
        QUEUE.run()
        return response
