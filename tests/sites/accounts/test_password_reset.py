"""Who has forgotten the password gets a link, and nobody is told who has an account."""

import re

import pytest
from django.core import mail

from sites.models import User
from tests.factories import UserFactory

URL = "/admin/password_reset/"
NEW = "ein-neues-langes-passwort"


@pytest.fixture
def client(traeger_a, client_for):
    return client_for(None, traeger_a)


def link(message) -> str:
    return re.search(r"https?://[^/]+(/admin/password_reset/confirm/\S+)", message.body).group(1)


def test_from_the_link_to_the_new_password(client, traeger_a, person):
    user = person("redaktion", traeger_a, email="lotse@beispiel.test")
    assert client.post(URL, {"email": "Lotse@beispiel.test"}).status_code == 302
    (message,) = mail.outbox
    assert message.to == [user.email]
    form = client.get(link(message), follow=True)
    assert form.status_code == 200
    path = form.redirect_chain[-1][0]
    assert client.post(path, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(NEW)
    # The link works once, and changing the password logged nobody in.
    assert "new_password1" not in client.get(link(message), follow=True).content.decode()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("email", ["niemand@beispiel.test", "aus@beispiel.test"])
def test_nobody_is_told_who_has_an_account(client, email):
    UserFactory(email="aus@beispiel.test", is_active=False)
    UserFactory(email="lotse@beispiel.test")
    answers = [client.post(URL, {"email": each}) for each in (email, "lotse@beispiel.test")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [["lotse@beispiel.test"]]


@pytest.mark.parametrize("address", ["MQ/x-y", "%20/x-y", "w6Q/x-y", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x-y"])
def test_a_wrong_link_shows_no_form(client, address):
    answer = client.get(f"{URL}confirm/{address}/")
    assert answer.status_code == 200
    assert "new_password1" not in answer.content.decode()
