"""What each session of a role begins with. A role may set that for itself: so may whoever injects SQL."""

from contextlib import suppress

from django.db import ProgrammingError
from django.db.transaction import atomic

# What the server's administrator may have set. The first is looked at by itself, see startup.py.
EXPECTED = (
    *("default_transaction_isolation", "temp_file_limit", "statement_timeout", "lock_timeout"),
    *("idle_in_transaction_session_timeout", "transaction_timeout"),
)

UNEXPECTED = """
SELECT DISTINCT split_part(setting, '=', 1) AS name, setdatabase <> 0 AS here
FROM pg_db_role_setting, unnest(setconfig) setting
WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = %s)
  AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND split_part(setting, '=', 1) <> ALL (%s) AND NOT setting ^@ 'log_'
ORDER BY name
"""


def unexpected(cursor, role: str) -> list[tuple[str, bool]]:
    """Return the names of such settings of `role`, and whether each is for this database only."""
    cursor.execute(UNEXPECTED, [role, list(EXPECTED)])
    return cursor.fetchall()


def reset_unexpected(connection, role: str) -> None:
    """Take them away, as the role itself.

    What it could not have set stays; everything stays where we may not become the role.
    """
    quote = connection.ops.quote_name
    with atomic(connection.alias), connection.cursor() as cursor:
        found = unexpected(cursor, role)
        cursor.execute("SELECT pg_has_role(%s, 'SET')", [role])
        if not found or not cursor.fetchone()[0]:
            return
        cursor.execute(f"SET LOCAL ROLE {quote(role)}")
        for name, here in found:
            where = f" IN DATABASE {quote(connection.settings_dict['NAME'])}" if here else ""
            setting = ".".join(map(quote, name.split(".")))
            with suppress(ProgrammingError), atomic(connection.alias):
                cursor.execute(f"ALTER ROLE CURRENT_USER{where} RESET {setting}")
        cursor.execute("RESET ROLE")
