"""Nobody keeps the database busy, or keeps others away from it, for longer than a request may take."""

import psycopg
import pytest
from django.db import connection

from sites.rls.connections import WEB_LIMITS, clean
from sites.rls.web_connection import WebConnection
from tests.sites.rls.hostile.conftest import login
from tests.sites.rls.hostile.trying import REFUSED
from tests.waiting import wait_until
from thinka_portal.database import database_url
from thinka_portal.postgres.use import WEB_FILES

pytestmark = pytest.mark.xdist_group("hostile")

SOON = 30  # seconds, on a busy machine
# What would go on for hours, whatever the database was told before.
ENDLESS = {
    "a long sleep": "SET statement_timeout = 0; SELECT pg_sleep(3600)",
    "one that does not let itself be cancelled": (
        "SET statement_timeout = 0; DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(3600);"
        " EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$"
    ),
}
LARGE_OBJECTS = ("lo_create(0)", "lo_from_bytea(0, 'x')", "lo_open(1, 1)", "lo_unlink(1)")


@pytest.fixture
def web(web_settings):
    """A connection as a web process has it."""
    opened = WebConnection.connect(**login(web_settings), autocommit=True)
    yield opened
    opened.close()


@pytest.fixture
def others(committed):
    """A session of the owner."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as session:
        yield session


def limits(session) -> dict[str, str]:
    return {name: session.execute(f"SHOW {name}").fetchone()[0] for name in WEB_LIMITS}


def locks(session, pid: int) -> int:
    query = "SELECT count(*) FROM pg_locks WHERE pid = %s AND locktype = 'advisory'"
    return session.execute(query, [pid]).fetchone()[0]


def test_what_a_request_did_to_its_session_ends_with_it(web, others):
    for name in WEB_LIMITS:
        web.execute(f"SET {name} = 0")
    web.execute("SELECT pg_advisory_lock(hashtext('portal.readers'))")
    assert set(limits(web).values()) == {"0"}
    assert locks(others, web.info.backend_pid) == 1
    clean(web)
    assert limits(web) == WEB_LIMITS
    assert locks(others, web.info.backend_pid) == 0


@pytest.mark.parametrize("name", ENDLESS)
def test_a_statement_that_takes_the_limits_away_is_ended(name, web, others):
    pid = web.info.backend_pid
    web.seconds = 0.7
    with pytest.raises(psycopg.OperationalError, match="did not answer within"):
        web.cursor().execute(ENDLESS[name])
    at_work = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"
    wait_until(
        lambda: not others.execute(at_work, [pid]).fetchone(), lambda: "The server is still at work.", SOON
    )


@pytest.mark.parametrize("call", LARGE_OBJECTS)
def test_large_objects(call, web_login):
    if database_url():
        pytest.skip("There only the administrator of the server can forbid them; see docs/operators.")
    with pytest.raises(psycopg.Error) as refusal:
        web_login.execute(f"SELECT {call}")
    assert refusal.value.sqlstate == REFUSED


def test_temporary_files_are_limited(web_login):
    if database_url():
        pytest.skip("There only the administrator of the server can limit them; see docs/operators.")
    assert web_login.execute("SHOW temp_file_limit").fetchone() == (WEB_FILES,)
