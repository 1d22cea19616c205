"""Whether a web process may serve right now: the database answers, and RLS binds the connection."""

import logging
import os
import threading
import time
from typing import NamedTuple

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from sites.jobs.logs import Seldom
from sites.rls.connections import limiting
from sites.rls.preflight import OTHER_VERSION, problems, refusal
from sites.rls.web_connection import WebConnection

log = logging.getLogger(__name__)

# All in seconds. Together, the pool's timeout (see `database.WEB_POOL`) and the first look stay below two.
LOOK = 0.6
LOOK_AGAIN = 1
# libpq and psycopg wait at least that long for a server that hangs.
CONNECT = 2
# How long somebody waits for one of the connections when all are at work.
PATIENCE = 10
# How often RLS that would not bind is looked at again.
LOOK_AGAIN = 5

# Another answer: another database, a server that was away meanwhile, another version of RLS, other settings.
IDENTITY = """
SELECT pg_postmaster_start_time()::text, current_user,
  (SELECT oid FROM pg_database WHERE datname = current_database()),
  obj_description(to_regproc('portal_set_identity'), 'pg_proc'),
  (SELECT array_agg(setconfig) FROM pg_db_role_setting WHERE setrole = current_user::regrole)
"""


class Closed(NamedTuple):
    """Why nobody is served: `part` is "database" or "rls"."""

    part: str
    why: str


class Gate:
    """What one process knows about its database; all threads share it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._why = ""  # the database is away
        self._since = 0.0
        self._watched = False  # a thread is looking after it
        self._outages = Seldom(log)
        self._checking = threading.Lock()
        self._bound: tuple | None = None  # the state of RLS that binds
        self._unbound: tuple[tuple, float] | None = None  # … that does not, and when it was looked at
        self._wrong: list[str] = []
        self._refusals = Seldom(log)

    def closed(self) -> Closed | None:
        """Connect the thread to the database. Returns why it can't be served, None where it can."""
        if self._why:
            return Closed("database", self._why)
        if why := self._connect():
            return Closed("database", why)
        try:
            return self._check_wall()
        except (OperationalError, InterfaceError) as error:
            return Closed("database", self._lost(_line(error)))
        except DatabaseError as error:
            # Somebody is changing tables and functions right now.
            return self._refuse([_line(error)])

    def without_rls(self) -> bool:
        """Tell whether RLS has been taken away since the request began: by migrations backward."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT to_regproc('portal_set_identity') IS NULL")
                return cursor.fetchone()[0]
        except DatabaseError:
            return True

    def boot(self) -> None:
        """Look for the first time. Raises ImproperlyConfigured where RLS would not bind this process.

        A database that is away, or being migrated, is there again sooner or later: then it says so in the log
        and requests are answered when it is.
        """
        self.closed()
        wrong = self._wrong
        # The thread that starts the process answers nobody, and threads of a pool do not survive a fork.
        connection.close()
        connection.close_pool()
        if wrong and wrong != [OTHER_VERSION]:
            raise ImproperlyConfigured(refusal(wrong))

    def _connect(self) -> str:
        """Return why there is no connection."""
        begin = time.monotonic()
        while True:
            try:
                connection.ensure_connection()
            except (OperationalError, InterfaceError) as error:
                if not isinstance(error.__cause__, PoolTimeout):
                    return self._lost(_line(error))
                if why := self._look():
                    return why
                # It answers: other threads use all connections.
                if time.monotonic() - begin > PATIENCE:
                    return "All connections of this process are in use."
            else:
                return ""

    def _lost(self, why: str) -> str:
        with self._changed:
            self._set_away(why)
            self._watch()
        return why

    def _look(self) -> str:
        """Return why the database does not answer, nothing where it does. Takes LOOK seconds at most."""
        with self._changed:
            self._watch()
            self._changed.wait_for(lambda: self._why or not self._watched, LOOK)
            if self._watched and not self._why:
                self._set_away("The server does not answer.")
            return self._why

    def _set_away(self, why: str) -> None:
        if not self._why:
            self._since = time.monotonic()
        self._why = why
        self._outages.error("The database is away, every request is answered 503: %s", why)

    def _watch(self) -> None:
        if not self._watched:
            self._watched = True
            parameters = connection.get_connection_params()
            threading.Thread(
                target=self._until_it_answers, args=[parameters], name="database-watch", daemon=True
            ).start()

    def _until_it_answers(self, parameters: dict) -> None:
        while True:
            why = ask(parameters)
            with self._changed:
                if not why:
                    self._watched = False
                    if self._why:
                        seconds = time.monotonic() - self._since
                        log.warning("The database answers again, after %.0f seconds.", seconds)
                        self._why = ""
                        self._outages.forget()
                else:
                    self._set_away(why)
                self._changed.notify_all()
                if not why:
                    return
            time.sleep(LOOK_AGAIN)

    def _check_wall(self) -> Closed | None:
        """Look at RLS once for each connection, before anything is read through it."""
        raw = connection.connection
        if getattr(raw, "is_bound", False):
            return None
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {limiting()}")
            cursor.execute(IDENTITY)
            identity = cursor.fetchone()
        with self._checking:
            if identity != self._bound:
                now = time.monotonic()
                if self._unbound and self._unbound[0] == identity and now - self._unbound[1] < LOOK_AGAIN:
                    return self._refuse(self._wrong)
                if found := problems():
                    self._unbound = identity, now
                    return self._refuse(found)
                self._bound, self._unbound, self._wrong = identity, None, []
                self._refusals.forget()
        raw.is_bound = True
        return None

    def _refuse(self, found: list[str]) -> Closed:
        self._wrong = found
        self._refusals.error("Every request is answered 503. %s", refusal(found))
        return Closed("rls", "\n".join(found))


def ask(parameters: dict) -> str:
    """Open a connection of its own. Returns why the server does not answer, nothing where it does."""
    try:
        with WebConnection.connect(**parameters | {"connect_timeout": CONNECT, "autocommit": True}) as raw:
            raw.execute("")
    except (psycopg.Error, OSError) as error:
        return _line(error)
    return ""


def _line(error: BaseException) -> str:
    """The message in one line, for the log."""
    return " ".join(str(error).split())


gate = Gate()
# Threads and what they found out belong to the process that was forked from.
os.register_at_fork(after_in_child=gate.__init__)
