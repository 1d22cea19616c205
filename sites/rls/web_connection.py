"""A connection that does not wait for ever for a server that no longer answers.

A server that is stopped, or behind a broken line, does not say so: the statement would wait until somebody
notices. Limits in the database are no help, for it is the one that hangs.
"""

from contextlib import suppress

import psycopg
from psycopg.pq import TransactionStatus

# A bit more than what the database allows a web process, see `connections.WEB_LIMITS`. No statement
# changes it.
STATEMENT_SECONDS = 30
# How long the pool waits for an answer to its question whether a connection still works.
CHECK_SECONDS = 0.6
# … and for what prepares a connection for a request.
SMALL_SECONDS = 5
CONNECT_SECONDS = 2


class WebConnection(psycopg.Connection):
    """Raises OperationalError, and is closed, where the server takes longer than `seconds` for an answer."""

    seconds: float = STATEMENT_SECONDS

    def wait(self, gen, *arguments, **options):
        options.setdefault("timeout", self.seconds)
        try:
            return super().wait(gen, *arguments, **options)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            # The answer may still come, so nothing can be asked any more.
            pid, parameters = self.info.backend_pid, self.info.get_parameters()
            password = self.info.password
            self.pgconn.finish()
            if options["timeout"] > CHECK_SECONDS:
                _end(pid, parameters, password)
            raise psycopg.OperationalError(
                f"the server did not answer within {options['timeout']:g} seconds"
            ) from None

    def execute(self, query, *arguments, **options):
        """Ask something small: whether the server is there (nothing at all), or what prepares for a request.

        Django asks for everything else through cursors.
        """
        self.seconds = SMALL_SECONDS if query else CHECK_SECONDS
        try:
            return super().execute(query, *arguments, **options)
        finally:
            del self.seconds


def _end(pid: int, parameters: dict, password: str) -> None:
    """End the session at the other end, as far as the server answers: a statement can't prevent that.

    It could have taken the limits away that the database sets; and without a client it would go on.
    """
    used = parameters | {"connect_timeout": CONNECT_SECONDS, "password": password}
    with suppress(psycopg.Error), psycopg.connect(**used, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
