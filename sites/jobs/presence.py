"""Whether the background service is there: it holds a lock as long as its connection lives."""

from django.db import connection

LOCK = (7468, 1)


def take() -> bool:
    """Become the only background service of this database. Returns False where there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", LOCK)
        return cursor.fetchone()[0]


def is_there() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND (classid, objid, objsubid) = (%s, %s, 2)"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            LOCK,
        )
        return cursor.fetchone()[0]
