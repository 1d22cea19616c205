"""Nothing makes a web process something stronger."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.sites.rls.hostile.conftest import log_in
from tests.sites.rls.hostile.escalations import ESCALATIONS
from tests.sites.rls.hostile.reads import READS
from tests.sites.rls.hostile.trying import REFUSED
from tests.sites.rls.hostile.writes import WRITES

pytestmark = pytest.mark.xdist_group("hostile")

# Who has logged in, and whether that opens another Träger's page.
LOGGED_IN = {"me": False, "administrator": True}


@pytest.fixture
def others(committed):
    """A session of the owner beside those of the web role, for whoever would end it."""
    used = connection.get_connection_params()
    with psycopg.connect(**used, autocommit=True) as session:
        yield session


def names(cursor) -> dict[str, str]:
    """Return the roles that the tries name, as one writes them in a statement."""
    superuser = cursor.execute("SELECT quote_ident(rolname) FROM pg_roles WHERE rolsuper LIMIT 1").fetchone()[
        0
    ]
    quote = connection.ops.quote_name
    owner, web = connection.settings_dict["USER"], settings.PORTAL_WEB_ROLE
    database = quote(connection.settings_dict["NAME"])
    return {"owner": quote(owner), "web": quote(web), "superuser": superuser, "database": database}


@pytest.mark.parametrize("who", LOGGED_IN)
@pytest.mark.parametrize("name", ESCALATIONS)
def test_escalating(name, who, web_login, committed, others):
    log_in(web_login, committed.ids[who])
    found = web_login.execute(committed.fill(READS["page by id"])).fetchall()
    assert (len(found) == 1) is LOGGED_IN[who]
    with pytest.raises(psycopg.Error) as refusal:
        web_login.execute(ESCALATIONS[name].format(**names(web_login)))
    assert refusal.value.sqlstate == REFUSED, refusal.value
    assert others.execute("SELECT 1").fetchone()


def test_the_administrator_of_the_server_could_do_all_that(server_admin):
    """So the tries are right: what they name exists."""
    used = names(server_admin)
    for name, sql in ESCALATIONS.items():
        # It would end what other tests are doing.
        if name == "others' sessions":
            continue
        # Not in a transaction.
        if name == "… for everybody":
            continue
        server_admin.execute("SAVEPOINT before")
        server_admin.execute(sql.format(**used))
        server_admin.execute("ROLLBACK TO SAVEPOINT before")


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
