"""The database in which a foreign Träger is full of markers."""

from unittest.mock import patch

import pytest
from django.db import connection

from tests.conftest import cloned_database, using_database


def telling_names():
    """Store files under the names that they came with: in these are the markers."""
    return patch("sites.media.storage.random_name", lambda name: name)


@pytest.fixture(scope="session")
def planted_database(django_db_setup, django_db_blocker):
    from tests.leaks import plan

    def build(*args):
        with telling_names():
            return plan.build(*args)

    with cloned_database("leaks", build, django_db_blocker, shared=True) as (name, planted):
        yield name, planted


@pytest.fixture
def planted(planted_database, django_db_blocker):
    """The planted database, outside a transaction: the matrix begins and ends one for each request."""
    name, found = planted_database
    with django_db_blocker.unblock(), using_database(name), telling_names():
        yield found
        connection.close()
