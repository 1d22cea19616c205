"""What people see when something is not there or broken."""

from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.views.defaults import permission_denied

from tests.factories import ContentPageFactory
from tests.thinka_portal.no_database import answer_without_database

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def ways_on(response) -> list[str]:
    """Return where the buttons of an error page lead."""
    return [link["href"] for link in BeautifulSoup(response.content, "html.parser").select("main .kern-btn")]


def test_a_page_that_is_not_there_looks_like_the_site(traeger_a, client_for):
    response = client_for(None, traeger_a).get("/gibt-es-nicht/")
    assert response.status_code == 404
    assert traeger_a.name in text(response)
    assert 'name="robots" content="noindex"' in text(response)
    assert 'href="/angebote/"' in text(response)
    assert ways_on(response) == ["/", "/suche/"]


def test_a_draft_is_not_there(traeger_a, client_for):
    page = ContentPageFactory(parent=traeger_a.site.root_page, draft=True)
    assert client_for(None, traeger_a).get(f"/{page.slug}/").status_code == 404


def test_a_scheduled_page_is_not_there_yet(traeger_a, client_for):
    page = ContentPageFactory(parent=traeger_a.site.root_page, scheduled=True)
    assert page.scheduled_revision
    assert client_for(None, traeger_a).get(f"/{page.slug}/").status_code == 404


def test_an_address_without_slash_leads_to_the_one_with_it(traeger_a, client_for):
    response = client_for(None, traeger_a).get("/angebote")
    assert (response.status_code, response["location"]) == (301, "/angebote/")


@pytest.mark.usefixtures("world")
def test_an_unknown_host_shows_the_portal_of_the_coordination_office(coordination):
    """The default site answers, and no page of a Träger does."""
    client = Client(headers={"host": "unbekannt.localhost:8000"})
    response = client.get("/")
    assert response.status_code == 200
    assert coordination.name in text(response)
    assert client.get("/angebote/").status_code == 404


@pytest.mark.usefixtures("world")
def test_a_host_that_no_installation_has_is_refused(settings):
    settings.ALLOWED_HOSTS = ["localhost", ".localhost"]
    assert Client(headers={"host": "fremd.beispiel.test"}).get("/").status_code == 400


def test_without_a_database_there_is_still_a_page(traeger_a, client_for):
    response = answer_without_database(client_for(None, traeger_a))
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Das Portal ist gerade nicht erreichbar" in text(response)
    assert "the server is down" not in text(response)


def test_what_is_broken_for_good_does_not_ask_to_come_back(traeger_a, client_for):
    client = client_for(None, traeger_a)
    client.raise_request_exception = False
    with patch.object(CursorWrapper, "execute", side_effect=ProgrammingError("no such column")):
        response = client.get("/")
    assert response.status_code == 500
    assert "Hier ist etwas schiefgegangen" in text(response)
    assert "no such column" not in text(response)


@pytest.mark.parametrize("path", ["/anmelden/", "/admin/login/"])
def test_a_form_without_its_token_says_what_to_do(path, traeger_a):
    client = Client(enforce_csrf_checks=True, headers={"host": traeger_a.site.hostname})
    response = client.post(path, {})
    assert response.status_code == 403
    assert "Dieses Formular gilt nicht mehr" in text(response)
    assert "kern.css" in text(response)


def test_what_is_not_allowed_is_said_in_the_look_of_the_site(traeger_a, client_for):
    request = client_for(None, traeger_a).get("/").wsgi_request
    response = permission_denied(request, PermissionDenied())
    assert response.status_code == 403
    assert "Das dürfen Sie hier nicht" in text(response)
    assert "kern.css" in text(response)
    assert ways_on(response) == ["/", "/suche/"]


@pytest.mark.usefixtures("world")
def test_a_request_that_makes_no_sense_is_answered_in_german(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    response = Client(headers={"host": "fremd.beispiel.test"}).get("/")
    assert response.status_code == 400
    assert "Das haben wir nicht verstanden" in text(response)
