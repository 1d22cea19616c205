"""Tries a statement and tells what came of it."""

from typing import NamedTuple

from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

REFUSED = InsufficientPrivilege.sqlstate


class Answer(NamedTuple):
    """What the database says: rows, how many it found or changed, or an error by its SQLSTATE."""

    rows: tuple = ()
    count: int = 0
    sqlstate: str = ""
    error: str = ""

    @property
    def refused(self) -> bool:
        """Row-level security, a guard or a missing privilege: RLS, and no mistake in the try."""
        return self.sqlstate == REFUSED

    @property
    def fruitless(self) -> bool:
        """Refused, or there was nothing to be found."""
        return self.refused or (not self.sqlstate and self.count == 0)


def attempt(sql: str, arguments=None) -> Answer:
    """Run one statement as whoever the database takes us for; an error leaves the transaction usable."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, arguments)
            rows = tuple(cursor.fetchall()) if cursor.description else ()
            return Answer(rows, cursor.rowcount)
    except DatabaseError as error:
        return Answer(sqlstate=error.__cause__.sqlstate, error=str(error))


def undone(sql: str) -> Answer:
    """The same, taken back."""
    point = transaction.savepoint()
    answer = attempt(sql)
    transaction.savepoint_rollback(point)
    return answer
