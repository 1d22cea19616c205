"""What is told to programs that watch the portal, and to whom."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from search.indexing import drain
from search.meaning import model, storage
from sites.jobs import lags, signs
from sites.models import Job, SignOfLife
from tests.factories import ContentPageFactory
from thinka_portal.availability import health, middleware
from thinka_portal.availability.gate import Closed

pytestmark = pytest.mark.django_db

LIVE, READY = "/_health/live", "/_health/ready"
STRANGER = "192.0.2.7"


@pytest.fixture
def working():
    """The background service has just given a sign of life."""
    return SignOfLife.objects.create(name=signs.NAME, at=timezone.now(), lags={"jobs": 3})


@pytest.fixture
def gate(monkeypatch, settings):
    """`gate(Closed(…))` lets the gate be closed; here, other than in a web process, it is not asked."""

    def close(closed: Closed | None) -> None:
        settings.PORTAL_WEB_PROCESS = True
        monkeypatch.setattr(health.gate, "closed", lambda: closed)
        assert middleware.gate is health.gate

    return close


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("path", [LIVE, READY])
@pytest.mark.parametrize("host", ["fremd.beispiel.test", "192.0.2.1", "[::1]:8000", "_"])
def test_every_host_is_answered_without_https_or_a_session(path, host, settings):
    settings.ALLOWED_HOSTS = ["nur.dieser.test"]
    settings.SECURE_SSL_REDIRECT = True
    response = Client(headers={"host": host}).get(path)
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("path", [LIVE, READY])
@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_nothing_can_be_sent(path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path", ["/_health", "/_health/", "/_health/live/", "/_health/ready/x", "/en/_health/live"]
)
def test_other_addresses_are_of_the_site(path, client_for, traeger_a):
    response = client_for(None, traeger_a).get(path, follow=True)
    assert response.status_code == 404
    assert traeger_a.name in response.content.decode()


def test_it_is_alive_without_a_database(gate):
    gate(Closed("database", "no route to host"))
    assert Client().get(LIVE).json() == {"status": "ok"}


@pytest.mark.parametrize("part", ["database", "rls"])
def test_who_can_not_be_served_is_not_ready(part, gate, working):
    gate(Closed(part, "because"))
    response = Client().get(READY)
    assert response.status_code == 503
    assert response.json()["checks"][part] == {"ok": False, "why": "because"}
    gate(None)
    assert Client().get(READY).status_code == 200


def test_while_the_gate_is_closed_pages_say_so(gate, traeger_a, client_for):
    gate(Closed("database", "no route to host"))
    response = client_for(None, traeger_a).get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response["Cache-Control"] == "no-store"
    assert "Das Portal ist gerade nicht erreichbar" in response.content.decode()
    assert "no route" not in response.content.decode()


def checks(**address) -> dict:
    return Client().get(READY, **address).json().get("checks")


DETAILS = [
    ({"REMOTE_ADDR": "127.0.0.1"}, True),
    ({"REMOTE_ADDR": "127.8.8.8"}, True),
    ({"REMOTE_ADDR": "::1"}, True),
    ({"REMOTE_ADDR": STRANGER}, False),
    ({"REMOTE_ADDR": ""}, False),
    *(({"REMOTE_ADDR": "127.0.0.1", name: "x"}, False) for name in health.FORWARDED),
    ({"REMOTE_ADDR": STRANGER, "HTTP_AUTHORIZATION": "Bearer geheim-47"}, True),
    ({"REMOTE_ADDR": STRANGER, "HTTP_AUTHORIZATION": "Bearer geheim-48"}, False),
    ({"REMOTE_ADDR": STRANGER, "HTTP_AUTHORIZATION": "Bearer "}, False),
    ({"REMOTE_ADDR": STRANGER, "HTTP_AUTHORIZATION": "Bearer ü"}, False),
    ({"REMOTE_ADDR": STRANGER, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
]


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(("address", "told"), DETAILS)
def test_who_is_told_details(address, told, monkeypatch):
    monkeypatch.setenv("PORTAL_HEALTH_TOKEN", "geheim-47")
    assert bool(checks(**address)) is told


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer"])
def test_without_a_token_there_is_none_to_guess(given, monkeypatch):
    monkeypatch.delenv("PORTAL_HEALTH_TOKEN", raising=False)
    assert checks(REMOTE_ADDR=STRANGER, HTTP_AUTHORIZATION=given) is None


def test_a_background_service_that_never_was():
    assert Client().get(READY).status_code == 503
    assert "never" in checks()["worker"]["why"]
    assert Client().get(READY, {"only": "web"}).status_code == 200


def test_a_background_service_that_has_fallen_silent(working):
    SignOfLife.objects.update(at=timezone.now() - health.SILENCE - timedelta(seconds=5))
    assert Client().get(READY).status_code == 503
    assert checks()["worker"]["last_sign_seconds"] >= 65


@pytest.mark.parametrize("name", lags.LAGS)
def test_a_queue_that_waits_too_long(name, working):
    limit = lags.LAGS[name].limit.total_seconds()
    SignOfLife.objects.update(lags={name: limit})
    assert Client().get(READY).status_code == 200
    SignOfLife.objects.update(lags={name: limit + 1})
    assert Client().get(READY).status_code == 503
    assert checks()[name] == {"ok": False, "lag_seconds": limit + 1}


def test_a_sign_of_life_says_what_is_waiting(person, traeger_a, monkeypatch):
    monkeypatch.setattr(signs, "_next", 0.0)
    drain()
    signs.give()
    assert signs.last().lags == dict.fromkeys(lags.LAGS, 0)
    user = person("leitung", traeger_a)
    job = Job.objects.create(user=user, kind="move", title="X", total=9, fingerprint="x")
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=3))
    assert lags.seconds()["jobs"] >= 180
    signs.give()
    assert signs.last().lags["jobs"] == 0, "one sign in ten seconds"


def test_a_publication_that_nobody_performs_is_waiting(traeger_a):
    page = traeger_a.site.root_page.specific
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=4))
    assert lags.seconds()["publishing"] >= 240
    page.save_revision(approved_go_live_at=timezone.now() + timedelta(minutes=4))
    assert lags.seconds()["publishing"] >= 240


def test_a_withdrawal_that_nobody_performs_is_waiting(traeger_a):
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=5))
    assert lags.seconds()["publishing"] >= 300
    Page.objects.filter(pk=page.pk).update(live=False)
    assert lags.seconds()["publishing"] == 0


@pytest.mark.usefixtures("working")
class TestTheSearchByMeaning:
    def test_it_may_be_switched_off(self):
        assert Client().get(READY).status_code == 200
        assert checks()["search_semantic"] == {"ok": True, "on": False}

    @pytest.mark.parametrize(("why", "status"), [("", 200), ("The model can't be loaded.", 503)])
    def test_where_it_can_not_be_had_that_is_said(self, why, status, settings, monkeypatch):
        settings.SEARCH_SEMANTIC = True
        monkeypatch.setattr(model, "trouble", lambda: why)
        monkeypatch.setattr(storage, "ready", lambda: True)
        assert Client().get(READY).status_code == status
        assert checks()["search_semantic"] == ({"ok": False, "why": why} if why else {"ok": True, "on": True})
        assert Client().get(READY, {"only": "web"}).status_code == 200

    def test_so_it_is_without_the_extension(self, settings, monkeypatch):
        settings.SEARCH_SEMANTIC = True
        monkeypatch.setattr(model, "trouble", lambda: "")
        monkeypatch.setattr(storage, "ready", lambda: False)
        assert Client().get(READY).status_code == 503
        assert "CREATE EXTENSION vector" in checks()["search_semantic"]["why"]


@pytest.mark.usefixtures("working")
def test_it_costs_one_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        Client().get(READY)
    with django_assert_num_queries(0):
        Client().get(LIVE)
