"""DATABASE_URL: from an address to Django's settings, and whether somebody answers there."""

from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from .postgres import DatabaseError

SCHEMES = ("postgres", "postgresql")
EXAMPLE = "postgres://portal:PASSWORD@db.example.org:5432/portal?sslmode=require"
CONNECT_SECONDS = 5
# Options of the connection pool that the address may carry, e.g. ?pool_max_size=20
POOL_OPTIONS = {"pool_min_size": "min_size", "pool_max_size": "max_size", "pool_timeout": "timeout"}


def parse_database_url(url: str, pool: dict[str, Any] | None = None) -> dict[str, Any]:
    """Django's settings for `url`; parts are percent-decoded, further libpq options go to OPTIONS.

    `pool` holds defaults for the connection pool (None: no pool); `?pool=off` switches it off.
    Raises `DatabaseError` for everything that is no PostgreSQL address. Messages never hold the password.
    """
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        port = query.pop("port", "") or str(parts.port or "")
    except ValueError:
        raise _not_understood("it is no valid address") from None
    if parts.scheme not in SCHEMES:
        raise _not_understood("it must begin with postgres://")
    if parts.fragment:
        raise _not_understood("it holds a #; write it as %23 inside a password")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise _not_understood("the name of the database must follow the host, after one slash")
    if port and not (port.isdigit() and 0 < int(port) < 65536):
        raise _not_understood("the port must be a number from 1 to 65535")
    options: dict[str, Any] = {}
    pool_settings = _pool(query, pool)
    host = query.pop("host", "") or unquote(parts.hostname or "")
    options.update(query)
    try:
        make_conninfo(**options)
    except psycopg.Error as error:
        raise _not_understood(f"{str(error).strip()} (in the part after the ?)") from None
    if pool_settings:
        options["pool"] = pool_settings
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def check_connection(settings: dict[str, Any], seconds: int = CONNECT_SECONDS) -> None:
    """Connect once. Raises `DatabaseError` with what to check when the server can't be used."""
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
    options.setdefault("connect_timeout", seconds)
    keys = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    options.update({keys[key]: settings[key] for key in keys if settings[key]})
    try:
        psycopg.connect(**options).close()
    except (psycopg.Error, ValueError, OSError) as error:
        place = settings["HOST"] or "the local socket"
        reason = _without_password(str(error).strip(), settings["PASSWORD"])
        raise DatabaseError(
            f"The database of DATABASE_URL can't be reached: {settings['NAME']} at {place}"
            f"{':' + settings['PORT'] if settings['PORT'] else ''}.\n{reason}\n"
            "Check that the server runs, that host and port are right, that user and password are right,\n"
            "and that the database exists. Without DATABASE_URL the portal uses its own embedded database."
        ) from None


def _pool(query: dict[str, str], defaults: dict[str, Any] | None) -> dict[str, Any] | None:
    """Take the pool's options out of `query`; returns the pool's settings, None for no pool."""
    switch = query.pop("pool", "on")
    if switch not in ("on", "off"):
        raise _not_understood("pool must be on or off")
    chosen = {}
    for option, name in POOL_OPTIONS.items():
        if option in query:
            value = query.pop(option)
            if not value.isdigit():
                raise _not_understood(f"{option} must be a whole number")
            chosen[name] = int(value)
    pool = dict(defaults or {}, **chosen)
    if pool.get("max_size", 1) < max(1, pool.get("min_size", 0)):
        raise _not_understood("pool_max_size must be at least 1 and not below pool_min_size")
    return pool if switch == "on" and pool else None


def _not_understood(why: str) -> DatabaseError:
    return DatabaseError(f"DATABASE_URL can't be understood: {why}.\nIt looks like this: {EXAMPLE}")


def _without_password(text: str, password: str) -> str:
    for secret in {password, quote(password, safe="")} - {""}:
        text = text.replace(secret, "***")
    return text
