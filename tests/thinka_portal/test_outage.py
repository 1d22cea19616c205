"""The portal under gunicorn, with a server of its own that is stopped, killed, held and exchanged."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.thinka_portal.launching import clean_up, postmaster_pid, query
from tests.thinka_portal.test_database_url import free_port
from tests.waiting import wait_until
from tests.web_role import web_settings
from tests.world import load
from thinka_portal import postgres
from thinka_portal.postgres import layout_for
from thinka_portal.postgres.server import SUPERUSER, binaries

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("outage")]

WAIT = 40  # seconds; until something comes by itself, on a busy machine
THREADS = 4
AWAY = "The database is away"


class Answer(NamedTuple):
    status: int
    text: str
    headers: dict[str, str]


class Portal:
    """gunicorn with one worker, and what it writes to its log."""

    def __init__(self, process: subprocess.Popen, port: int, host: str, log: Path):
        self.process, self.port, self.host, self.path = process, port, host, log

    def get(self, path: str = "/", host: str = "", timeout: float = WAIT) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request("GET", path, headers={"Host": host or self.host})
            answer = line.getresponse()
            return Answer(answer.status, answer.read().decode(), dict(answer.getheaders()))
        finally:
            line.close()

    def log(self) -> str:
        return self.path.read_text()

    def workers(self) -> set[int]:
        return {child.pid for child in psutil.Process(self.process.pid).children()}

    def becomes(self, status: int) -> None:
        wait_until(lambda: self.get().status == status, self.log)


def environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    return kept | {"PORTAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "thinka_portal.settings.dev"}


def manage(var: Path, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment(var), check=True)


@pytest.fixture(scope="module")
def var(django_db_setup, django_db_blocker) -> Iterator[Path]:
    """Where a server of its own keeps a copy of the world, with RLS."""
    web_settings()
    folder = Path(tempfile.mkdtemp(prefix="outage-", dir="/tmp"))
    postgres.ensure_running(folder)
    with django_db_blocker.unblock():
        used = connection.get_connection_params()
        load()
        connection.close()
    names = ("host", "port", "user", "password", "dbname")
    source = make_conninfo(**{name: used[name] for name in names if name in used})
    target = make_conninfo(host=str(layout_for(folder).sockets), user=SUPERUSER, dbname="portal")
    dump = subprocess.run([binaries() / "pg_dump", "--dbname", source], capture_output=True, check=True)
    restore = [binaries() / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", target]
    subprocess.run(restore, input=dump.stdout, capture_output=True, check=True)
    manage(folder, "migrate", "--verbosity", "0")
    yield folder
    postgres.release(folder)
    clean_up(folder)


@pytest.fixture
def host(var, django_db_blocker) -> str:
    with django_db_blocker.unblock():
        return load().traeger_a.site.hostname


@pytest.fixture
def start(var, host, tmp_path) -> Iterator[Callable[[], Portal]]:
    """Starts the portal; at the end of the test it is stopped, and the database runs."""
    started = []

    def run() -> Portal:
        port, log = free_port(), tmp_path / f"log-{len(started)}"
        options = f"--no-control-socket --workers 1 --threads {THREADS} --bind 127.0.0.1:{port}"
        with log.open("w") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *options.split(), "thinka_portal.wsgi"],
                cwd=settings.BASE_DIR,
                env=environment(var),
                stdout=file,
                stderr=file,
            )
        portal = Portal(process, port, host, log)
        started.append(portal)
        wait_until(lambda: "Booting worker" in portal.log() or process.poll() is not None)
        return portal

    yield run
    for portal in started:
        portal.process.kill()
        portal.process.wait()
    postgres.ensure_running(var)


@contextmanager
def stopped(var: Path) -> Iterator[None]:
    postgres.stop(var)
    yield
    postgres.ensure_running(var)


@contextmanager
def killed(var: Path) -> Iterator[None]:
    os.kill(postmaster_pid(var), signal.SIGKILL)
    yield
    postgres.ensure_running(var)


@contextmanager
def held(var: Path) -> Iterator[None]:
    """All its processes stand still, and nobody notices by the connection."""
    server = psutil.Process(postmaster_pid(var))
    processes = [server, *server.children(recursive=True)]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def test_it_starts_without_a_database_and_serves_when_there_is_one(var, start):
    with stopped(var):
        portal = start()
        answer = portal.get()
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Das Portal ist gerade nicht erreichbar" in answer.text
        assert "Set-Cookie" not in answer.headers
        assert portal.get("/_health/live").status == 200
        assert portal.get("/_health/ready", host="wo.auch.immer").status == 503
        workers = portal.workers()
    portal.becomes(200)
    assert portal.workers() == workers
    assert portal.get("/_health/ready?only=web", host="127.0.0.1").status == 200


@pytest.mark.parametrize("away", [stopped, killed, held])
def test_an_outage_is_answered_at_once_and_passes_by_itself(away, var, start):
    portal = start()
    portal.becomes(200)
    workers = portal.workers()
    with away(var):
        # Twice as many as there are threads: all connections are asked for.
        with ThreadPoolExecutor(2 * THREADS) as threads:
            # The limit is two seconds; the machine may have other things to do.
            answers = list(threads.map(lambda _: portal.get(timeout=15), range(4 * THREADS)))
        assert {answer.status for answer in answers} == {503}
        assert portal.get("/_health/ready").status == 503
    portal.becomes(200)
    assert portal.workers() == workers
    log = portal.log()
    assert log.count(AWAY) == 1, log
    assert log.count("The database answers again") == 1, log
    assert "Service Unavailable" not in log


def test_a_wall_that_does_not_bind_after_an_outage_is_not_served(var, start):
    portal = start()
    portal.becomes(200)
    query(var, "ALTER ROLE portal_web BYPASSRLS", SUPERUSER)
    try:
        with stopped(var):
            portal.becomes(503)
        wait_until(lambda: portal.get().status == 503 and "may bypass row-level security" in portal.log())
        assert "may bypass" in portal.get("/_health/ready").text
        assert "This process must not serve" in portal.log()
    finally:
        query(var, "ALTER ROLE portal_web NOBYPASSRLS", SUPERUSER)
    portal.becomes(200)


def test_while_the_wall_is_being_changed_it_starts_and_waits(var, start):
    (label,) = query(var, "SELECT obj_description(to_regproc('portal_set_identity'), 'pg_proc')")[0]
    query(var, "COMMENT ON FUNCTION portal_set_identity IS 'another'")
    try:
        portal = start()
        portal.becomes(503)
        assert "not that of this version" in portal.log()
    finally:
        query(var, f"COMMENT ON FUNCTION portal_set_identity IS '{label}'")
    portal.becomes(200)


def test_connected_as_the_wrong_role_it_does_not_start(var, start):
    query(var, "ALTER ROLE portal_web BYPASSRLS", SUPERUSER)
    try:
        portal = start()
        assert portal.process.wait(WAIT) != 0
        assert "may bypass row-level security" in portal.log()
    finally:
        query(var, "ALTER ROLE portal_web NOBYPASSRLS", SUPERUSER)


def test_requests_while_the_wall_is_put_in_place_anew_are_answered(var, start):
    """By 200, or by 503 as long as nobody can be told apart; with and without migrations to apply."""
    portal = start()
    portal.becomes(200)
    statuses, over = Counter(), threading.Event()

    def ask() -> None:
        while not over.is_set():
            statuses[portal.get().status] += 1

    with ThreadPoolExecutor(THREADS) as threads:
        asking = [threads.submit(ask) for _thread in range(THREADS)]
        try:
            query(var, "COMMENT ON FUNCTION portal_set_identity IS 'another'")
            # The portal uses no table of that app; while one is missing, there is no RLS.
            for target in ([], ["sessions", "zero"], ["sessions"]):
                manage(var, "migrate", "--verbosity", "0", *target)
        finally:
            over.set()
        for each in asking:
            each.result()
    assert set(statuses) <= {200, 503}, portal.log()
    assert statuses[200]
    portal.becomes(200)
