"""Whether the background service is there: it holds locks as long as its connections live."""

from django.db import connection

LOCK = (7468, 1)
# Of the part that runs the queue, on a connection of its own.
QUEUE_LOCK = (7468, 2)


def take(lock: tuple[int, int] = LOCK) -> bool:
    """Become the only background service of this database. Returns False where there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
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
