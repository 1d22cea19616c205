"""What the portal does as the owner of its database, next to the web process that RLS binds.

`make run` starts it: it brings database and demo content up to date, says so, then is the background service
until its standard input ends because the web process is gone.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# The lock of those who bring the database up to date; the other number is that of `sites.jobs.service_lock`.
PREPARING = (7468, 2)


def main(arguments: list[str] | None = None) -> int:
    """Prepare the database for `--port`, write the welcome to the file number `--ready`, then work."""
    parser = argparse.ArgumentParser(prog="python -m thinka_portal.worker", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--ready", type=int, required=True)
    options = parser.parse_args(arguments)
    # Ctrl-C reaches the whole terminal; the web process ends this one when it has ended itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    import django

    django.setup()
    with one_at_a_time():
        prepare_content(options.port)
    with os.fdopen(options.ready, "w", encoding="utf-8") as ready:
        ready.write(welcome(options.port))
    _close_connection()
    with performing_jobs():
        sys.stdin.read()
    return 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let nobody else bring the same database up to date during the block: of two first starts one waits."""
    import psycopg
    from django.db import connection

    # A session of its own: the commands in the block close and open connections as they like.
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as session:
        if not session.execute("SELECT pg_try_advisory_lock(%s, %s)", PREPARING).fetchone()[0]:
            print("Another start is preparing the database; waiting for it …", flush=True)
            session.execute("SELECT pg_advisory_lock(%s, %s)", PREPARING)
        yield


def prepare_content(port: int) -> None:
    """Bring the database up to date, with demo content in an empty one."""
    from django.core.management import call_command

    from sites.models import Traeger

    migrate_database()
    call_command("purge_renditions", verbosity=0)
    if not Traeger.objects.exists():
        print("Loading the demo content (about a minute) …", flush=True)
        call_command("load_demo")
    point_sites_at(port)


def migrate_database() -> None:
    """Apply what is missing; say so, because the first time takes half a minute."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from sites.rls.install import install, installed

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    elif not installed():
        install()


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


@contextmanager
def performing_jobs() -> Iterator[None]:
    """Perform what people have asked for in the background while the block runs."""
    from sites.jobs.service import serve

    stop = threading.Event()
    thread = threading.Thread(target=serve, args=[stop], name="jobs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _close_connection() -> None:
    """Give the connection up: between two minutes nobody needs it, and the server stops only without any."""
    from django.db import connection

    connection.close()
    connection.close_pool()


if __name__ == "__main__":
    sys.exit(main())
