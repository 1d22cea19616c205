"""The database in which a foreign Träger is full of markers."""

import pytest
from django.db import connection

from tests.conftest import cloned_database, using_database


@pytest.fixture(scope="session")
def planted_database(django_db_setup, django_db_blocker):
    from tests.leaks import plan

    with cloned_database("leaks", plan.build, django_db_blocker) as (name, planted):
        yield name, planted


@pytest.fixture
def planted(planted_database, django_db_blocker):
    """The planted database, outside a transaction: the matrix begins and ends one for each request."""
    name, found = planted_database
    with django_db_blocker.unblock(), using_database(name):
        yield found
        connection.close()
