"""Guessing is slowed down, for accounts that exist and for others alike."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.db.utils import ProgrammingError
from django.test import RequestFactory
from django.utils import timezone

from sites.accounts import throttle
from sites.accounts.backend import PortalBackend
from sites.accounts.browsers import COOKIE
from sites.accounts.counting import DatabaseStorage
from sites.accounts.throttle import ACCOUNT, HERE, PLACE
from sites.models import AttemptCount
from tests.factories import UserFactory
from tests.factories.people import PASSWORD
from tests.web_role import web_process

LOGINS = ["/anmelden/", "/admin/login/"]
WRONG = "falsch"
NOBODY = "niemand@beispiel.test"
HERE_TRIES, ACCOUNT_TRIES, PLACE_TRIES = (limit.rate.amount for limit in (HERE, ACCOUNT, PLACE))


@pytest.fixture
def client(traeger_a, client_for):
    return client_for(None, traeger_a)


def try_it(client, name: str, password: str = WRONG, url: str = LOGINS[0], place: str = "192.0.2.1"):
    values = {"username": name, "password": password}
    return client.post(url, values, REMOTE_ADDR=place)


def sign_out(client) -> None:
    """As a browser does; Django's `client.logout` takes all cookies away."""
    assert client.post("/abmelden/").status_code == 302


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("url", LOGINS)
@pytest.mark.parametrize("name", ["lotse@beispiel.test", NOBODY])
def test_thirty_wrong_ones_then_the_right_one(url, name, client, someone, hashed):
    answers = [try_it(client, name, f"falsch-{number}", url) for number in range(30)]
    assert [answer.status_code for answer in answers] == [200] * HERE_TRIES + [429] * (30 - HERE_TRIES)
    # A flood costs no computing.
    assert hashed == [f"falsch-{number}" for number in range(HERE_TRIES)]
    last = try_it(client, name, PASSWORD, url)
    assert last.status_code == 429
    assert not signed_in(client)
    assert 0 < int(last["Retry-After"]) <= HERE.rate.get_expiry()
    text = last.content.decode()
    assert "Das wurde zu oft versucht. Bitte warten Sie 5 Minuten" in text
    assert "oder das Passwort stimmt nicht" not in text


def test_known_and_unknown_names_cost_the_same(client, someone, django_assert_num_queries):
    """Statements, not time: the same are sent, in the same order."""
    found = []
    client.get(LOGINS[0])
    for name in (someone.email, NOBODY):
        kinds = []
        for _try in range(HERE_TRIES + 1):
            with django_assert_num_queries(11 if len(kinds) < HERE_TRIES else 6) as queries:
                try_it(client, name)
            kinds.append([query["sql"].split("(")[0] for query in queries])
        found.append(kinds)
    assert found[0] == found[1]


def test_after_the_wait_it_goes_on(client, someone, wait):
    for _try in range(HERE_TRIES + 3):
        try_it(client, someone.email)
    wait(minutes=5)
    assert try_it(client, someone.email, PASSWORD).status_code == 302
    assert signed_in(client)


def test_waiting_takes_no_longer_for_who_goes_on(client, someone, wait):
    for _try in range(HERE_TRIES):
        try_it(client, someone.email)
    wait(minutes=4)
    answers = [try_it(client, someone.email) for _try in range(9)]
    assert {answer.status_code for answer in answers} == {429}
    assert "warten Sie 1 Minute und" in answers[-1].content.decode()
    wait(minutes=1)
    assert try_it(client, someone.email, PASSWORD).status_code == 302


def test_signing_in_forgets_what_was_mistyped(client, someone):
    for _time in range(3):
        for _try in range(HERE_TRIES - 1):
            try_it(client, someone.email)
        assert try_it(client, someone.email, PASSWORD).status_code == 302
        client.logout()


def test_capitals_are_the_same_account(client, someone):
    for _try in range(HERE_TRIES):
        try_it(client, someone.email)
    assert try_it(client, " Lotse@BEISPIEL.test ", PASSWORD).status_code == 429


def test_one_place_locks_nobody_out_elsewhere(client, someone, wait):
    for _period in range(3):
        for _try in range(40):
            try_it(client, someone.email)
        wait(minutes=5)
    assert try_it(client, someone.email, PASSWORD, place="198.51.100.7").status_code == 302


def test_many_places_are_one_account(client, someone, wait):
    answers = [
        try_it(client, someone.email, place=f"192.0.2.{number}").status_code
        for number in range(ACCOUNT_TRIES + 5)
    ]
    assert answers == [200] * ACCOUNT_TRIES + [429] * 5
    assert try_it(client, someone.email, PASSWORD, place="198.51.100.7").status_code == 429
    wait(minutes=15)
    assert try_it(client, someone.email, PASSWORD, place="198.51.100.7").status_code == 302


@pytest.mark.parametrize("url", LOGINS)
def test_who_has_signed_in_before_goes_on_meanwhile(url, client, someone, traeger_a, client_for):
    own = client_for(None, traeger_a)
    assert try_it(own, someone.email, PASSWORD, url, "203.0.113.5").status_code == 302
    sign_out(own)
    for number in range(ACCOUNT_TRIES):
        try_it(client, someone.email, place=f"192.0.2.{number}")
    assert try_it(client, someone.email, PASSWORD, url, "203.0.113.5").status_code == 429
    assert try_it(own, someone.email, "falsch", url, "203.0.113.5").status_code == 200
    assert try_it(own, someone.email, PASSWORD, url, "203.0.113.5").status_code == 302


