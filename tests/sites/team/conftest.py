"""A team with its head, who is signed in, and the links in mails."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from sites.access.roles import LEITUNG, REDAKTION
from sites.models import User

# Hard enough to guess for the rules of real accounts.
PASSWORD = "Geranie-Schachbrett-Nebelhorn-7"
LINK = re.compile(r"https?://[^/]+(/einladung/\S+)")


def link_of(message) -> str:
    """Return the path of the link in an invitation."""
    return LINK.search(message.body)[1]


def roles_of(user, traeger) -> set[str]:
    """Return the roles that the database has for somebody in a Träger."""
    found = User.groups.through.objects.filter(user=user, group__traeger_role__traeger=traeger)
    return set(found.values_list("group__traeger_role__role", flat=True))


@pytest.fixture
def head(person, traeger_a) -> User:
    return person(LEITUNG, traeger_a)


@pytest.fixture
def editor(person, traeger_a) -> User:
    return person(REDAKTION, traeger_a)


@pytest.fixture
def client(head, traeger_a, client_for):
    return client_for(head, traeger_a)


@pytest.fixture
def team(traeger_a) -> str:
    return reverse("portal_team", args=[traeger_a.pk])


@pytest.fixture
def invite(client, team):
    """`invite("neu@beispiel.test", "redaktion")` → the path of the link in the mail."""

    def send(email: str, role: str = REDAKTION) -> str:
        before = len(mail.outbox)
        assert client.post(team, {"email": email, "role": role}).status_code == 302
        (message,) = mail.outbox[before:]
        assert message.to == [email.lower()]
        return link_of(message)

    return send


@pytest.fixture
def guest(traeger_a, client_for):
    """A browser in which nobody is signed in."""
    return client_for(None, traeger_a)


@pytest.fixture
def join(guest):
    """`join(link)` → the answer to the filled form of a new account."""

    def send(link: str, client=None, **values):
        names = {"first_name": "Beispiel", "last_name": "Neu"}
        form = {**names, "password": PASSWORD, "again": PASSWORD, **values}
        return (client or guest).post(link, form)

    return send
