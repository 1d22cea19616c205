"""A web process starts only where RLS binds it."""

import json

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from sites.rls.derived import table_policies
from sites.rls.install import callable_by_web_role, installed, opened, sql
from sites.rls.role_settings import unexpected
from sites.rls.tables import KEPT_COLUMNS

# Older servers lack what RLS is made of: `^@` counts as leakproof, and views of triggers on rows.
OLDEST_SERVER = 180000
# Whoever waits for the lock of the readers must see what was stored meanwhile (see triggers.sql).
ISOLATION = "read committed"
HINT = "See docs/operators/permissions.md."
OTHER_VERSION = (
    "RLS in the database is not that of this version, it has the key of another SECRET_KEY, or somebody "
    "changed it. Run: manage.py migrate"
)

# Policies beside those of RLS: one that permits is enough to let in.
GATES = """
SELECT quote_ident(policyname), quote_ident(tablename) FROM pg_policies
WHERE schemaname = 'public' AND permissive = 'PERMISSIVE' AND NOT policyname ^@ 'portal_'
ORDER BY tablename, policyname
"""


def problems() -> list[str]:
    """Return what is wrong with the connection of this process: why RLS would not bind it."""
    version = connection.pg_version  # type: ignore[attr-defined]
    if version < OLDEST_SERVER:
        return [f"The server is PostgreSQL {version // 10000}; 18 or newer is needed."]
    if not installed():
        return [OTHER_VERSION]
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolreplication, rolcreaterole,"
            " session_user <> current_user, EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        name, *powers = cursor.fetchone()
        meanings = (
            "is a superuser",
            "may bypass row-level security",
            "may copy the whole server",
            "may make roles",
            "can be reset to another role",
            "is a member of another role",
        )
        found += [
            f"The role {name} {meaning}." for power, meaning in zip(powers, meanings, strict=True) if power
        ]
        cursor.execute(
            "SELECT count(*) FILTER (WHERE pg_get_userbyid(relowner) = current_user),"
            " count(*) FILTER (WHERE NOT relrowsecurity OR NOT row_security_active(oid))"
            " FROM pg_class WHERE relname = ANY (%s) AND relnamespace = 'public'::regnamespace",
            [list(table_policies())],
        )
        owned, unbound = cursor.fetchone()
        if owned:
            found.append(f"The role {name} owns {owned} tables.")
        if unbound:
            found.append(f"Row-level security does not bind {name} in {unbound} tables.")
        cursor.execute(GATES)
        found += [
            f"A policy that is not of RLS opens {table}. Take it away: DROP POLICY {policy} ON {table}"
            for policy, table in cursor.fetchall()
        ]
        cursor.execute("SELECT current_setting('default_transaction_isolation')")
        (level,) = cursor.fetchone()
        if level != ISOLATION:
            found.append(
                f"Transactions are {level}, and readers of pages right only with {ISOLATION}. "
                f"Run: ALTER ROLE {name} SET default_transaction_isolation = '{ISOLATION}'"
            )
        if own := unexpected(cursor, name):
            names = ", ".join(sorted({setting for setting, _here in own}))
            found.append(
                f"Each session of the role {name} begins with settings of its own: {names}. "
                "Run: manage.py migrate; "
                f"what that leaves, the administrator of the server takes away: ALTER ROLE {name} RESET ALL"
            )
        if found:
            return found
        return _excess(cursor, name)


def _excess(cursor, name: str) -> list[str]:
    """Return what the web role `name` may do that RLS doesn't need."""
    cursor.execute(
        sql("extra_privileges.sql"),
        {
            "opened": json.dumps({table: sorted(commands) for table, commands in opened().items()}),
            "kept": json.dumps({table: sorted(columns) for table, columns in KEPT_COLUMNS.items()}),
            "callable": list(callable_by_web_role()),
        },
    )
    return [
        f"The role {name} may {power} {what}. "
        + ("Run: manage.py migrate" if can_mend else "Only the owner of that can take it away: REVOKE")
        for power, can_mend, what in cursor.fetchall()
    ]


def refusal(found: list[str]) -> str:
    """Return what to tell whoever started this process, about the `problems` of its connection."""
    return (
        "This process must not serve: nothing would keep the Träger apart.\n"
        + "\n".join(f"- {problem}" for problem in found)
        + "\nWeb processes connect as a role of their own, made by: manage.py create_web_role\n"
        + HINT
    )


def require_rls() -> None:
    """Raise ImproperlyConfigured, with what to do, where RLS would not bind this process."""
    if found := problems():
        raise ImproperlyConfigured(refusal(found))
