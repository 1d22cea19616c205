"""What a phone keeps: all that its person may read and nothing else, for no longer than their session."""

from datetime import time

import pytest
from django.conf import settings

from home.models import AnlaufstelleIndexPage, AnlaufstellePage, OfferIndexPage, OfferPage
from knowledge.models import PartnerIndexPage, PartnerPage, StaffNote
from knowledge.models.partner import PartnerInterval, PartnerService
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.accounts.device import COOKIE
from sites.rls.identity import SITE
from tests.factories import (
    AnlaufstellePageFactory,
    OfferPageFactory,
    PartnerPageFactory,
    SozialraumFactory,
    TopicFactory,
    UserFactory,
)
from tests.sites.grants.granting import grant
from tests.sites.rls.oracle import Oracle
from tests.world import list_page

SAVED, NOTE = "/wegweiser/daten/", "Nur unter uns gesagt"


@pytest.fixture
def terms(db):
    return {
        "debts": TopicFactory(name="Schulden", slug="schulden"),
        "rieth": SozialraumFactory(name="Rieth", slug="rieth"),
    }


@pytest.fixture
def entries(traeger_a, traeger_b, knowledge, terms):
    """Of each kind a public one, one for its own people, and a draft; a partner with a note for staff."""
    for traeger in (traeger_a, traeger_b):
        offices, offers = list_page(traeger, AnlaufstelleIndexPage), list_page(traeger, OfferIndexPage)
        office = AnlaufstellePageFactory(parent=offices, sozialraum=terms["rieth"], phone="+49 30 23125 100")
        AnlaufstellePageFactory(parent=offices, internal=True)
        OfferPageFactory(parent=offers, anlaufstelle=office, topics=[terms["debts"]])
        OfferPageFactory(parent=offers, internal=True)
        OfferPageFactory(parent=offers, draft=True)
    partners = list_page(knowledge, PartnerIndexPage)
    partner = PartnerPageFactory(
        parent=partners,
        slug="schuldnerberatung",
        topics=[terms["debts"]],
        services=[PartnerService(title="Mietschulden", topic=terms["debts"], languages=["ar"], free=True)],
        intervals=[PartnerInterval(weekday=0, opens=time(9), closes=time(12, 30))],
    )
    StaffNote.objects.create(page=partner, text=NOTE)
    PartnerPageFactory(parent=partners, slug="intern", internal=True)
    PartnerPageFactory(parent=partners, slug="entwurf", draft=True)
    return partner


@pytest.fixture
def people(traeger_a, traeger_b, coordination, knowledge, entries, person):
    guest = UserFactory()
    hidden = OfferPage.objects.live().filter(path__startswith=traeger_b.folder.path).latest("pk")
    grant(guest, hidden.page_ptr, "view")
    return {
        "reader": person(LESEN, traeger_a),
        "editor": person(REDAKTION, traeger_a),
        "head": person(LEITUNG, traeger_b),
        "coordination": person(LEITUNG, coordination),
        "reader of the knowledge base": person(LESEN, knowledge),
        "head of the knowledge base": person(LEITUNG, knowledge),
        "without a role": UserFactory(),
        "guest": guest,
    }


def pages_of(response) -> set[int]:
    assert response.status_code == 200
    return {place["page"] for place in response.json()["places"]}


def test_everybody_keeps_exactly_what_they_may_read(people, traeger_a, traeger_b, knowledge, client_for):
    oracle = Oracle()
    kinds = (PartnerPage, OfferPage, AnlaufstellePage)
    entries = [page for kind in kinds for page in kind.objects.filter(live=True)]
    differing = set()
    for name, user in people.items():
        mine = oracle.principals(user, user.groups.all(), SITE)
        readable = {page.pk for page in entries if not mine.isdisjoint(oracle.readers(page))}
        for where in (traeger_a, traeger_b, knowledge):
            response = client_for(user, where).get(SAVED)
            assert pages_of(response) == readable, (name, where)
            assert NOTE not in response.content.decode()
        differing.add(frozenset(readable))
    assert len(differing) > 4, "the people are different"
    visible = {page.pk for page in entries if "public" in oracle.readers(page)}
    assert visible
    assert all(visible <= each for each in differing)
    assert sum(visible < each for each in differing) > 3


def test_it_is_what_the_page_shows(entries, knowledge, client_for):
    client = client_for(UserFactory(), knowledge)
    body = client.get(SAVED).json()
    place = next(each for each in body["places"] if each["page"] == entries.pk)
    assert place["title"] == entries.title
    assert place["url"] == entries.get_url_parts()[2]
    assert place["services"] == [[["schulden"], ["ar"], ["free"]]]
    assert place["hours"] == {"holidays": 1, "intervals": [[0, "09:00", "12:30", 0]], "exceptions": []}
    assert body["labels"]["topic"] == {"schulden": "Schulden"}
    assert len(body["holidays"]) > 11
    office = next(each for each in body["places"] if "phones" in each and each["kind"] == "office")
    assert office["phones"] == [["+49 30 23125 100"]]
    assert office["sozialraeume"] == ["rieth"]


