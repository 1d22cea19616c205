"""Use the embedded server: start it when nobody has, stop it when nobody needs it any more."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from .account import Account, choose_account
from .errors import DatabaseError
from .layout import Layout, layout_for, make_private_folder
from .locks import exclusive, hold_shared, is_last_user
from .process import find_postmaster
from .server import LOCALE, SUPERUSER, binaries, create_cluster, explain, start
from .server import stop as stop_server

# Owns the portal's databases and is no superuser: row-level security does not bind superusers.
OWNER = "portal"
# What web processes are: bound by RLS, owner of nothing.
WEB = "portal_web"
DATABASE = "portal"
# What the statements of one of its sessions may store aside while they sort and join.
WEB_FILES = "1GB"
# Nobody needs large objects; what is stored in them no policy protects.
NO_LARGE_OBJECTS = """
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
    AND (proname ^@ 'lo_' OR proname IN ('loread', 'lowrite'))
    AND has_function_privilege('public', oid, 'EXECUTE')
  LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); END LOOP;
END $$
"""
# What the portal needs of the server that the owner of a database may not create: the search by meaning.
EXTENSIONS = ("vector",)
# The server needs a moment to notice that a connection was closed, on a busy machine a long one.
GONE_SECONDS = 2


@dataclass
class _Hold:
    layout: Layout
    handle: int
    pid: int


_holds: dict[Path, _Hold] = {}


def ensure_running(var: Path | str, database: str = DATABASE, locale: str = LOCALE) -> bool:
    """Make sure that the server below the folder `var` runs and has `database`. Returns whether it started.

    As long as this process lives (or until `release`), others leave the server running.
    Raises `DatabaseError` with advice when it can't be made or started.
    """
    layout = layout_for(var)
    try:
        layout.var.mkdir(parents=True, exist_ok=True)
        with exclusive(layout.start_lock):
            _hold(layout)
            started = find_postmaster(layout) is None
            if started:
                account = choose_account(layout, binaries())
                _refuse_strange_owner(layout, account)
                make_private_folder(layout.sockets, account.uid)
                if not (layout.data / "PG_VERSION").exists():
                    create_cluster(layout, account, locale)
                start(layout, account)
            _ensure_database(layout, database)
    except OSError as error:
        raise DatabaseError(explain(error, layout)) from error
    return started


def release(var: Path | str) -> bool:
    """Give up this process's use of the server; stop it when nobody else uses it. Returns whether it did."""
    layout = layout_for(var)
    hold = _holds.pop(layout.var, None)
    if hold is None:
        return False
    try:
        if hold.pid != os.getpid():
            return False  # a forked child shares the hold of its parent, who is still there
        with exclusive(layout.start_lock):
            if not is_last_user(hold.handle) or _others_connected(layout):
                return False
            return stop_server(layout)
    finally:
        os.close(hold.handle)


def stop(var: Path | str) -> bool:
    """Stop the server whoever uses it. Returns whether it was running."""
    layout = layout_for(var)
    if not layout.var.is_dir():
        return False
    with exclusive(layout.start_lock):
        return stop_server(layout)


def _refuse_strange_owner(layout: Layout, account: Account) -> None:
    if layout.data.exists() and layout.data.stat().st_uid != account.uid:
        raise DatabaseError(
            f"The database in {layout.data} belongs to another user, perhaps root.\n"
            f"Start the portal as that user, or give it to yours: sudo chown -R $USER {layout.var}"
        )


def _hold(layout: Layout) -> None:
    hold = _holds.get(layout.var)
    if hold is None or hold.pid != os.getpid():
        _holds[layout.var] = _Hold(layout, hold_shared(layout.users_lock), os.getpid())


def _connect(layout: Layout, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(host=str(layout.sockets), dbname=database, user=SUPERUSER, autocommit=True)


def _others_connected(layout: Layout) -> bool:
    """Whether programs that took no hold (psql, a web process of one's own) are connected."""
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    deadline = time.monotonic() + GONE_SECONDS
    try:
        with _connect(layout) as connection:
            while connection.execute(query).fetchone()[0] > 0:
                if time.monotonic() > deadline:
                    return True
                time.sleep(0.05)
    except psycopg.Error:
        pass
    return False


def _ensure_database(layout: Layout, name: str) -> None:
    try:
        with _connect(layout) as connection:
            for role, rights in ((OWNER, "LOGIN CREATEDB CREATEROLE"), (WEB, "LOGIN NOINHERIT")):
                roles = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchall()
                if not roles:
                    connection.execute(
                        sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(rights))
                    )
            # The owner may step down to the web role, for tests; never the other way round.
            connection.execute(
                sql.SQL("GRANT {} TO {} WITH SET TRUE, INHERIT FALSE").format(
                    sql.Identifier(WEB), sql.Identifier(OWNER)
                )
            )
            # Only a superuser sets that, so the web role can't take it away.
            connection.execute(
                sql.SQL("ALTER ROLE {} SET temp_file_limit = {}").format(
                    sql.Identifier(WEB), sql.Literal(WEB_FILES)
                )
            )
            # From which new databases are copied.
            _prepare_as_superuser(layout, "template1")
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchall()
            if not found:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
                )
        _prepare_as_superuser(layout, name)
    except psycopg.Error as error:
        raise DatabaseError(explain(str(error), layout)) from error


def _prepare_as_superuser(layout: Layout, database: str) -> None:
    with _connect(layout, database) as connection:
        connection.execute(NO_LARGE_OBJECTS)
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
