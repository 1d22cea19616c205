"""Logging in on a site, by e-mail address."""

import pytest
from bs4 import BeautifulSoup

from sites.accounts.backend import EmailAuthenticationForm
from sites.models import User
from tests.factories import UserFactory
from tests.factories.people import PASSWORD
from tests.wording import said

LOGIN = "/anmelden/"


@pytest.fixture
def client(traeger_a, client_for):
    return client_for(None, traeger_a)


@pytest.fixture
def someone(traeger_a):
    return UserFactory(role="lesen", traeger=traeger_a, email="lotse@beispiel.test")


def log_in(client, email: str, password: str = PASSWORD, **fields):
    return client.post(LOGIN, {"username": email, "password": password, **fields})


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["lotse@beispiel.test", "Lotse@Beispiel.TEST"])
def test_capitals_in_the_address_do_not_matter(email, client, someone):
    response = log_in(client, email)
    assert (response.status_code, response["location"]) == (302, "/mein-start/")
    assert is_logged_in(client)


def test_what_is_wrong_is_said_without_saying_who_has_an_account(client, someone):
    messages = []
    for email, password in ((someone.email, "falsch"), ("niemand@beispiel.test", PASSWORD)):
        response = log_in(client, email, password)
        assert response.status_code == 200
        assert not is_logged_in(client)
        alert = BeautifulSoup(response.content, "html.parser").select_one("main [role=alert]")
        messages.append(" ".join(alert.get_text(" ").split()))
    assert messages[0] == messages[1]
    assert said(EmailAuthenticationForm.error_messages["invalid_login"]) in messages[0]


def test_people_who_left_cannot_log_in(client, someone):
    User.objects.filter(pk=someone.pk).update(is_active=False)
    log_in(client, someone.email)
    assert not is_logged_in(client)


def test_demo_accounts_are_for_demonstrations(client, traeger_a, settings):
    demo = UserFactory(role="lesen", traeger=traeger_a, email="lotse@caritas.example")
    log_in(client, demo.email)
    assert not is_logged_in(client)
    settings.PORTAL_DEMO = True
    log_in(client, demo.email)
    assert is_logged_in(client)


def test_a_demo_account_that_is_logged_in_is_nobody_outside_a_demo(client, traeger_a, settings):
    settings.PORTAL_DEMO = True
    demo = UserFactory(role="lesen", traeger=traeger_a, email="lotse@caritas.example")
    log_in(client, demo.email)
    assert client.get("/intern/").status_code == 200
    settings.PORTAL_DEMO = False
    assert client.get("/intern/").status_code == 404


def test_an_internal_page_offers_the_login_and_comes_back(client, someone):
    response = client.get("/intern/")
    assert (response.status_code, f'href="{LOGIN}?next=/intern/"' in response.text) == (404, True)
    assert log_in(client, someone.email, next="/intern/")["location"] == "/intern/"
    assert client.get("/intern/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://fremd.beispiel.test/", "//fremd.beispiel.test/", "javascript:alert(1)"]
)
def test_the_login_leads_to_no_other_site(target, client, someone):
    assert log_in(client, someone.email, next=target)["location"] == "/mein-start/"


def test_who_is_logged_in_needs_no_login(someone, traeger_a, client_for):
    assert client_for(someone, traeger_a).get(LOGIN).status_code == 302


def test_logging_out_needs_a_button(someone, traeger_a, client_for):
    """A link could be hidden in a picture; then others could log people out."""
    client = client_for(someone, traeger_a)
    assert client.get("/abmelden/").status_code == 405
    assert is_logged_in(client)
    assert client.post("/abmelden/").status_code == 302
    assert not is_logged_in(client)


def test_who_has_forgotten_the_password_is_led_to_a_new_one(client):
    page = BeautifulSoup(client.get(LOGIN).content, "html.parser")
    link = page.find("a", string="Neues Passwort wählen")
    assert client.get(link["href"]).status_code == 200
