"""`manage.py create_web_role`: a role that RLS binds, and what is said where it can't be made."""

import base64
import hashlib
import hmac
import logging
import re

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from sites.rls.preflight import problems

OWNER_URL = "postgres://portal:geheim-des-eigentuemers@db.example.org/portal"
PASSWORD, OTHER_PASSWORD = "geheimes-Wort-47", "anderes-Wort-11"
SCRAM = re.compile(r"SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):([^']+)$")


def web_url(role: str, password: str) -> str:
    return f"postgres://{role.replace(' ', '%20')}:{password}@db.example.org/portal"


@pytest.fixture
def command(monkeypatch, capsys, caplog):
    """Calls the command with these two addresses; returns what it printed. No password is ever told."""
    caplog.set_level(logging.DEBUG)

    def call(web: str, owner: str = OWNER_URL) -> str:
        monkeypatch.setenv("DATABASE_URL", owner)
        monkeypatch.setenv("WEB_DATABASE_URL", web)
        said = ""
        connection.force_debug_cursor = True
        before = len(connection.queries_log)
        try:
            call_command("create_web_role")
        except CommandError as error:
            said = str(error)
            raise
        finally:
            connection.force_debug_cursor = False
            asked = "\n".join(query["sql"] for query in list(connection.queries_log)[before:])
            out, err = capsys.readouterr()
            for password in (PASSWORD, OTHER_PASSWORD, "geheim-des-eigentuemers"):
                assert password not in said + asked + out + err + caplog.text
        return out

    yield call
    monkeypatch.undo()


def belongs(password: str, stored: str) -> bool:
    """Tell whether `stored`, as PostgreSQL keeps passwords (RFC 5803), is that of `password`."""
    rounds, salt, stored_key, server_key = SCRAM.fullmatch(stored).groups()
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(rounds))
    client = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    return (base64.b64decode(stored_key), base64.b64decode(server_key)) == (client, server)


@pytest.fixture
def as_owner(server_admin, owner):
    """The owner of the tables runs the command, then the administrator looks."""
    server_admin.execute(f"SET SESSION AUTHORIZATION {connection.ops.quote_name(owner)}")
    return server_admin


def stored(cursor, role: str) -> str:
    cursor.execute("RESET SESSION AUTHORIZATION")
    cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [role])
    return cursor.fetchone()[0]


def test_a_new_role_may_serve(as_owner, command, new_role):
    assert command(web_url(new_role, PASSWORD)) == f"The role {new_role} is ready for web processes.\n"
    assert belongs(PASSWORD, stored(as_owner, new_role))
    as_owner.execute(f"SET SESSION AUTHORIZATION {connection.ops.quote_name(new_role)}")
    assert problems() == []
    as_owner.execute("SELECT count(*) FROM wagtailcore_page")
    assert as_owner.fetchone() == (0,)


def test_an_existing_role_gets_the_password_of_the_address(as_owner, command, new_role):
    command(web_url(new_role, PASSWORD))
    assert "is ready" in command(web_url(new_role, OTHER_PASSWORD))
    kept = stored(as_owner, new_role)
    assert belongs(OTHER_PASSWORD, kept)
    assert not belongs(PASSWORD, kept)


def advice(command, role: str) -> str:
    """Run the command as somebody who may make no roles; return the SQL that it gives the administrator."""
    refused = pytest.raises(CommandError, match="The owner may not make or change the role")
    with refused as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {django_settings.PORTAL_WEB_ROLE}")
        command(web_url(role, PASSWORD))
    return str(caught.value).splitlines()[-1].strip()


def test_without_createrole_the_administrator_is_told_what_to_do(db, command, new_role):
    """What is printed works as it stands, with a password put in."""
    statement = advice(command, new_role)
    assert statement == f"CREATE ROLE {connection.ops.quote_name(new_role)} LOGIN NOINHERIT PASSWORD '…';"
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("…", PASSWORD))
        cursor.execute("SELECT rolcanlogin, rolinherit FROM pg_roles WHERE rolname = %s", [new_role])
        assert cursor.fetchone() == (True, False)


def test_an_existing_role_of_somebody_else_is_changed_by_the_administrator(db, command):
    role = django_settings.PORTAL_WEB_ROLE
    statement = advice(command, role)
    assert statement == f"ALTER ROLE {connection.ops.quote_name(role)} LOGIN NOINHERIT PASSWORD '…';"


WRONG = {
    "embedded": ("", "", "The embedded database has its web role already"),
    "no address": (OWNER_URL, "", "Set WEB_DATABASE_URL to the address that web processes are to use"),
    "no password": (
        OWNER_URL,
        "postgres://web@h/portal",
        "needs a user other than DATABASE_URL, and a password",
    ),
    "no user": (OWNER_URL, f"postgres://:{PASSWORD}@h/portal", "needs a user other than DATABASE_URL"),
    "the owner": (
        OWNER_URL,
        f"postgres://{{owner}}:{PASSWORD}@h/portal",
        "needs a user other than DATABASE_URL",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_missing_in_the_addresses_is_said(case, command, db, owner):
    owner_url, url, message = WRONG[case]
    with pytest.raises(CommandError, match=message):
        command(url.format(owner=owner), owner_url)
