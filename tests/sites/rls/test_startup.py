"""A process that RLS would not bind must not serve: each way around it, and what is said then."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from sites.rls.derived import table_policies
from sites.rls.install import install, let_in
from sites.rls.preflight import problems, require_rls
from tests.web_role import web_settings
from thinka_portal.database import database_settings

OTHER_VERSION = (
    "RLS in the database is not that of this version, it has the key of another SECRET_KEY, or somebody "
    "changed it. Run: manage.py migrate"
)
UNBOUND = "Row-level security does not bind {role} in {tables} tables."
OWN_SETTINGS = (
    "Each session of the role {role} begins with settings of its own: {names}. Run: manage.py migrate; "
    "what that leaves, the administrator of the server takes away: ALTER ROLE {role} RESET ALL"
)
VIEWS = "portal_logo, portal_misplaced, portal_page_right"
LOG_IN = "SET SESSION AUTHORIZATION {quoted}"

# What was done to the role or to the database (by the administrator of the server) → what is wrong then.
WAYS_AROUND = {
    "superuser": ("ALTER ROLE {quoted} SUPERUSER", ["The role {role} is a superuser.", UNBOUND]),
    "BYPASSRLS": (
        "ALTER ROLE {quoted} BYPASSRLS",
        ["The role {role} may bypass row-level security.", UNBOUND],
    ),
    "CREATEROLE": ("ALTER ROLE {quoted} CREATEROLE", ["The role {role} may make roles."]),
    "REPLICATION": ("ALTER ROLE {quoted} REPLICATION", ["The role {role} may copy the whole server."]),
    "transactions that don't see what others store": (
        "SET default_transaction_isolation = 'repeatable read'",
        [
            "Transactions are repeatable read, and readers of pages right only with read committed. "
            "Run: ALTER ROLE {role} SET default_transaction_isolation = 'read committed'"
        ],
    ),
    "owner of one table": (
        "ALTER TABLE home_topic OWNER TO {quoted}",
        ["The role {role} owns 1 tables.", UNBOUND.replace("{tables}", "1")],
    ),
    "may become the owner": (
        "GRANT {owner} TO {quoted} WITH SET TRUE, INHERIT FALSE",
        ["The role {role} is a member of another role."],
    ),
    "has the rights of the owner": (
        "GRANT {owner} TO {quoted} WITH INHERIT TRUE",
        ["The role {role} is a member of another role.", UNBOUND],
    ),
    "a collective role of the server": (
        "GRANT pg_read_server_files TO {quoted}",
        ["The role {role} is a member of another role."],
    ),
    "the owner that only stepped down": (
        "GRANT {quoted} TO {owner}; SET SESSION AUTHORIZATION {owner}; SET ROLE {quoted}",
        ["The role {role} can be reset to another role."],
    ),
    "row-level security off in one table": (
        "ALTER TABLE home_topic DISABLE ROW LEVEL SECURITY",
        [OTHER_VERSION],
    ),
    "a policy less": ("DROP POLICY portal_select ON home_topic", [OTHER_VERSION]),
    "a policy that was rewritten": ("ALTER POLICY portal_select ON home_topic USING (true)", [OTHER_VERSION]),
    "a trigger that is switched off": (
        "ALTER TABLE wagtailcore_page DISABLE TRIGGER portal_changed",
        [OTHER_VERSION],
    ),
    "a function of another's hand": (
        "ALTER FUNCTION portal_sees_page SECURITY INVOKER",
        [OTHER_VERSION],
    ),
    "settings that each session begins with": (
        "ALTER ROLE {quoted} SET work_mem = '1GB'; ALTER ROLE {quoted} SET search_path = 'pg_temp';"
        " ALTER ROLE {quoted} SET statement_timeout = 0",
        [OWN_SETTINGS.replace("{names}", "search_path, work_mem")],
    ),
    "… in this database": (
        "ALTER ROLE {quoted} IN DATABASE {database} SET row_security = off",
        [OWN_SETTINGS.replace("{names}", "row_security")],
    ),
    "a policy beside those of RLS": (
        'CREATE POLICY "für alle" ON home_topic USING (true)',
        ['A policy that is not of RLS opens home_topic. Take it away: DROP POLICY "für alle" ON home_topic'],
    ),
    "a power that no policy asks about": (
        "GRANT TRUNCATE ON home_topic TO {quoted}",
        ["The role {role} may TRUNCATE home_topic. Run: manage.py migrate"],
    ),
    "a power that everybody got": (
        "GRANT TRUNCATE ON home_topic TO PUBLIC",
        ["The role {role} may TRUNCATE home_topic. Run: manage.py migrate"],
    ),
    **{
        f"{power} on every table": (
            f"GRANT {power} ON ALL TABLES IN SCHEMA public TO {{quoted}}",
            [f"The role {{role}} may {power} {more}. Run: manage.py migrate"],
        )
        for power, more in {
            "SELECT": f"{VIEWS}, thinka_sites_sealkey",
            "INSERT": f"django_migrations, {VIEWS}, thinka_sites_sealkey, thinka_sites_signoflife",
            "UPDATE": (
                f"django_migrations, {VIEWS}, thinka_sites_portalimage.renditions_stale, "
                "thinka_sites_sealkey, thinka_sites_signoflife, wagtailcore_collection.readers, "
                "wagtailcore_page.readers, wagtailcore_page.words"
            ),
            "DELETE": f"django_migrations, {VIEWS}, thinka_sites_sealkey, thinka_sites_signoflife",
        }.items()
    },
    "a column that triggers keep": (
        "GRANT UPDATE (title, readers) ON wagtailcore_page TO {quoted}",
        ["The role {role} may UPDATE wagtailcore_page.readers. Run: manage.py migrate"],
    ),
    "a column of the owner's view": (
        "GRANT SELECT (principal) ON portal_page_right TO PUBLIC",
        ["The role {role} may SELECT portal_page_right. Run: manage.py migrate"],
    ),
    "a table that belongs to no model": (
        'CREATE TABLE "left over" (); ALTER TABLE "left over" OWNER TO {owner};'
        ' GRANT INSERT ON "left over" TO {quoted}',
        ['The role {role} may INSERT "left over". Run: manage.py migrate'],
    ),
    "the counter of a table": (
        "GRANT UPDATE ON SEQUENCE home_topic_id_seq TO {quoted}",
        ["The role {role} may UPDATE home_topic_id_seq. Run: manage.py migrate"],
    ),
    "a function that only the database calls": (
        "GRANT EXECUTE ON FUNCTION portal_refresh_collections TO {quoted}",
        ["The role {role} may EXECUTE portal_refresh_collections(). Run: manage.py migrate"],
    ),
    "… that everybody got": (
        "GRANT EXECUTE ON FUNCTION portal_refresh_collections TO PUBLIC",
        ["The role {role} may EXECUTE portal_refresh_collections(). Run: manage.py migrate"],
    ),
    "tables of its own": (
        "GRANT CREATE ON SCHEMA public TO {quoted}",
        ["The role {role} may CREATE in the schema public. Run: manage.py migrate"],
    ),
    "a schema and temporary tables of its own": (
        "GRANT ALL ON DATABASE {database} TO {quoted}",
        [
            "The role {role} may CREATE in the database. Run: manage.py migrate",
            "The role {role} may TEMPORARY in the database. Run: manage.py migrate",
        ],
    ),
    "another version": ("COMMENT ON FUNCTION portal_set_identity IS 'another'", [OTHER_VERSION]),
    "not installed": ("DROP FUNCTION portal_set_identity CASCADE", [OTHER_VERSION]),
    "the sequence of requests": (
        "GRANT UPDATE ON SEQUENCE thinka_sites_request TO {quoted}",
        ["The role {role} may UPDATE thinka_sites_request. Run: manage.py migrate"],
    ),
}


@pytest.fixture
def names(owner, new_role) -> dict:
    """What the texts of this file call the new role, the owner, and the number of tables."""
    quote_name = connection.ops.quote_name
    return {
        "role": new_role,
        "quoted": quote_name(new_role),
        "owner": quote_name(owner),
        "database": quote_name(connection.settings_dict["NAME"]),
        "tables": len(table_policies()),
    }


@pytest.fixture
def log_in(names, server_admin):
    """Makes a web role, does what a text says, and logs in as the role."""
    server_admin.execute("CREATE ROLE {quoted} LOGIN NOINHERIT".format(**names))

    def become(statements: str = "") -> None:
        if statements:
            server_admin.execute(statements.format(**names))
        if "SESSION AUTHORIZATION" not in statements:
            server_admin.execute(LOG_IN.format(**names))

    return become


def test_a_sound_web_role_may_serve(log_in, new_role):
    assert let_in(new_role)
    log_in()
    assert problems() == []
    require_rls()


@pytest.mark.parametrize("way", WAYS_AROUND)
def test_a_process_that_the_wall_does_not_bind_refuses_to_serve(way, log_in, names):
    statements, texts = WAYS_AROUND[way]
    wrong = [text.format(**names) for text in texts]
    log_in(statements)
    assert problems() == wrong
    with pytest.raises(ImproperlyConfigured, match="This process must not serve") as caught:
        require_rls()
    for each in wrong:
        assert f"\n- {each}\n" in str(caught.value)


@pytest.mark.parametrize("way", [way for way, (_, texts) in WAYS_AROUND.items() if "migrate" in texts[-1]])
def test_what_migrate_is_to_mend_is_mended_by_it(way, log_in, names, new_role, settings, server_admin):
    log_in(WAYS_AROUND[way][0])
    server_admin.execute("RESET SESSION AUTHORIZATION")
    settings.PORTAL_WEB_ROLE = new_role
    install()
    log_in()
    assert problems() == []


def test_settings_of_the_administrator_stay(log_in, names, new_role, settings, server_admin):
    """The web role could not have set this one, and migrate can't take it away."""
    log_in("ALTER ROLE {quoted} SET portal.root = 'on'")
    server_admin.execute("RESET SESSION AUTHORIZATION")
    settings.PORTAL_WEB_ROLE = new_role
    install()
    log_in()
    assert problems() == [OWN_SETTINGS.format(names="portal.root", **names)]


