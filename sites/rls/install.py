"""Puts RLS into the database: functions, triggers, policies, and what the web role may use.

The SQL files and `tables` say how it has to be. They are applied after every migration and not by one: they
refer to tables of several apps, and the newest version must hold whatever was there before. Before a
migration RLS is taken away, because columns that it names could not be changed. All of that is one
transaction (see `sites.management.commands.migrate`), and the tables are locked in it: others find what was
there before, or what is there afterwards.
"""

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connections
from django.db.transaction import atomic
from psycopg.errors import DeadlockDetected, LockNotAvailable

from sites.rls.conditions import ROOT
from sites.rls.derived import (
    callable_functions,
    content_triggers,
    sql_texts,
    table_policies,
    tables,
)
from sites.rls.foreign_keys import leftover_triggers
from sites.rls.role_settings import reset_unexpected
from sites.rls.seal import key_name, store_key
from sites.rls.tables import CLOSED, KEPT_COLUMNS, READ_ONLY

# In the order in which they build on each other.
FILES = (
    "readers.sql",
    "files.sql",
    "seal.sql",
    "principals.sql",
    "objects.sql",
    "rendition_visibility.sql",
    "triggers.sql",
    "aliases_and_translations.sql",
    "revoke_grants_on_transfer.sql",
    "guards.sql",
    "tree.sql",
    "notification_recipients.sql",
    "sessions.sql",
    "queue.sql",
    "throttle.sql",
    "team.sql",
    "person_deletion.sql",
)
FOLDER = Path(__file__).parent

# How often a change of all tables is begun at most.
TRIES = 10

# For how long requests wait behind us at most while we wait for all tables, and then have them again; in
# seconds. Shorter than PostgreSQL's `deadlock_timeout`, or it would end a request that we wait for.
LOCK_WAIT = 0.8
LOCK_PAUSE = 1
# Until when we try: something long is using the tables, such as a job of the background service.
LOCK_PATIENCE = 300

# What a web process may call; everything else works only inside the database.
CALLABLE = (
    # What policies and triggers call as the web role.
    *("portal_told", "portal_flag", "portal_texts", "portal_lineage", "portal_content_type"),
    *("portal_works", "portal_sees_page", "portal_works_on_page", "portal_works_on_key"),
    *("portal_page_path", "portal_draft_path", "portal_site_path", "portal_restricted_page"),
    *("portal_sees_workflow", "portal_sees_task", "portal_sees_file", "portal_collection_path"),
    *("portal_image_path", "portal_document_path", "portal_restricted_files", "portal_logos"),
    *("portal_is_colleague", "portal_owns_work", "portal_is_guest"),
    *(
        "portal_refuse",
        "portal_translates_elsewhere",
        "portal_address_is_right",
        "portal_shows",
        "portal_needs_publisher",
        "portal_exists",
    ),
    # What Python calls.
    *("portal_set_identity", "portal_account", "portal_person_by_email", "portal_keep_closed"),
    "portal_would_open",
    *("portal_reads", "portal_site_roots", "portal_at_work"),
    *("portal_has_source", "portal_waits_for_source"),
    *("portal_count_children", "portal_address_below", "portal_is_logo", "portal_names_file"),
    *("portal_session", "portal_store_session", "portal_end_session"),
    *("portal_public_file", "portal_take_misplaced", "portal_purge_misplaced"),
    "portal_queue_lag",
    *("portal_count", "portal_counted", "portal_uncount"),
    *("portal_invite", "portal_revoke_invitation", "portal_change_role", "portal_end_membership"),
    *("portal_invitation", "portal_accept_invitation", "portal_join"),
)


def callable_by_web_role() -> tuple[str, ...]:
    """Return the names of all functions that a web process may call, those of the apps last."""
    return (*CALLABLE, *callable_functions())


