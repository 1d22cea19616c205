"""Whoever changes a password: its owner hears of it."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from sites.models import User
from tests.factories import UserFactory
from tests.factories.people import PASSWORD

NEW = "drei-neue-Woerter-hier"
SUBJECT = "Ihr Passwort wurde geändert"


def notices() -> list[list[str]]:
    return [message.to for message in mail.outbox if message.subject == SUBJECT]


def test_by_reset(someone, traeger_a, client_for):
    client = client_for(None, traeger_a)
    client.post("/admin/password_reset/", {"email": someone.email})
    (link,) = [word for word in mail.outbox[0].body.split() if "/confirm/" in word]
    path = client.get(link[link.index("/admin") :], follow=True).redirect_chain[-1][0]
    assert client.post(path, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert notices() == [[someone.email]]


def test_by_an_administrator(someone, coordination, client_for):
    client = client_for(UserFactory(is_superuser=True), coordination)
    url = reverse("wagtailusers_users:edit", args=[someone.pk])
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value()}
    values = {name: value for name, value in values.items() if not name.startswith("password")}
    assert client.post(url, values).status_code == 302
    assert notices() == []
    assert client.post(url, values | {"password1": NEW, "password2": NEW}).status_code == 302
    assert notices() == [[someone.email]]


def test_by_a_command(someone, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", someone.email, verbosity=0)
    assert notices() == [[someone.email]]


@pytest.mark.parametrize(("language", "subject"), [("de", SUBJECT), ("en", "Your password was changed")])
def test_in_the_persons_language(language, subject, traeger_a, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.beispiel.test"
    user = UserFactory(role="redaktion", traeger=traeger_a, language=language, first_name="Jo & Co")
    user.set_password(NEW)
    user.save()
    (message,) = mail.outbox
    assert (message.subject, message.to) == (subject, [user.email])
    assert "Jo & Co" in message.body
    assert "https://portal.beispiel.test/admin/password_reset/" in message.body
    assert NEW not in message.body


def test_not_for_a_new_account(traeger_a):
    User.objects.create_user("neu@beispiel.test", NEW)
    assert mail.outbox == []


def test_not_where_only_the_digest_is_made_anew(someone, settings):
    """At a sign-in after an update of Django: the password is the same."""

    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    before = someone.password
    assert someone.check_password(PASSWORD)
    someone.refresh_from_db()
    assert someone.password != before
    assert mail.outbox == []


def test_not_where_the_password_is_not_stored(someone):
    someone.set_password(NEW)
    someone.save(update_fields=["first_name"])
    assert mail.outbox == []
