"""What tests of RLS need from the server itself."""

import pytest
from django.db import connection, transaction

from tests.web_role import untested
from thinka_portal.database import database_url
from thinka_portal.postgres.server import SUPERUSER


@pytest.fixture
def server_admin(django_db_setup, django_db_blocker):
    """A cursor of the server's administrator, in a transaction that is undone: roles made in it never are.

    As administrator it can become any role for good (SET SESSION AUTHORIZATION), as if that had logged in.
    """
    used = connection.settings_dict
    before = used["USER"]
    with django_db_blocker.unblock():
        connection.close()
        if not database_url():
            used["USER"] = SUPERUSER
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                    if not cursor.fetchone()[0]:
                        untested("The user of DATABASE_URL is no superuser: it can't make such roles.")
                    yield cursor
                transaction.set_rollback(True)
        finally:
            connection.close()
            used["USER"] = before


@pytest.fixture
def owner() -> str:
    """The role that owns the tables."""
    return connection.settings_dict["USER"]


@pytest.fixture
def new_role() -> str:
    """A name that no role has: roles belong to the whole server, on which several test runs may work."""
    return f"probe of {connection.settings_dict['NAME']}"
