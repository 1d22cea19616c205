"""Whoever can run any SQL as the web role can say that they are somebody else; the next request is not."""

from contextlib import suppress

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from sites.roles import REDAKTION
from sites.wall.session import current, enter, leave
from tests.sites.wall.hostile.conftest import login
from tests.sites.wall.hostile.pretences import PRETENCES
from tests.sites.wall.hostile.trying import Answer, attempt
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")

EDITOR = "SELECT portal_enter({me}, 'admin', 'x', 80)"


@pytest.mark.parametrize("name", PRETENCES)
def test_a_pretence_ends_with_leaving(name, things, traeger_b):
    pretence, opened = map(things.fill, PRETENCES[name])
    with web_process(things.people[REDAKTION], traeger_b):
        asking = current()
        assert attempt(opened) == Answer()
        attempt(pretence)
        assert attempt(opened).rows
        leave()
        assert attempt(opened) == Answer()
        enter(asking)
        assert attempt(opened) == Answer()


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


def _pretend(session, pretence: str, opened: str) -> None:
    session.execute(pretence)
    assert session.execute(opened).fetchall()


def _finish(session, pretence, opened):
    """A transaction that ends well."""
    with session.transaction():
        _pretend(session, pretence, opened)


def _fail(session, pretence, opened):
    """A transaction that an error ends."""
    with suppress(psycopg.Error), session.transaction():
        _pretend(session, pretence, opened)
        session.execute("SELECT 1 / 0")


def _drop(session, pretence, opened):
    """A transaction that nobody ends."""
    session.execute("BEGIN")
    _pretend(session, pretence, opened)


@pytest.mark.parametrize("ending", [_finish, _fail, _drop])
@pytest.mark.parametrize("name", PRETENCES)
def test_a_pretence_does_not_reach_the_next_one_on_the_connection(name, ending, pool, committed):
    pretence, opened = map(committed.fill, PRETENCES[name])
    session = pool.getconn()
    session.execute(committed.fill(EDITOR))
    first = session.info.backend_pid
    ending(session, pretence, opened)
    pool.putconn(session)
    session = pool.getconn()
    assert session.info.backend_pid == first
    assert session.execute(opened).fetchall() == []
    session.execute(committed.fill(EDITOR))
    assert session.execute(opened).fetchall() == []
    pool.putconn(session)
