"""Whoever can run any SQL as the web role stays who they are, and so does the next one on the connection."""

from contextlib import suppress

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg_pool import ConnectionPool

from sites.access.roles import REDAKTION
from sites.rls.identity import ADMIN, Identity, set_identity, signed
from tests.sites.rls.hostile.conftest import log_in, login
from tests.sites.rls.hostile.pretences import PAGE, PRETENCES
from tests.sites.rls.hostile.trying import attempt
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")

MY_PAGE = "SELECT title FROM wagtailcore_page WHERE id = {my_page}"
SETTINGS = ("passes", "edit_paths")


@pytest.fixture
def fill(committed, web_settings):
    """Fills tries, also with what is told on a connection of somebody of the other Träger."""
    with psycopg.connect(
        **login(web_settings), autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as other:
        log_in(other, committed.ids["foreign_user"])
        told = {
            f"foreign_{name}": other.execute(f"SELECT current_setting('portal.{name}')").fetchone()[0]
            for name in SETTINGS
        }
        said = other.cursor().mogrify(*signed(other, Identity(committed.ids["foreign_user"], ADMIN, "x", 80)))
        yield lambda sql: committed.fill(sql, foreign_login=said, **told)


def _sees(session, sql: str) -> bool:
    """Whether a statement finds something; a refused one does not."""
    try:
        return bool(session.execute(sql).fetchall())
    except InsufficientPrivilege:
        return False


@pytest.mark.parametrize("name", PRETENCES)
def test_a_pretence_opens_nothing(name, fill, web_login, committed):
    pretence, opened = map(fill, PRETENCES[name])
    # It is there, for whose it is.
    log_in(web_login, committed.ids["administrator"])
    assert _sees(web_login, opened)

    log_in(web_login, committed.ids["me"])
    assert not _sees(web_login, opened)
    for around in ("", "BEGIN"):
        web_login.execute(around or "SELECT 1")
        with suppress(psycopg.Error):
            web_login.execute(pretence)
        with suppress(psycopg.errors.InFailedSqlTransaction):
            assert not _sees(web_login, opened)
        if around:
            web_login.execute("ROLLBACK")


def test_what_was_sealed_for_one_request_is_worth_nothing_in_the_next(web_login, committed):
    """Not even for the same person: in between somebody may have taken their rights away."""
    log_in(web_login, committed.ids["me"])
    page = committed.fill(MY_PAGE)
    assert _sees(web_login, page)
    kept = web_login.execute("SELECT current_setting('portal.passes')").fetchone()[0]
    log_in(web_login, None)
    assert not _sees(web_login, page)
    web_login.execute("SELECT set_config('portal.passes', %s, false)", [kept])
    assert not _sees(web_login, page)


def test_a_signed_request_holds_once(web_login, committed):
    said = signed(web_login, Identity(committed.ids["foreign_user"], ADMIN, "x", 80))
    assert web_login.execute(*said).fetchone()[0]
    assert not web_login.execute(*said).fetchone()[0]
    assert not _sees(web_login, committed.fill(PAGE))


@pytest.mark.parametrize("altered", range(4))
def test_no_part_of_a_signed_request_can_be_changed(altered, web_login, committed):
    sql, said = signed(web_login, Identity(committed.ids["me"], ADMIN, "x", 80))
    said[altered] = [committed.ids["administrator"], "site", "y", 81][altered]
    assert web_login.execute(sql, said).fetchone()[:2] == (False, None)


@pytest.mark.parametrize(
    "spoilt", ["SELECT portal_set_identity(1, 'admin', 'x', 80, 'x')", "DISCARD SEQUENCES"]
)
def test_the_next_request_gets_over_a_spoilt_number(spoilt, things, traeger_b):
    identity = Identity(things.ids["me"], ADMIN, "x", 80)
    with web_process(things.people[REDAKTION], traeger_b):
        attempt(spoilt)
        assert set_identity(identity)[0] == things.ids["me"]
        assert attempt(things.fill(MY_PAGE)).count == 1


def test_altering_what_was_told_is_an_error_and_no_empty_answer(web_login, committed):
    """So that it stands in the log."""
    log_in(web_login, committed.ids["me"])
    web_login.execute("SET portal.root = 'on'")
    with pytest.raises(InsufficientPrivilege, match=r"portal\.root was not set for this request"):
        web_login.execute(committed.fill(MY_PAGE))


@pytest.fixture
def pool(web_settings):
    """A pool as that of web processes, with a single connection: everybody gets that one."""
    kept = web_settings["OPTIONS"]["pool"] | {"min_size": 1, "max_size": 1}
    opened, how = [], login(web_settings) | {"autocommit": True}
    with ConnectionPool(kwargs=how, configure=opened.append, **kept) as pool:
        yield pool
    # Also those that are not back in the pool yet.
    for session in opened:
        session.close()


def _finish(session, pretence):
    """A transaction that ends well, as far as it can."""
    with suppress(psycopg.Error), session.transaction():
        session.execute(pretence)


def _fail(session, pretence):
    """A transaction that an error ends."""
    with suppress(psycopg.Error), session.transaction():
        session.execute(pretence)
        session.execute("SELECT 1 / 0")


def _drop(session, pretence):
    """A transaction that nobody ends."""
    session.execute("BEGIN")
    with suppress(psycopg.Error):
        session.execute(pretence)


# What else would outlive a request, and how the next one would notice.
TRAPS = {
    "another path": ("SET search_path = pg_catalog", "SELECT 1 FROM thinka_sites_user WHERE id = {me}"),
    "no row-level security": ("SET row_security = off", MY_PAGE),
    "read only": (
        "SET default_transaction_read_only = on",
        "UPDATE wagtailcore_page SET title = title WHERE id = {my_page} RETURNING 1",
    ),
    "another time zone": (
        "SET TimeZone = 'Asia/Tokyo'",
        "SELECT 1 WHERE current_setting('TimeZone') = 'UTC'",
    ),
    "no time": ("SET statement_timeout = 1", "SELECT 1 FROM pg_sleep(0.01)"),
    "a statement": (
        "PREPARE x AS SELECT 1",
        "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_prepared_statements)",
    ),
    "a cursor": (
        "DECLARE x CURSOR WITH HOLD FOR SELECT 1",
        "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_cursors)",
    ),
    "a lock": (
        "SELECT pg_advisory_lock(1)",
        "SELECT 1 WHERE NOT EXISTS"
        " (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())",
    ),
    "a channel": ("LISTEN x", "SELECT 1 WHERE NOT EXISTS (SELECT pg_listening_channels())"),
}


@pytest.mark.parametrize("ending", [_finish, _fail, _drop])
@pytest.mark.parametrize("name", [*PRETENCES, *TRAPS])
def test_the_next_one_on_the_connection_is_who_they_are(name, ending, pool, fill, committed):
    pretence, checked = map(fill, (PRETENCES | TRAPS)[name])
    session = pool.getconn()
    log_in(session, committed.ids["me"])
    first = session.info.backend_pid
    ending(session, pretence)
    pool.putconn(session)
    session = pool.getconn()
    assert session.info.backend_pid == first
    if name in PRETENCES:
        assert not _sees(session, checked)
    log_in(session, committed.ids["me"])
    assert _sees(session, checked) is (name in TRAPS)
    assert _sees(session, fill(MY_PAGE))
    pool.putconn(session)
