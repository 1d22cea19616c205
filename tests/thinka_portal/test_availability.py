"""What a web process does about a database that does not answer; with real servers, but no portal."""

import logging
import os
import signal
import socket
from copy import deepcopy

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg_pool import ConnectionPool

from sites.jobs.logs import Seldom
from sites.rls import web_connection
from sites.rls.web_connection import WebConnection
from thinka_portal.availability import gate as gates
from thinka_portal.availability.gate import Gate
from thinka_portal.database import WEB_POOL
from thinka_portal.logs import NotUnavailable

LIMIT = 2  # seconds, within which everybody gets an answer


def test_the_limits_leave_time_for_an_answer():
    assert WEB_POOL["timeout"] >= web_connection.CHECK_SECONDS
    assert WEB_POOL["timeout"] + gates.LOOK < LIMIT


def parameters() -> dict:
    return connection.get_connection_params() | {"autocommit": True}


@pytest.fixture
def raw(db):
    """A connection of its own to the server of the tests."""
    opened = WebConnection.connect(**parameters())
    yield opened
    opened.close()


@pytest.fixture
def hang(raw):
    """Let the process at the other end of `raw` stand still until the end of the test."""
    pid = raw.info.backend_pid
    if not raw.info.hostaddr and os.path.isdir(f"/proc/{pid}"):
        os.kill(pid, signal.SIGSTOP)
    else:
        pytest.skip("The server runs on another machine.")
    yield
    os.kill(pid, signal.SIGCONT)


@pytest.mark.usefixtures("hang")
def test_a_check_of_a_connection_that_hangs_ends(raw):
    with pytest.raises(psycopg.OperationalError, match=r"did not answer within 0\.6 seconds"):
        ConnectionPool.check_connection(raw)
    assert raw.closed


@pytest.mark.usefixtures("hang")
def test_a_statement_ends_later(raw):
    raw.seconds = 0.2
    with pytest.raises(psycopg.OperationalError, match=r"did not answer within 0\.2 seconds"):
        raw.cursor().execute("SELECT 1")
    assert raw.closed


def test_a_statement_may_take_longer_than_a_check(raw, monkeypatch):
    monkeypatch.setattr(web_connection, "CHECK_SECONDS", 0)
    assert raw.cursor().execute("SELECT pg_sleep(0.1), 5").fetchone()[1] == 5


def test_an_error_of_a_statement_leaves_the_connection_as_it_was(raw):
    with pytest.raises(psycopg.OperationalError):
        raw.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(5)")
    assert raw.execute("SELECT 5").fetchone() == (5,)


@pytest.fixture
def elsewhere(monkeypatch):
    """`elsewhere(port)` → a gate in front of a database on a port of this machine."""
    made = []

    def make(port: int) -> Gate:
        used = deepcopy({key: value for key, value in connection.settings_dict.items() if key != "TEST"})
        used |= {"HOST": "127.0.0.1", "PORT": str(port), "OPTIONS": {"pool": dict(WEB_POOL)}}
        used["OPTIONS"]["connect_timeout"] = 2
        wrapper = DatabaseWrapper(used, alias="elsewhere")
        wrapper.inc_thread_sharing()
        made.append(wrapper)
        monkeypatch.setattr(gates, "connection", wrapper)
        monkeypatch.setattr(gates, "LOOK_AGAIN", 0.05)
        return Gate()

    yield make
    for wrapper in made:
        wrapper.close_pool()


@pytest.fixture
def listening():
    """A server that lets everybody in and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def closed_port(listening):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_nobody_is_there(elsewhere, closed_port, caplog, django_db_blocker):
    with django_db_blocker.unblock():
        gate = elsewhere(closed_port)
        found = [gate.closed() for _ in range(3)]
    assert {each.part for each in found} == {"database"}
    assert "Connection refused" in found[0].why
    said = [record for record in caplog.records if "The database is away" in record.message]
    assert len(said) == 1
    assert "Connection refused" in said[0].message


def test_somebody_is_there_and_says_nothing(elsewhere, listening, django_db_blocker):
    with django_db_blocker.unblock():
        gate = elsewhere(listening.getsockname()[1])
        assert gate.closed().why == "The server does not answer."


def test_a_busy_pool_is_no_outage(elsewhere, closed_port, monkeypatch, django_db_blocker):
    """The server answers, so whoever waits for one of the connections waits on."""
    monkeypatch.setattr(gates, "ask", lambda _parameters: "")
    monkeypatch.setattr(gates, "PATIENCE", 0)
    with django_db_blocker.unblock():
        gate = elsewhere(closed_port)
        assert gate.closed().why == "All connections of this process are in use."
        assert gate._why == ""


def test_at_most_one_line_in_a_while(caplog):
    seldom = Seldom(logging.getLogger("tests.seldom"), seconds=1000)
    assert [seldom.error("Away: %s", number) for number in range(3)] == [True, False, False]
    seldom.forget()
    assert seldom.error("Away again")
    assert [record.message for record in caplog.records] == ["Away: 0", "Away again"]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"status_code": 503}, False),
        ({"status_code": 503, "exc_info": (None, None, None)}, True),
        ({"status_code": 500}, True),
        ({}, True),
    ],
)
def test_requests_that_were_turned_away_have_no_lines_of_their_own(fields, kept):
    assert NotUnavailable().filter(logging.makeLogRecord(fields)) is kept
