"""Nothing makes a web process something stronger."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.sites.wall.hostile.escalations import ESCALATIONS
from tests.sites.wall.hostile.reads import READS
from tests.sites.wall.hostile.writes import WRITES
from thinka_portal.database import database_settings
from thinka_portal.postgres import DatabaseError

pytestmark = pytest.mark.xdist_group("hostile")


@pytest.fixture(scope="module")
def web_login(django_db_setup, django_db_blocker):
    """A connection that has logged in as the web role, as in production: it never was anybody else."""
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        try:
            web = database_settings(web=True)
        except DatabaseError as error:
            pytest.skip(f"No login for web processes here: {error}")
    with psycopg.connect(
        host=web["HOST"],
        port=web["PORT"] or None,
        user=web["USER"],
        password=web["PASSWORD"],
        dbname=name,
        autocommit=True,
    ) as login:
        yield login


@pytest.mark.parametrize("name", ESCALATIONS)
def test_escalating(name, web_login):
    with pytest.raises(psycopg.Error) as refusal:
        web_login.execute(ESCALATIONS[name])
    assert "syntax error" not in str(refusal.value)
    assert "does not exist" not in str(refusal.value)


def test_going_back_leads_to_nothing_stronger(web_login):
    web_login.execute("RESET ROLE")
    web_login.execute("RESET SESSION AUTHORIZATION")
    name, powers = web_login.execute(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    assert (name, powers) == (settings.PORTAL_WEB_ROLE, False)
    assert web_login.execute("SELECT count(*) FROM wagtailcore_page").fetchone() == (0,)


def test_there_are_enough_tries():
    assert len(READS) + len(WRITES) + len(ESCALATIONS) >= 60
