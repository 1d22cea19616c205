"""Sessions end after a working day without use, and are not stored at each request for that."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from sites.accounts.idle import RENEWED
from sites.accounts.sessions import digest_of
from sites.models import Session
from tests.factories.people import PASSWORD

AGE, RENEWAL = timedelta(hours=10), timedelta(minutes=30)
NAMES = ["portal_session", "portal_store_session"]
LOGINS = ["/anmelden/", "/admin/login/"]


@pytest.fixture
def client(traeger_a, client_for):
    return client_for(None, traeger_a)


def kept(client):
    return Session.objects.filter(digest=digest_of(client.session.session_key))


def let_pass(client, span: timedelta) -> None:
    """So much time goes by for the session of `client`."""
    session = client.session
    session[RENEWED] -= span.total_seconds()
    session.save()
    kept(client).update(expires_at=timezone.now() + AGE - span)


def is_signed_in(client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.mark.parametrize("url", LOGINS)
def test_it_ends(url, client, someone):
    client.post(url, {"username": someone.email, "password": PASSWORD})
    assert is_signed_in(client)
    let_pass(client, AGE + timedelta(minutes=1))
    assert not is_signed_in(client)


@pytest.mark.parametrize("url", LOGINS)
def test_it_goes_on_while_it_is_used(url, client, someone):
    """For longer than it would last: nine hours, and nine again."""
    client.post(url, {"username": someone.email, "password": PASSWORD})
    for _time in range(3):
        let_pass(client, timedelta(hours=9))
        assert is_signed_in(client)
        ends = kept(client).get().expires_at
        assert ends > timezone.now() + AGE - timedelta(minutes=1)


def test_it_is_stored_twice_an_hour_at_most(someone, traeger_a, client_for, django_assert_num_queries):
    client = client_for(someone, traeger_a)

    def stores() -> list[str]:
        with django_assert_num_queries(stores.expected) as queries:
            client.get("/abmelden/")
        return [name for query in queries for name in NAMES if name in query["sql"]]

    stores.expected = 0
    client.get("/abmelden/")
    stores.expected = 3
    assert stores() == NAMES[:1]
    let_pass(client, RENEWAL - timedelta(minutes=1))
    assert stores() == NAMES[:1]
    let_pass(client, RENEWAL)
    stores.expected = 4
    assert stores() == NAMES
    stores.expected = 3
    assert stores() == NAMES[:1]


def test_sessions_from_before_are_taken_on(someone, traeger_a, client_for):
    client = client_for(someone, traeger_a)
    session = client.session
    del session[RENEWED]
    session.save()
    assert is_signed_in(client)
    assert client.session[RENEWED] > time.time() - 60


def test_visitors_get_no_session(client):
    client.get("/")
    assert not Session.objects.exists()
    assert client.cookies == {}


def test_the_working_day(settings):
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) == AGE
    assert timedelta(seconds=settings.PORTAL_SESSION_RENEWAL) == RENEWAL
