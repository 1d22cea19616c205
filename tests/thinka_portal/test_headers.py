"""What every answer tells browsers not to do, whoever makes it."""

import base64
import re
from hashlib import sha256

import pytest
from django.test import Client

from sites.access.roles import REDAKTION
from tests.factories import ContentPageFactory, DocumentFactory
from tests.home.editing import form_values
from tests.thinka_portal.no_database import answer_without_database

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
SWITCHED_OFF = ("camera", "microphone", "geolocation", "payment", "usb")
CSP = "Content-Security-Policy"


def directives(response) -> dict[str, str]:
    """Return the policy of an answer by directive, after a look at the headers that all answers have."""
    for name, value in ALWAYS.items():
        assert response[name] == value, name
    for feature in SWITCHED_OFF:
        assert f"{feature}=()" in response["Permissions-Policy"]
    return dict(part.split(" ", 1) for part in response[CSP].split("; "))


def assert_strict(policy: dict[str, str]) -> None:
    assert policy["default-src"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["script-src"] == policy["form-action"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in policy["style-src"]
    assert policy["img-src"] == "'self' data:"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/anmelden/", 200),
        ("/suche/?q=Angebot", 200),
        ("/gibt-es-nicht/", 404),
        ("/static/gibt-es-nicht.css", 404),
        ("/farben-0b6570.css", 200),
        ("/robots.txt", 200),
        ("/sitemap.xml", 200),
        ("/angebote", 301),
        ("/termine/feed/", 200),
    ],
)
def test_the_sites(path, status, traeger_a, client_for):
    response = client_for(None, traeger_a).get(path)
    assert response.status_code == status
    policy = directives(response)
    assert_strict(policy)
    assert policy["frame-ancestors"] == "'none'"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/images/", "/admin/gibt-es-nicht/"])
def test_the_editing_area(path, person, traeger_a, client_for):
    """Scripts as strictly as on the sites; its text editor writes style sheets into the page."""
    policy = directives(client_for(person(REDAKTION, traeger_a), traeger_a).get(path))
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["default-src"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["frame-ancestors"] == "'none'"


def test_a_preview_may_be_shown_beside_the_editor(person, traeger_a, client_for):
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    edit = f"/admin/pages/{page.pk}/edit/"
    client.post(f"{edit}preview/", form_values(client, edit) | {"body-count": 0})
    response = client.get(f"{edit}preview/")
    assert page.title in response.content.decode()
    policy = directives(response)
    assert_strict(policy)
    assert policy["frame-ancestors"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_without_a_database(traeger_a, client_for):
    """The plain page brings its style sheet along, and the policy knows exactly that one."""
    response = answer_without_database(client_for(None, traeger_a))
    assert response.status_code == 503
    policy = directives(response)
    assert_strict(policy)
    style = re.search(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL).group(1)
    assert policy["style-src"].split() == [
        "'self'",
        f"'sha256-{base64.b64encode(sha256(style.encode()).digest()).decode()}'",
    ]


@pytest.mark.usefixtures("world")
def test_what_is_refused_before_anything_else(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.SECURE_SSL_REDIRECT = True
    response = Client(headers={"host": "fremd.beispiel.test"}).get("/")
    assert response.status_code == 400
    assert_strict(directives(response))


def test_a_form_without_its_token(traeger_a):
    client = Client(enforce_csrf_checks=True, headers={"host": traeger_a.site.hostname})
    response = client.post("/anmelden/", {})
    assert response.status_code == 403
    assert_strict(directives(response))


@pytest.mark.parametrize(("shown", "reach"), [(True, "cross-origin"), (False, "same-site")])
def test_files_keep_their_own_policy(shown, reach, person, traeger_a, client_for):
    """Nothing in them runs. Another site of the portal may play a film, and only public ones everybody."""
    document = DocumentFactory(traeger=traeger_a, shown=shown)
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    response = client.get(f"/dokumente/{document.pk}/{document.filename}")
    assert response.status_code == 200
    policy = dict(part.partition(" ")[::2] for part in response[CSP].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert "script-src" not in policy
    assert "sandbox" in policy or response["Content-Disposition"].startswith("inline")
    assert response["Cross-Origin-Resource-Policy"] == reach


def test_static_files(traeger_a, client_for, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    response = client_for(None, traeger_a).get("/static/favicon.svg")
    assert response.status_code == 200
    assert_strict(directives(response))


def test_films_may_lie_on_every_host_of_the_installation(settings):
    from thinka_portal.headers import policies

    settings.PORTAL_DOMAIN = "portal.beispiel.test"
    settings.ALLOWED_HOSTS = ["portal.beispiel.test", ".portal.beispiel.test", "traeger.test", "[::1]", "*"]
    for policy in policies():
        assert policy["media-src"] == (
            "'self' portal.beispiel.test:* *.portal.beispiel.test:* traeger.test:*"
        )
