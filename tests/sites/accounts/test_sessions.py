"""A session belongs to who has its cookie, and to nobody who only reads or writes the database."""

from datetime import timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from sites.access.roles import REDAKTION
from sites.accounts.sessions import SessionStore, digest_of
from sites.models import Session
from tests.sites.rls.hostile.trying import attempt
from tests.web_role import web_process


def signed_in(user) -> SessionStore:
    """A stored session of `user`."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "sites.accounts.backend.PortalBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session


@pytest.fixture
def session(person, traeger_a) -> SessionStore:
    return signed_in(person(REDAKTION, traeger_a))


def test_the_database_knows_no_key(session):
    row = Session.objects.get()
    assert row.digest == digest_of(session.session_key)
    assert row.user_id == int(session[SESSION_KEY])
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM thinka_sites_session s")
        assert session.session_key not in cursor.fetchone()[0]


def test_what_was_stored_is_read_again(session):
    again = SessionStore(session.session_key)
    again["word"] = "Nord"
    again.save()
    assert SessionStore(session.session_key)["word"] == "Nord"
    assert SessionStore(session.session_key)[SESSION_KEY] == session[SESSION_KEY]


def test_a_copy_of_a_row_is_worth_nothing(session, person, traeger_b):
    """Whoever writes somebody's data under their own key stays a visitor."""
    own = signed_in(person(REDAKTION, traeger_b))
    data = Session.objects.get(digest=digest_of(session.session_key)).data
    Session.objects.filter(digest=digest_of(own.session_key)).update(data=data)
    assert SessionStore(own.session_key).load() == {}


def test_the_digest_is_no_key(session):
    stolen = SessionStore(digest_of(session.session_key))
    assert stolen.load() == {}
    assert stolen.session_key is None


def test_an_ended_session_does_not_come_back(session):
    other = SessionStore(session.session_key)
    assert other[SESSION_KEY]
    session.flush()
    other["word"] = "Nord"
    with pytest.raises(UpdateError):
        other.save()
    assert not Session.objects.exists()


def test_a_key_is_given_once(session):
    twin = SessionStore(session.session_key)
    with pytest.raises(CreateError):
        twin.save(must_create=True)
    assert SessionStore(session.session_key)[SESSION_KEY] == session[SESSION_KEY]


def test_a_session_is_over_at_its_time_and_removed_later(session):
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert SessionStore(session.session_key).load() == {}
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_sessions_end_with_the_account(session, person, traeger_b):
    stays = signed_in(person(REDAKTION, traeger_b))
    Session.objects.get(digest=digest_of(session.session_key)).user.delete()
    assert [row.digest for row in Session.objects.all()] == [digest_of(stays.session_key)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT digest, data FROM thinka_sites_session",
        "DELETE FROM thinka_sites_session RETURNING 1",
        "UPDATE thinka_sites_session SET user_id = NULL RETURNING 1",
        "SELECT session_key FROM django_session",
    ],
)
def test_a_web_process_finds_no_session(sql, session, person, traeger_b):
    with web_process(person(REDAKTION, traeger_b), traeger_b):
        assert attempt(sql).fruitless
    assert Session.objects.count() == 1


def test_signing_in_and_out(person, traeger_a, client_for):
    user = person(REDAKTION, traeger_a)
    user.set_password("ein langes Passwort 27")
    user.save()
    client = client_for(None, traeger_a)
    login = {"username": user.email, "password": "ein langes Passwort 27"}
    assert client.post("/anmelden/", login).status_code == 302
    assert [row.user for row in Session.objects.all()] == [user]
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    assert not Session.objects.exists()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("key", ["\0" * 32, "x", "ä" * 32, "'; SELECT 1 --" * 4])
def test_a_cookie_that_is_no_key_is_that_of_a_visitor(key, traeger_a, client_for, settings):
    client = client_for(None, traeger_a)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/").status_code == 200
