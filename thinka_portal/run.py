"""What `make run` starts: database, migrations, demo content, the web server, scheduled publishing.

One process: killed with -9 it leaves only the database behind, and the next start attaches to that.
"""

import argparse
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable

from .database import finish, prepare
from .postgres import DatabaseError

ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8000
# How often pages are looked at that are to be published or withdrawn at a certain time.
PUBLISH_SECONDS = 60


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
    except (DatabaseError, StartError) as error:
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
    """Bring database and content up to date, then answer requests until interrupted."""
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.servers.basehttp import get_internal_wsgi_application, run
    from django.db import connection

    from sites.models import Traeger

    migrate_database()
    call_command("settle_media", verbosity=0)
    if not Traeger.objects.exists():
        print("Loading the demo content (about a minute) …", flush=True)
        call_command("load_demo")
    point_sites_at(port)
    handler = StaticFilesHandler(get_internal_wsgi_application())
    connection.close()

    def ready(_port: int) -> None:
        print(welcome(port), flush=True)
        print(f"\nReady after {time.monotonic() - begin:.1f} seconds. Stop with Ctrl-C.\n", flush=True)

    with every(PUBLISH_SECONDS, publish_scheduled):
        run(ADDRESS, port, handler, threading=True, on_bind=ready)


def migrate_database() -> None:
    """Apply what is missing; say so, because the first time takes half a minute."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def point_sites_at(port: int) -> None:
    """Give the local sites the port that is served, so that their addresses and links are right."""
    from django.conf import settings
    from wagtail.models import Site

    for site in Site.objects.exclude(port=port):
        if site.hostname == settings.PORTAL_DOMAIN or site.hostname.endswith(f".{settings.PORTAL_DOMAIN}"):
            site.port = port
            site.save(update_fields=["port"])


def welcome(port: int) -> str:
    """The addresses of all sites and the demo accounts, to be printed."""
    from wagtail.models import Site

    from .demo.people import PASSWORD, accounts

    sites = Site.objects.order_by("-is_default_site", "hostname")
    lines = ["", "The sites:"]
    lines += [f"  http://{site.hostname}:{port}/  {site.site_name}".rstrip() for site in sites]
    lines += [
        "",
        f"The editors' side: http://localhost:{port}/admin/",
        f"Demo accounts, password {PASSWORD}:",
    ]
    lines += [f"  {account['email']}  ({account['role_title']})" for account in accounts()]
    return "\n".join(lines)


def publish_scheduled() -> None:
    """Publish and withdraw the pages whose time has come."""
    from django.core.management import call_command
    from django.db import connection

    try:
        call_command("publish_scheduled", verbosity=0)
    finally:
        connection.close()


class every:  # noqa: N801 - reads as a statement: with every(60, work)
    """Call `work` in the background every `seconds` while the block runs; failures are printed."""

    def __init__(self, seconds: float, work: Callable[[], None]) -> None:
        self.seconds, self.work = seconds, work
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._loop, name=work.__name__, daemon=True)

    def __enter__(self) -> "every":
        self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stopped.set()
        self.thread.join(timeout=10)

    def _loop(self) -> None:
        while not self.stopped.wait(self.seconds):
            try:
                self.work()
            except Exception as error:
                print(f"{self.work.__name__} failed, next try in {self.seconds} s: {error}", file=sys.stderr)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
