"""Both logins ask for the e-mail address and lead on."""

import pytest

from sites.access.roles import LESEN, REDAKTION
from tests.factories.people import PASSWORD
from tests.wording import said


@pytest.mark.parametrize("url", ["/admin/login/", "/anmelden/"])
def test_the_login_asks_for_the_address(url, traeger_a, client_for):
    text = client_for(None, traeger_a).get(url).content.decode()
    assert said("E-mail address") in text
    assert 'type="email"' in text


@pytest.mark.parametrize("url", ["/admin/login/", "/anmelden/"])
def test_logging_in_leads_to_the_editing_area(url, traeger_a, person, client_for):
    user = person(REDAKTION, traeger_a)
    client = client_for(None, traeger_a)
    values = {"username": user.email.upper(), "password": PASSWORD, "next": "/admin/images/"}
    response = client.post(url, values)
    assert (response.status_code, response["location"]) == (302, "/admin/images/")


@pytest.mark.parametrize("url", ["/admin/login/", "/anmelden/"])
def test_a_wrong_password_is_said_clearly(url, traeger_a, person, client_for):
    user = person(REDAKTION, traeger_a)
    response = client_for(None, traeger_a).post(url, {"username": user.email, "password": "falsch"})
    assert "invalid_login" in [error.code for error in response.context["form"].non_field_errors().as_data()]


def test_readers_are_told_and_not_sent_in_circles(traeger_a, person, client_for):
    client = client_for(person(LESEN, traeger_a), traeger_a)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 200
    assert len(response.redirect_chain) == 1