def sql(name: str) -> str:
    """Return the text of one of the SQL files of this folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


def all_sql() -> list[str]:
    """Return the texts of all SQL files, those of the apps last."""
    return [*map(sql, FILES), *sql_texts()]


def policies() -> str:
    """Return the SQL that closes every guarded table and opens it as far as `tables` says."""
    statements = []
    for table, allowed_by in sorted(table_policies().items()):
        statements.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        for command, condition in allowed_by.conditions(table).items():
            allowed = f"({ROOT} OR {condition})"
            using = "" if command == "INSERT" else f" USING {allowed}"
            check = f" WITH CHECK {allowed}" if command in ("INSERT", "UPDATE") else ""
            name = f"portal_{command.lower()}"
            statements.append(
                f"DROP POLICY IF EXISTS {name} ON {table};"
                f" CREATE POLICY {name} ON {table} FOR {command}{using}{check};"
            )
    return "\n".join(statements)


def opened() -> dict[str, set[str]]:
    """Return what the web role may do with each table, but for the columns that it never writes."""
    read_only = {table: {"SELECT"} for table in READ_ONLY}
    return {table: {"SELECT", "INSERT", "UPDATE", "DELETE"} for table in tables()} | read_only


def closed(cursor, roles: str) -> str:
    """Return the SQL that takes from `roles` whatever anybody gave them."""
    cursor.execute(
        "SELECT quote_ident(current_database()), coalesce(string_agg(oid::regprocedure::text, ', '), '')"
        " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname ^@ 'portal_'"
    )
    database, functions = cursor.fetchone()
    statements = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {roles};",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {roles};",
        f"REVOKE CREATE ON SCHEMA public FROM {roles};",
        f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM {roles};",
    ]
    if functions:
        statements.append(f"REVOKE ALL ON FUNCTION {functions} FROM {roles};")
    return "\n".join(statements)


def privileges(role: str, columns: dict[str, list[str]]) -> str:
    """Return the SQL that lets `role` use the tables; `columns` are those of the tables with kept columns."""
    statements = [f"GRANT USAGE ON SCHEMA public TO {role};"]
    for command in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        names = {table for table, commands in opened().items() if command in commands}
        if command == "UPDATE":
            names -= set(KEPT_COLUMNS)
        statements.append(f"GRANT {command} ON {', '.join(sorted(names))} TO {role};")
    statements += [
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};",
        # Only portal_set_identity counts requests.
        f"REVOKE ALL ON SEQUENCE thinka_sites_request FROM {role};",
        *(
            f"GRANT UPDATE ({', '.join(sorted(set(columns[table]) - kept))}) ON {table} TO {role};"
            for table, kept in KEPT_COLUMNS.items()
        ),
        *(f"GRANT EXECUTE ON FUNCTION {name} TO {role};" for name in callable_by_web_role()),
    ]
    return "\n".join(statements)


# Once everything is in place: what was stored before the triggers were there.
MEND = """
-- Live before their time: what was being made when its process ended, or came from elsewhere. It waits now.
WITH early AS (
  SELECT id, go_live_at, coalesce(live_revision_id, latest_revision_id) AS revision
  FROM wagtailcore_page WHERE live AND go_live_at > clock_timestamp()
), planned AS (
  UPDATE wagtailcore_revision r SET approved_go_live_at = early.go_live_at FROM early
  WHERE r.id = early.revision AND NOT EXISTS (
    SELECT FROM wagtailcore_revision other
    WHERE (other.base_content_type_id, other.object_id) = (r.base_content_type_id, r.object_id)
      AND other.approved_go_live_at IS NOT NULL)
)
UPDATE wagtailcore_page p SET live = false, live_revision_id = NULL, has_unpublished_changes = true
FROM early WHERE p.id = early.id;
SELECT portal_refresh_collections();
SELECT portal_refresh(array_agg(id)) FROM wagtailcore_page;
"""


def fingerprint() -> str:
    """Tell this version of RLS from others."""
    # Sorted: sets have another order in each process.
    kept = sorted((table, sorted(columns)) for table, columns in KEPT_COLUMNS.items())
    parts = [
        *all_sql(),
        policies(),
        leftover_triggers(),
        content_triggers(),
        repr(kept),
        repr(callable_by_web_role()),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def installed(using: str = "default") -> bool:
    """Return whether the database holds this version of RLS, as it was put there."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regproc('portal_set_identity'), 'pg_proc')")
        return cursor.fetchone()[0] == _label(cursor)


def _label(cursor) -> str:
    """Name the version of RLS, its state in the database and the key of the seal.

    The label is kept in the database as a comment.
    """
    cursor.execute(sql("fingerprint.sql"))
    return f"{fingerprint()} {cursor.fetchone()[0]} {key_name()}"


def install(using: str = "default", **_signal) -> None:
    """Put RLS into the database `using`, then mend what was stored without it.

    Does nothing while a table or one of its own columns is missing: after migrations backward, and where only
    some were asked for.
    """
    if not _complete(using):
        return
    if installed(using):
        let_in(settings.PORTAL_WEB_ROLE, using)
    else:
        despite_requests(using, lambda: _install(using))


def _complete(using: str) -> bool:
    """Return whether the database `using` has what RLS is about."""
    connection = connections[using]
    if (set(tables()) | set(CLOSED)) - set(connection.introspection.table_names()):
        return False
    columns = _columns(using)
    return all(kept <= set(columns[table]) for table, kept in KEPT_COLUMNS.items())


