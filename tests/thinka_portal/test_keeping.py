"""What `make run` starts again while it goes on."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.thinka_portal.launching import postmaster_pid
from thinka_portal import keeping, postgres
from thinka_portal.postgres import DatabaseError
from thinka_portal.postgres.process import is_alive

SOON = 30  # seconds, on a busy machine


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(keeping, "FIRST_WAIT", 0.01)


def test_a_killed_database_is_started_again(make_var, monkeypatch):
    var = make_var(os.geteuid())
    monkeypatch.setenv("PORTAL_VAR", str(var))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    postgres.ensure_running(var)
    try:
        assert keeping.keep_database() == ""
        killed = postmaster_pid(var)
        os.kill(killed, signal.SIGKILL)
        while is_alive(killed):
            pass
        assert "had ended" in keeping.keep_database()
        assert postmaster_pid(var) not in (None, killed)
        assert keeping.keep_database() == ""
    finally:
        postgres.release(var)


def test_a_database_of_ones_own_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgres://u@db.example.org/portal")
    assert keeping.keep_database() == ""
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def started(monkeypatch):
    """The command lines and environments of the workers, which only wait for the end of their input."""
    calls = []
    start = subprocess.Popen

    def waiting(command, **options):
        calls.append((command, options["env"]))
        return start([sys.executable, "-c", "import sys; sys.stdin.read()"], **options)

    monkeypatch.setattr(keeping.subprocess, "Popen", waiting)
    return calls


def test_a_killed_worker_is_started_again_as_the_owner(started, monkeypatch):
    monkeypatch.setenv("PORTAL_PROCESS", "web")
    with keeping.Worker(8123) as worker:
        assert worker.keep() == ""
        worker.process.kill()
        worker.process.wait()
        assert worker.keep() == "The worker had ended (signal 9). It was started again."
        assert worker.keep() == ""
    assert worker.process.returncode == 0
    (first, _), (second, environment) = started
    assert first[:-1] == second[:-1]
    assert "PORTAL_PROCESS" not in environment


def test_what_ends_soon_again_is_waited_for_longer_and_longer(capsys, monkeypatch):
    monkeypatch.setattr(keeping, "LONGEST_WAIT", 0.08)
    enough = threading.Event()
    times = []

    def broken() -> str:
        times.append(1)
        if len(times) == 6:
            enough.set()
        raise DatabaseError("the disk is full")

    keeper = keeping.Keeper({"database": broken, "worker": lambda: ""}, look=0.001)
    with keeper:
        assert enough.wait(SOON)
    assert keeper.waits == {"database": 0.08, "worker": 0}
    assert capsys.readouterr().err.count("The database can't be started again: the disk is full\n") >= 6
