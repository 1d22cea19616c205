"""A link to a new password: asked for in the same way by everybody, and never a flood of mails."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sites.accounts.tasks import KEPT, tidy
from sites.accounts.throttle import RESET_ACCOUNT, RESET_PLACE
from sites.jobs.queue import run_next
from sites.models import AttemptCount, OutgoingMail, PasswordRequest
from tests.factories import UserFactory
from tests.web_role import web_process

URL = "/admin/password_reset/"
NOBODY = "niemand@beispiel.test"


@pytest.fixture
def client(traeger_a, client_for):
    return client_for(None, traeger_a)


def ask(client, email: str, place: str = "192.0.2.1"):
    return client.post(URL, {"email": email}, REMOTE_ADDR=place)


@pytest.mark.usefixtures("paused_queue")
def test_known_and_unknown_addresses_take_the_same_way(client, someone, django_assert_num_queries):
    """Statements, not time. That there is an account, the request does not even look up."""
    found = []
    for email in (someone.email, NOBODY):
        with django_assert_num_queries(8) as queries:
            answer = ask(client, email)
        assert (answer.status_code, answer["location"]) == (302, f"{URL}done/")
        # In the transaction of a test, Django numbers the savepoints.
        statements = [re.sub(r'"s\d+_x\d+"', "", query["sql"]) for query in queries]
        found.append([sql.split("(")[0] for sql in statements])
        assert not any("thinka_sites_user" in sql or "portal_account" in sql for sql in statements)
    assert found[0] == found[1]
    assert PasswordRequest.objects.count() == DBTaskResult.objects.count() == 2
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("email", ["lotse@beispiel.test", NOBODY])
def test_ten_become_one(email, client, someone, wait):
    answers = [ask(client, spelling) for spelling in [email, email.upper()] * 5]
    assert {(answer.status_code, answer["location"]) for answer in answers} == {(302, f"{URL}done/")}
    expected = [[someone.email]] if email == someone.email else []
    assert [message.to for message in mail.outbox] == expected
    wait(minutes=15)
    ask(client, email)
    assert [message.to for message in mail.outbox] == expected * 2


def test_there_is_an_end_to_it_each_day(client, someone, wait):
    for number in range(20):
        ask(client, someone.email, place=f"192.0.2.{number}")
        wait(minutes=15)
    assert len(mail.outbox) == RESET_ACCOUNT[1].rate.amount


def test_many_addresses_from_one_place(client):
    tries = RESET_PLACE.rate.amount
    answers = [ask(client, f"person-{number}@beispiel.test") for number in range(tries + 2)]
    assert [answer.status_code for answer in answers] == [302] * tries + [429] * 2
    assert int(answers[-1]["Retry-After"]) <= 3600
    assert "Bitte warten Sie 60 Minuten" in answers[-1].content.decode()
    assert PasswordRequest.objects.count() == 0
    assert ask(client, NOBODY, place="198.51.100.7").status_code == 302


def test_the_mail_speaks_the_persons_language(client, traeger_a, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.beispiel.test"
    for language in ("de", "en"):
        ask(client, UserFactory(role="redaktion", traeger=traeger_a, language=language).email)
    assert [message.subject for message in mail.outbox] == ["Neues Passwort wählen", "Choose a new password"]
    assert "https://portal.beispiel.test/admin/password_reset/confirm/" in mail.outbox[0].body


@pytest.mark.parametrize(("age", "sent"), [(timedelta(hours=1), 1), (KEPT + timedelta(hours=1), 0)])
def test_nobody_waits_for_a_link_for_days(age, sent, client, someone, paused_queue):
    ask(client, someone.email)
    PasswordRequest.objects.update(created_at=timezone.now() - age)
    while run_next():
        pass
    assert len(mail.outbox) == sent
    assert not PasswordRequest.objects.exists()


@pytest.mark.usefixtures("paused_queue")
def test_what_was_asked_for_is_hidden_and_ends(client, someone, traeger_a):
    ask(client, someone.email)
    with web_process(someone, traeger_a):
        assert not PasswordRequest.objects.exists()
    tidy()
    assert (PasswordRequest.objects.count(), AttemptCount.objects.count()) == (1, 3)
    PasswordRequest.objects.update(created_at=timezone.now() - KEPT - timedelta(hours=1))
    AttemptCount.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    tidy()
    assert (PasswordRequest.objects.count(), AttemptCount.objects.count()) == (0, 0)


def test_a_wrong_address_is_said_to_be_none(client):
    answer = ask(client, "keine Adresse")
    assert answer.status_code == 200
    assert not AttemptCount.objects.exists()