def test_the_cookie_of_a_browser_is_no_way_around(client, someone, traeger_a):
    other = UserFactory(role="redaktion", traeger=traeger_a)
    assert try_it(client, other.email, PASSWORD).status_code == 302
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert someone.email not in cookie.value
    sign_out(client)
    for number in range(ACCOUNT_TRIES):
        try_it(client, someone.email, place=f"192.0.2.{number}")
    # It holds for the account that was signed in to, and forged it is none.
    assert try_it(client, someone.email, place="198.51.100.7").status_code == 429
    client.cookies[COOKIE] = cookie.value[:-2] + "xx"
    assert try_it(client, someone.email, place="198.51.100.7").status_code == 429
    # Its tries are counted, too.
    client.cookies[COOKIE] = cookie.value
    answers = [try_it(client, other.email).status_code for _try in range(HERE_TRIES + 1)]
    assert answers == [200] * HERE_TRIES + [429]


def test_many_accounts_from_one_place(client, someone, traeger_a):
    """Also where an account of one's own is signed in to between."""
    own = UserFactory(role="redaktion", traeger=traeger_a)
    refused = []
    for number in range(PLACE_TRIES + 3):
        refused.append(try_it(client, f"person-{number}@beispiel.test").status_code == 429)
        if number % 20 == 0 and number < PLACE_TRIES:
            assert try_it(client, own.email, PASSWORD).status_code == 302
            client.logout()
    assert refused == [False] * PLACE_TRIES + [True] * 3
    assert try_it(client, someone.email, PASSWORD).status_code == 429
    assert try_it(client, someone.email, PASSWORD, place="198.51.100.7").status_code == 302


def test_an_office_that_signs_in_is_not_slowed(client, someone):
    for _person in range(PLACE_TRIES + 5):
        assert try_it(client, someone.email, PASSWORD).status_code == 302
        client.logout()
        client.cookies.clear()


def test_what_is_counted_names_nobody(client, someone):
    try_it(client, someone.email)
    assert AttemptCount.objects.count() == 3
    assert not AttemptCount.objects.exclude(key__regex="^[0-9a-f]{64}$").exists()


def test_a_web_process_counts_but_cannot_look_or_forget(traeger_a, someone):
    with web_process(someone, traeger_a):
        assert HERE.hit("a") == 0
        assert AttemptCount.objects.count() == 0
        assert AttemptCount.objects.update(count=0) == 0
        assert DatabaseStorage().reset() == 0
    assert AttemptCount.objects.get().count == 1
    with web_process(someone, traeger_a), pytest.raises(ProgrammingError):
        AttemptCount.objects.create(key="x", count=-9, ends_at=timezone.now())


def test_the_owner_forgets_all(db):
    HERE.hit("a")
    assert DatabaseStorage().check()
    assert DatabaseStorage().reset() == 1


def test_a_count_is_taken_back_down_to_nothing(db):
    PLACE.take_back("a")
    PLACE.hit("a")
    PLACE.take_back("a")
    PLACE.take_back("a")
    assert [PLACE.hit("a") > 0 for _try in range(PLACE_TRIES + 1)] == [False] * PLACE_TRIES + [True]


@pytest.fixture
def _no_counts(django_db_blocker):
    yield
    with django_db_blocker.unblock():
        AttemptCount.objects.all().delete()
        connection.close()


@pytest.mark.usefixtures("committed_world", "_no_counts")
def test_many_at_the_same_moment_are_all_counted(django_db_blocker):
    allowed = []

    def guess() -> None:
        request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
        for _try in range(5):
            allowed.append(throttle.sign_in(request, NOBODY) == 0)
        connections.close_all()

    with django_db_blocker.unblock():
        threads = [threading.Thread(target=guess) for _thread in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(allowed) == HERE_TRIES


def test_the_backend_refuses_whatever_asks_it(someone):
    """Not only the two forms: whatever checks passwords in a request asks the backend."""
    request = RequestFactory().post("/")
    for _try in range(HERE_TRIES):
        assert PortalBackend().authenticate(request, someone.email, "falsch") is None
    with pytest.raises(PermissionDenied):
        PortalBackend().authenticate(request, someone.email, PASSWORD)


def test_the_old_password_is_not_to_be_guessed(someone, traeger_a, client_for, hashed, wait):
    client = client_for(someone, traeger_a)
    page = client.get("/admin/account/")
    values = {
        field.html_name: field.value()
        for panels in page.context["panels_by_tab"].values()
        for panel in panels
        for field in panel.get_form()
        if field.value()
    } | {f"password-new_password{number}": "drei-neue-Woerter-hier" for number in (1, 2)}
    tries = throttle.OLD_PASSWORD.rate.amount
    hashed.clear()
    for number in range(tries + 5):
        answer = client.post("/admin/account/", values | {"password-old_password": f"falsch-{number}"})
        assert answer.status_code == 200
    assert hashed == [f"falsch-{number}" for number in range(tries)]
    assert "Das wurde zu oft versucht. Bitte warten Sie 15 Minuten" in answer.content.decode()
    wait(minutes=15)
    assert client.post("/admin/account/", values | {"password-old_password": PASSWORD}).status_code == 302
    someone.refresh_from_db()
    assert someone.check_password("drei-neue-Woerter-hier")
