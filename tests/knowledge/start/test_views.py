"""The address that leads staff of every site to where they begin."""

import pytest
from bs4 import BeautifulSoup

from sites.access.roles import LESEN
from sites.models import Traeger

pytestmark = pytest.mark.django_db
START = "/mein-start/"


@pytest.fixture
def reader(person, traeger_a):
    return person(LESEN, traeger_a)


def test_visitors_sign_in_first(traeger_a, client_for):
    response = client_for(None, traeger_a).get(START)
    assert (response.status_code, response["location"]) == (302, f"/anmelden/?next={START}")


def test_on_the_knowledge_base_it_is_the_start_page(reader, knowledge, client_for):
    response = client_for(reader, knowledge).get(START)
    assert (response.status_code, response["location"]) == (302, "/")


def test_elsewhere_it_stands_on_the_site_where_one_is_signed_in(reader, traeger_a, knowledge, client_for):
    response = client_for(reader, traeger_a).get(START)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert traeger_a.name in page.title.text
    (form,) = page.select("main form[action='/suche/']")
    assert form.select_one("[name=scope]")["value"] == "all"
    links = [link["href"] for link in page.select("main .tp-panel h2 a")]
    assert f"{knowledge.site.root_url}/partner/" in links


def test_where_all_sites_share_a_session_it_leads_to_the_knowledge_base(
    reader, traeger_a, knowledge, client_for, settings
):
    client = client_for(reader, traeger_a)
    settings.SESSION_COOKIE_DOMAIN = ".localhost"
    assert client.get(START)["location"] == f"{knowledge.site.root_url}/"
    settings.SESSION_COOKIE_DOMAIN = ".anderswo.test"
    assert client.get(START).status_code == 200


def test_without_a_knowledge_base_it_is_the_start_page_of_the_site(reader, traeger_a, knowledge, client_for):
    Traeger.objects.filter(pk=knowledge.pk).update(kind=Traeger.Kind.TRAEGER)
    assert client_for(reader, traeger_a).get(START)["location"] == "/"


def test_nothing_is_done_there(reader, traeger_a, client_for):
    assert client_for(reader, traeger_a).post(START).status_code == 405


def test_no_cache_keeps_it_for_others(reader, traeger_a, knowledge, client_for):
    answers = [
        client_for(reader, traeger_a).get(START),
        client_for(reader, knowledge).get(START),
        client_for(reader, knowledge).get("/"),
    ]
    assert [answer.status_code for answer in answers] == [200, 302, 200]
    for answer in answers:
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize("path", ["/", "/suche/", "/angebote/", "/gibt-es-nicht/", START])
def test_every_page_has_a_link_for_staff_and_none_for_visitors(path, reader, traeger_a, client_for):
    def links(user) -> list:
        html = client_for(user, traeger_a).get(path).content
        return BeautifulSoup(html, "html.parser").select(f".tp-staff a[href='{START}']")

    assert [link.get_text(strip=True) for link in links(reader)] == ["Wissen"]
    assert not links(None)
