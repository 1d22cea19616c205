"""Choosing light or dark."""

import pytest
from django.test import Client

from thinka_portal.views import THEME_COOKIE

# Every request tells the database who is asking.
pytestmark = pytest.mark.django_db


def choose(**data):
    return Client(enforce_csrf_checks=True).post("/darstellung/", data)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_choice_is_remembered(theme):
    response = choose(theme=theme, next="/angebote/?topic=wohnen")
    assert response.status_code == 302
    assert response["Location"] == "/angebote/?topic=wohnen"
    assert response.cookies[THEME_COOKIE].value == theme


@pytest.mark.parametrize("theme", ["auto", "", "blue"])
def test_anything_else_follows_the_device_again(theme):
    response = choose(theme=theme, next="/")
    assert response.cookies[THEME_COOKIE].value == ""
    assert response.cookies[THEME_COOKIE]["max-age"] == 0


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org/", "javascript:alert(1)", "", "/\\example.org"]
)
def test_it_never_leads_to_another_host(target):
    assert choose(theme="dark", next=target)["Location"] == "/"


def test_it_is_not_a_page():
    assert Client().get("/darstellung/").status_code == 405
