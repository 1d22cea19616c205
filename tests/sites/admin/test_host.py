"""The editing area with and without a host of its own."""

import pytest
from django.core import mail

from sites.access.roles import LESEN, REDAKTION
from tests.factories import ContentPageFactory
from tests.factories.people import PASSWORD
from tests.home.editing import form_values

pytestmark = pytest.mark.django_db

ORIGIN = "http://redaktion.localhost:8000"
HOST = "redaktion.localhost:8000"


@pytest.fixture
def own_host(settings):
    settings.PORTAL_ADMIN_ORIGIN = settings.WAGTAILADMIN_BASE_URL = ORIGIN


@pytest.fixture
def editor(traeger_a, person):
    return person(REDAKTION, traeger_a)


@pytest.fixture
def page(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page, title="Beispielseite")


def test_without_one_it_answers_on_each_site(editor, traeger_a, client_for, page):
    client = client_for(editor, traeger_a)
    assert client.get("/admin/").status_code == 200
    html = client.get(page.get_url_parts()[2]).content.decode()
    assert 'href="/admin/"' in html
    assert f'href="/admin/pages/{page.pk}/edit/"' in html


@pytest.mark.usefixtures("own_host")
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/", "/admin/gibt-es-nicht/"])
def test_on_other_hosts_it_is_not_there(path, editor, traeger_a, client_for):
    for user in (None, editor):
        assert client_for(user, traeger_a).get(path).status_code == 404


@pytest.mark.usefixtures("own_host")
def test_it_answers_on_its_own_host(editor, client_for, page):
    client = client_for(editor, HOST)
    assert client.get("/admin/").status_code == 200
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    response = client.get("/")
    assert (response.status_code, response["location"]) == (302, "/admin/")


@pytest.mark.usefixtures("own_host")
def test_the_login_of_its_own_host_is_that_of_the_editing_area(editor, client_for):
    client = client_for(None, HOST)
    response = client.get("/admin/")
    assert response["location"] == "/admin/login/?next=/admin/"
    client.post("/admin/login/", {"username": editor.email, "password": PASSWORD})
    assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("own_host")
@pytest.mark.parametrize("path", ["/angebote/", "/suche/", "/anmelden/", "/dokumente/1/x.pdf", "/termine/"])
def test_there_are_no_pages_of_sites_on_it(path, editor, client_for):
    assert client_for(editor, HOST).get(path).status_code == 404


@pytest.mark.usefixtures("own_host")
def test_files_and_colours_of_previews_are_there(editor, client_for):
    client = client_for(editor, HOST)
    assert client.get("/farben-0b6570.css").status_code == 200
    assert client.get("/robots.txt").status_code == 200


@pytest.mark.usefixtures("own_host")
def test_its_login_leads_readers_to_where_staff_begin(person, traeger_a, knowledge, client_for):
    client = client_for(None, HOST)
    client.post("/admin/login/", {"username": person(LESEN, traeger_a).email, "password": PASSWORD})
    response = client.get("/mein-start/")
    assert (response.status_code, response["location"]) == (302, f"{knowledge.site.root_url}/")


def test_a_site_may_have_the_same_host(editor, traeger_a, client_for, settings):
    settings.PORTAL_ADMIN_ORIGIN = f"http://{traeger_a.site.hostname}:{traeger_a.site.port}"
    client = client_for(editor, traeger_a)
    assert client.get("/admin/").status_code == 200
    assert client.get("/angebote/").status_code == 200
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("own_host")
def test_the_sites_lead_to_it(editor, traeger_a, client_for, page):
    html = client_for(editor, traeger_a).get(page.get_url_parts()[2]).content.decode()
    assert f'href="{ORIGIN}/admin/"' in html
    assert f'href="{ORIGIN}/admin/pages/{page.pk}/edit/"' in html
    assert 'href="/admin/' not in html
    assert f"//{traeger_a.site.hostname}:{traeger_a.site.port}/admin/" not in html
    html = client_for(None, traeger_a).get("/anmelden/").content.decode()
    assert f'href="{ORIGIN}/admin/password_reset/"' in html


@pytest.mark.usefixtures("own_host")
def test_a_preview_shows_the_page_there(editor, client_for, page, traeger_a):
    client = client_for(editor, HOST)
    url = f"/admin/pages/{page.pk}/edit/preview/"
    client.post(url, form_values(client, f"/admin/pages/{page.pk}/edit/") | {"body-count": 0})
    response = client.get(url)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Beispielseite" in html
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    # The next request is for the editing area again.
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.usefixtures("own_host")
def test_mails_lead_to_it(editor, client_for):
    client_for(None, HOST).post("/admin/password_reset/", {"email": editor.email})
    assert f"{ORIGIN}/admin/password_reset/confirm/" in mail.outbox[0].body


@pytest.mark.usefixtures("own_host")
def test_each_site_has_its_own_login(editor, traeger_a, client_for):
    client = client_for(None, traeger_a)
    response = client.post("/anmelden/", {"username": editor.email, "password": PASSWORD})
    assert response.status_code == 302
    assert not client.cookies["sessionid"]["domain"]
