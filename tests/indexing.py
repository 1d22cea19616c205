"""The index of the search in tests: brought up to date, as the owner, before each question.

The background service does it within a second. Here it is done on the connection and in the transaction of
the test, and not counted among the queries of the request.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from search import postgresql
from search.indexing import drain

# The index as it is.
stale_search, stale_suggest = postgresql.search, postgresql.suggest


@contextmanager
def _as_owner() -> Iterator[None]:
    """Lay the web role down during the block; Django counts nothing meanwhile."""
    raw, counted = connection.connection, connection.force_debug_cursor
    role = raw.execute("SHOW role").fetchone()[0]
    raw.execute("RESET ROLE")
    connection.force_debug_cursor = False
    try:
        yield
    finally:
        connection.force_debug_cursor = counted
        raw.execute(f"SET ROLE {role}")


def _up_to_date() -> None:
    connection.ensure_connection()
    with _as_owner():
        drain()


def search(*arguments, **options):
    _up_to_date()
    return stale_search(*arguments, **options)


def suggest(*arguments, **options):
    _up_to_date()
    return stale_suggest(*arguments, **options)


postgresql.search, postgresql.suggest = search, suggest
