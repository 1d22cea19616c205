"""Things to try something with: made once, in a database of their own, where web processes see them, too."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from sites.rls.identity import ADMIN, Identity, signed
from tests import web_role
from tests.conftest import cloned_database, using_database
from tests.sites.rls.hostile.things import Things, make


@pytest.fixture(scope="session")
def hostile_database(django_db_setup, django_db_blocker) -> Iterator[tuple[str, Things]]:
    """The name of the database, and what was made in it."""
    with cloned_database("hostile", make, django_db_blocker) as found:
        yield found


@pytest.fixture(scope="module")
def committed(hostile_database) -> Iterator[Things]:
    name, things = hostile_database
    with using_database(name):
        yield things


@pytest.fixture
def things(committed, db) -> Things:
    """Each test changes them in a transaction of its own."""
    return committed


@pytest.fixture(scope="module")
def web_settings(committed) -> dict:
    """How a web process connects to that database."""
    return web_role.web_settings() | {"NAME": connection.settings_dict["NAME"]}


@pytest.fixture
def web_login(web_settings) -> Iterator[psycopg.Connection]:
    """A session that has logged in as the web role, as in production: it never was anybody else."""
    with psycopg.connect(**login(web_settings), autocommit=True) as session:
        yield session


def log_in(session: psycopg.Connection, person: int | None) -> None:
    """Be a web process whose request the application has signed: in the editing area, for `person`."""
    for _try in range(2):
        answer = session.execute(*signed(session, Identity(person, ADMIN, "x", 80))).fetchone()
        was_signed, *_told, session.portal_request = answer
        if was_signed:
            return
    raise AssertionError("The database has another key.")


def login(web: dict) -> dict:
    """Return what psycopg has to know of Django's settings."""
    return {
        "host": web["HOST"],
        "port": web["PORT"] or None,
        "user": web["USER"],
        "password": web["PASSWORD"],
        "dbname": web["NAME"],
    }
