"""Which database the portal uses: the one in DATABASE_URL, else the embedded server.

`database_settings` only describes it; importing the settings starts nothing. Whoever needs the
database (manage.py, the test run, `make run`) calls `prepare` first and `finish` at the end.
"""

import os
from pathlib import Path
from typing import Any

from sites.rls.connections import clean
from sites.rls.web_connection import WebConnection

from .database_url import check_connection, parse_database_url
from .postgres import DATABASE, OWNER, WEB, DatabaseError, ensure_running, layout_for, release

BASE_DIR = Path(__file__).resolve().parent.parent

# Commands that work without a database, so that they don't start one.
NO_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "stop_database",
    "version",
}

# Connections per process. Opening one takes longer than most queries, so they are kept. After an outage the
# pool would try again later and later; it is to give up, so that the next one who asks lets it try at once.
POOL = {"min_size": 1, "max_size": 10, "timeout": 10, "reconnect_timeout": 10}
# A web process decides itself how long to wait, see `availability.gate`.
WEB_POOL = {**POOL, "timeout": 0.8, "reconnect_timeout": 0, "connection_class": WebConnection}
# How long a server may take to let a web process in.
WEB_CONNECT_SECONDS = 2


def database_url(web: bool = False) -> str:
    """The value of DATABASE_URL, for a `web` process of WEB_DATABASE_URL; empty when unset."""
    return os.environ.get("WEB_DATABASE_URL" if web else "DATABASE_URL", "").strip()


def var_dir(base_dir: Path | str = BASE_DIR) -> Path:
    """The folder for everything made at run time: PORTAL_VAR, else `var` in the checkout."""
    return Path(os.environ.get("PORTAL_VAR") or Path(base_dir) / "var").resolve()


def database_settings(base_dir: Path | str = BASE_DIR, web: bool = False) -> dict[str, Any]:
    """Django's DATABASES["default"]; `web`: for a process that answers requests, bound by RLS.

    Raises `DatabaseError` when the address in the environment can't be understood.
    """
    pool = {**WEB_POOL, "reset": clean} if web else dict(POOL)
    url = database_url(web)
    if web and not url and database_url():
        raise DatabaseError(
            "Web processes need an address of their own, which can't bypass RLS: set WEB_DATABASE_URL\n"
            "to the one of DATABASE_URL with another user and password, and run: manage.py create_web_role"
        )
    described = parse_database_url(url, pool) if url else _embedded(base_dir, web, pool)
    if web:
        described["OPTIONS"].setdefault("connect_timeout", WEB_CONNECT_SECONDS)
    return described


def _embedded(base_dir: Path | str, web: bool, pool: dict[str, Any]) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": embedded_name(),
        "USER": WEB if web else OWNER,
        "PASSWORD": "",
        "HOST": str(layout_for(var_dir(base_dir)).sockets),
        "PORT": "",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": pool},
    }


def web_role() -> str:
    """The name of the role that web processes connect as."""
    url = database_url(web=True)
    return parse_database_url(url)["USER"] if url else WEB


def embedded_name() -> str:
    """The database's name on the embedded server; PORTAL_DATABASE gives a second one next to it."""
    return os.environ.get("PORTAL_DATABASE") or DATABASE


def prepare() -> bool:
    """Make sure that the database can be used. Returns whether the embedded server was started for it.

    Raises `DatabaseError`, whose text says what to do.
    """
    if database_url():
        check_connection(database_settings())
        return False
    return ensure_running(var_dir(), embedded_name())


def prepare_for_command(argv: list[str]) -> None:
    """`prepare` for a call of manage.py, unless its command needs no database or is only asked for help."""
    command = argv[1] if len(argv) > 1 else "help"
    if command in NO_DATABASE or command.startswith("-") or {"-h", "--help"} & set(argv):
        return
    if not database_url() and os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production"):
        return  # production has no embedded database; its settings say what is missing
    prepare()


def finish() -> bool:
    """Undo `prepare`: stop the embedded server when nobody else uses it. Returns whether it stopped."""
    if database_url():
        return False
    _close_connections()
    return release(var_dir())


def _close_connections() -> None:
    """Close what this process still has open; otherwise its own pool would keep the server running."""
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        return
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