def _columns(using: str) -> dict[str, list[str]]:
    """Return the columns of the tables in which triggers keep some."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = ANY (%s) GROUP BY table_name",
            [list(KEPT_COLUMNS)],
        )
        return dict(cursor.fetchall())


def _install(using: str) -> None:
    _lock_tables(using)
    with connections[using].cursor() as cursor:
        settle(cursor)
        # What an older version had and this one has not would stay.
        cursor.execute(sql("drop.sql"))
        for text in all_sql():
            cursor.execute(text)
        cursor.execute(policies())
        cursor.execute(leftover_triggers())
        cursor.execute(content_triggers())
        cursor.execute(closed(cursor, "PUBLIC"))
        store_key(using)
        mend(using)
        cursor.execute(f"COMMENT ON FUNCTION portal_set_identity IS '{_label(cursor)}'")
        # At the same moment: web processes at work would find functions that they may not call.
        let_in(settings.PORTAL_WEB_ROLE, using)


def despite_requests(using: str, change: Callable[[], None]) -> None:
    """Make a change of all tables, in one transaction, again where it and a request waited for each other.

    PostgreSQL ends one of the two, and that may be this one.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            with atomic(using):
                change()
            return
        except OperationalError as error:
            deadlock = isinstance(error.__cause__, DeadlockDetected)
            if not deadlock or not tries_left or connections[using].in_atomic_block:
                raise


def _lock_tables(using: str) -> None:
    """Take the guarded tables for this transaction alone, all at once: no request meets half of a change.

    Whoever asks for one meanwhile waits for the end of the transaction.
    """
    connection = connections[using]
    names = sorted(table_policies().keys() & set(connection.introspection.table_names()))
    if not names:
        return
    begin = time.monotonic()
    while True:
        try:
            with atomic(using), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}s'")
                cursor.execute(f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE")
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            return
        except OperationalError as error:
            busy = isinstance(error.__cause__, LockNotAvailable | DeadlockDetected)
            if not busy or time.monotonic() - begin > LOCK_PATIENCE:
                raise
        time.sleep(LOCK_PAUSE)


def settle(cursor) -> None:
    """Check all foreign keys of what was changed: PostgreSQL changes no table in which rows wait for that."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def mend(using: str = "default") -> None:
    """Put right what was stored without the triggers: pages live before their time, and all readers."""
    with connections[using].cursor() as cursor:
        cursor.execute(MEND)


def let_in(role: str, using: str = "default") -> bool:
    """Let the web role `role` use what RLS leaves open. Returns whether there is such a role."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            return False
        columns = _columns(using)
        quoted = connection.ops.quote_name(role)
        # In one go, for web processes may be at work. What is taken away an operator may have given: GRANT …
        # ON ALL TABLES is usual elsewhere, but opens more than RLS does.
        cursor.execute(closed(cursor, f"{quoted}, PUBLIC") + privileges(quoted, columns))
    reset_unexpected(connection, role)
    return True


def uninstall(using: str = "default", plan=(), **_signal) -> None:
    """Take policies, triggers and functions away before the migrations in `plan` run, if there are any."""
    if plan:
        despite_requests(using, lambda: _drop(using))


def _drop(using: str) -> None:
    _lock_tables(using)
    with connections[using].cursor() as cursor:
        settle(cursor)
        cursor.execute(sql("drop.sql"))


# Whose stored readers are wrong: (id, stored readers, right readers).
WRONG = {
    "page": """
        SELECT p.id, p.readers, fresh.readers
        FROM wagtailcore_page p
          JOIN portal_readers((SELECT array_agg(id) FROM wagtailcore_page)) fresh ON fresh.page_id = p.id
        WHERE p.readers <> fresh.readers
        ORDER BY p.path
    """,
    "collection": """
        SELECT c.id, c.readers, fresh.readers
        FROM wagtailcore_collection c, LATERAL (SELECT portal_collection_readers(c.path) AS readers) fresh
        WHERE c.readers <> fresh.readers
        ORDER BY c.path
    """,
}


def wrong_readers(using: str = "default") -> list[tuple[str, int, list[str], list[str]]]:
    """Return (kind, id, stored readers, right readers) of the rows whose stored readers are wrong."""
    found = []
    with connections[using].cursor() as cursor:
        for kind, query in WRONG.items():
            cursor.execute(query)
            found += [(kind, *row) for row in cursor.fetchall()]
    return found