def test_visitors_get_nothing_to_keep(entries, traeger_a, client_for):
    response = client_for(None, traeger_a).get(SAVED)
    assert response.status_code == 401
    assert response.content == b""
    assert "no-store" in response["Cache-Control"]
    assert COOKIE not in response.cookies
    page = client_for(None, traeger_a).get("/wegweiser/")
    assert COOKIE not in page.cookies
    assert b"wegweiser-geraet" not in page.content


def test_what_has_not_changed_costs_little(entries, knowledge, client_for):
    client = client_for(UserFactory(), knowledge)
    first = client.get(SAVED, headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert first["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    again = client.get(SAVED, headers={"if-none-match": first["ETag"], "accept-encoding": "gzip"})
    assert (again.status_code, again.content) == (304, b"")
    entries.phone = "+49 30 23125 200"
    entries.save_revision().publish()
    changed = client.get(SAVED, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    phones = {number for place in changed.json()["places"] for number, *_dialled in place.get("phones", [])}
    assert "+49 30 23125 200" in phones


class TestKey:
    """What is kept is locked with a key that goes with the session."""

    def test_it_lasts_as_long_as_the_session(self, traeger_a, client_for, person):
        user = person(LESEN, traeger_a)
        client = client_for(user, traeger_a)
        key = client.get("/wegweiser/").cookies[COOKIE].value
        assert len(key) >= 43
        assert client.get(SAVED).cookies[COOKIE].value == key
        assert client_for(user, traeger_a).get(SAVED).cookies[COOKIE].value != key, "another session"
        assert "Clear-Site-Data" not in client.get("/")

    def test_it_goes_on_signing_out(self, traeger_a, client_for, person):
        client = client_for(person(LESEN, traeger_a), traeger_a)
        client.get("/wegweiser/")
        self.assert_gone(client.post("/abmelden/"), client)

    @pytest.mark.parametrize("path", ["/", SAVED, "/wegweiser/", "/gibt-es-nicht/"])
    def test_it_goes_where_the_account_is_switched_off(self, path, traeger_a, client_for, person):
        user = person(LESEN, traeger_a)
        client = client_for(user, traeger_a)
        client.get("/wegweiser/")
        user.is_active = False
        user.save()
        response = client.get(path)
        self.assert_gone(response, client)
        if path == SAVED:
            assert response.status_code == 401

    def test_it_goes_where_the_session_is_over(self, traeger_a, client_for, person):
        client = client_for(person(LESEN, traeger_a), traeger_a)
        client.get("/wegweiser/")
        client.session.delete()
        self.assert_gone(client.get("/anmelden/"), client)

    def test_it_goes_where_somebody_else_signs_in(self, traeger_a, client_for, person):
        client = client_for(person(LESEN, traeger_a), traeger_a)
        key = client.get("/wegweiser/").cookies[COOKIE].value
        client.force_login(person(LESEN, traeger_a), backend=settings.AUTHENTICATION_BACKENDS[0])
        assert client.cookies[COOKIE].value == key
        self.assert_gone(client.get("/"), client)
        assert client.get("/wegweiser/").cookies[COOKIE].value != key

    @staticmethod
    def assert_gone(response, client):
        assert response["Clear-Site-Data"] == '"storage"'
        assert response.cookies[COOKIE].value == ""
        assert response.cookies[COOKIE]["max-age"] == 0


def test_the_page_without_a_network_is_the_same_for_all(entries, traeger_a, client_for, person):
    path = "/wegweiser/ohne-netz/"
    response = client_for(None, traeger_a).get(path)
    text = response.content.decode()
    assert "Auf diesem Gerät ist nichts gespeichert" in text
    assert "noindex" in text
    for value in ("schulden", "rieth", "ar"):
        assert f'value="{value}"' in text
    places = client_for(person(LESEN, traeger_a), traeger_a).get(SAVED).json()["places"]
    assert len(places) > 3
    assert not any(f">{place['title']}<" in text for place in places)


def test_the_worker_looks_after_the_wegweiser_alone(traeger_a, client_for):
    client = client_for(None, traeger_a)
    worker = client.get("/wegweiser/helfer.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in worker
    manifest = client.get("/wegweiser/app.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    assert manifest.json()["scope"] == manifest.json()["start_url"] == "/wegweiser/"
    assert "manifest-src 'self'" in manifest["Content-Security-Policy"]
