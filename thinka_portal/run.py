"""What `make run` starts: database, web server, and the worker for all that needs the database's owner.

Database and worker are started again when they end before this process does (see `keeping`). Killed with -9
it leaves only the database behind, and the next start attaches to that.
"""

import argparse
import os
import signal
import socket
import sys
import time

from django.core.exceptions import ImproperlyConfigured

from .database import finish, prepare
from .keeping import Keeper, Worker, keep_database
from .postgres import DatabaseError

ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8000


class StartError(Exception):
    """The portal can't start; the message says what to do."""


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


def parse_port(arguments: list[str] | None) -> int:
    """The port from the command line. Raises `StartError` when it is none."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", default=str(DEFAULT_PORT))
    text = parser.parse_args(arguments).port.strip()
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StartError(f"PORT must be a number from 1 to 65535, not {text!r}. Try: make run PORT=8123")
    return int(text)


def require_free_port(port: int) -> None:
    """Raise `StartError` with a hint when `port` can't be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError:
            raise StartError(f"Port {port} needs root's rights. Take another: make run PORT=8123") from None
        except OSError:
            raise StartError(
                f"Port {port} is in use by another program, perhaps by a portal that still runs.\n"
                f"Stop that, or take another port: make run PORT={8123 if port != 8123 else 8124}"
            ) from None


def serve(port: int, begin: float) -> None:
    """Let the worker bring database and content up to date, then answer requests until interrupted."""
    import django

    worker = Worker(port)
    keeper = Keeper({"database": keep_database, "worker": worker.keep})
    with worker:
        # Bound by the wall from the first moment: this process never connects as the owner of the database.
        os.environ["PORTAL_PROCESS"] = "web"
        django.setup()
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.core.servers.basehttp import get_internal_wsgi_application, run

        welcome = worker.welcome()
        if not welcome:
            raise StartError("The database could not be prepared, see above. Mend that, then start again.")
        # Raises where the wall would not bind this process.
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
