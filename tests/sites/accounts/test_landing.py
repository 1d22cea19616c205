"""Where somebody lands who signs in: readers where staff begin, all others as ever; a `next` always wins."""

import pytest

from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import UserFactory
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
START, ADMINISTRATOR = "/mein-start/", "administrator"
LANDINGS = {
    LESEN: (START, START),
    REDAKTION: ("/", "/admin/"),
    FREIGABE: ("/", "/admin/"),
    LEITUNG: ("/", "/admin/"),
    ADMINISTRATOR: ("/", "/admin/"),
}
LOGINS = ("/anmelden/", "/admin/login/")


@pytest.fixture
def sign_in(traeger_a, client_for):
    def sign_in(role: str, login: str, **fields):
        who = {"admin": True} if role == ADMINISTRATOR else {"role": role, "traeger": traeger_a}
        user = UserFactory(**who)
        client = client_for(None, traeger_a)
        return client, client.post(login, {"username": user.email, "password": PASSWORD, **fields})

    return sign_in


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("role", LANDINGS)
def test_the_landing_is_that_of_the_role(role, login, sign_in):
    _client, response = sign_in(role, login)
    expected = LANDINGS[role][LOGINS.index(login)]
    assert (response.status_code, response["location"]) == (302, expected)


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("role", LANDINGS)
def test_a_next_wins(role, login, sign_in):
    _client, response = sign_in(role, login, next="/angebote/")
    assert response["location"] == "/angebote/"


def test_people_without_any_role_land_where_readers_do(traeger_a, client_for):
    user = UserFactory()
    response = client_for(None, traeger_a).post(
        "/anmelden/", {"username": user.email, "password": PASSWORD}, follow=True
    )
    assert response.redirect_chain == [(START, 302)]
    assert response.status_code == 200


def test_who_is_signed_in_already_lands_there_too(traeger_a, person, client_for):
    answers = [client_for(person(role, traeger_a), traeger_a).get("/anmelden/") for role in (LESEN, LEITUNG)]
    assert [answer["location"] for answer in answers] == [START, "/"]