def test_what_migrate_can_not_mend_is_left_to_its_owner(log_in, names, new_role):
    log_in("CREATE TABLE theirs (); GRANT SELECT ON theirs TO PUBLIC")
    assert problems() == [
        f"The role {new_role} may SELECT theirs. Only the owner of that can take it away: REVOKE"
    ]


def test_on_an_older_server_nobody_may_serve(log_in, monkeypatch):
    log_in()
    monkeypatch.setattr(connection, "pg_version", 170006)
    with pytest.raises(ImproperlyConfigured, match=r"The server is PostgreSQL 17; 18 or newer is needed\."):
        require_rls()


def address(login: dict) -> str:
    """Return the address of the test database for a user as `database_settings` describes it."""
    user = f"{quote(login['USER'], '')}:{quote(login['PASSWORD'], '')}"
    port = f"&port={login['PORT']}" if login["PORT"] else ""
    name = connection.settings_dict["NAME"]
    return f"postgres://{user}@/{name}?host={quote(login['HOST'], '')}{port}"


def start(arguments: list[str], web: dict) -> subprocess.CompletedProcess:
    """Start a web process that connects as `web`, to its end."""
    # Open to the end: a background job ends when nobody waits for it any more.
    read, write = os.pipe()
    os.write(write, b"{}\n")
    try:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=django_settings.BASE_DIR,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "thinka_portal.settings.test",
                "DATABASE_URL": address(database_settings()),
                "WEB_DATABASE_URL": address(web),
            },
            stdin=read,
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        os.close(read)
        os.close(write)


WEB_SERVER = ["-c", "import thinka_portal.wsgi"]


@pytest.mark.parametrize(
    "arguments",
    [WEB_SERVER, ["-m", "sites.jobs.replay_process", "--database", "{name}", "--answers", "2"]],
    ids=["web server", "background job"],
)
def test_connected_as_the_owner_no_process_starts(arguments, db):
    named = [each.format(name=connection.settings_dict["NAME"]) for each in arguments]
    done = start(named, database_settings())
    assert done.returncode != 0
    assert "This process must not serve: nothing would keep the Träger apart." in done.stderr
    assert f"The role {database_settings()['USER']} owns {len(table_policies())} tables." in done.stderr
    assert "made by: manage.py create_web_role\n" in done.stderr


def test_connected_as_the_web_role_the_web_server_starts(db):
    held = "import thinka_portal.wsgi; from django.db import connection; print(connection.connection)"
    done = start(["-c", held], web_settings())
    assert done.returncode == 0, done.stderr
    assert done.stdout == "None\n", "a connection less for those who answer"
