"""What `make run` starts: database, web server, and the worker for all that needs the database's owner.

Database and worker are started again when they end before this process does (see `keeping`). Killed with -9
it leaves only the database behind, and the next start attaches to that.
"""

import os
import signal
import sys
import time

from django.core.exceptions import ImproperlyConfigured

from .database import finish, prepare
from .keeping import Keeper, Worker, keep_database
from .port import ADDRESS, StartError, parse_port, require_free_port
from .postgres import DatabaseError


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM. Returns the exit code."""
    begin = time.monotonic()
    # SIGINT too: a script's background job begins with it ignored. SIGHUP: the terminal was closed.
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if name == signal.SIGINT or signal.getsignal(name) != signal.SIG_IGN:
            signal.signal(name, _interrupt)
    try:
        port = parse_port(arguments)
        require_free_port(port)
        # Site records and absolute addresses follow the port.
        os.environ["PORTAL_PORT"] = str(port)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thinka_portal.settings.dev")
        prepare()
        serve(port, begin)
    except (DatabaseError, StartError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    finally:
        # A second Ctrl-C must not leave the database half-way.
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        finish()
    return 0


def serve(port: int, begin: float) -> None:
    """Let the worker bring database and content up to date, then answer requests until interrupted."""
    import django

    worker = Worker(port)
    keeper = Keeper({"database": keep_database, "worker": worker.keep})
    with worker:
        # Bound by RLS from the first moment: this process never connects as the owner of the database.
        os.environ["PORTAL_PROCESS"] = "web"
        django.setup()
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.core.servers.basehttp import get_internal_wsgi_application, run

        welcome = worker.welcome()
        if not welcome:
            raise StartError("The database could not be prepared, see above. Mend that, then start again.")
        # Raises where RLS would not bind this process.
        handler = StaticFilesHandler(get_internal_wsgi_application())

        def say_ready(_port: int) -> None:
            print(welcome, flush=True)
            print(f"\nReady after {time.monotonic() - begin:.1f} seconds. Stop with Ctrl-C.\n", flush=True)

        with keeper:
            run(ADDRESS, port, handler, threading=True, on_bind=say_ready)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
