"""sitemap.xml and robots.txt of a site."""

from xml.etree import ElementTree

import pytest
from wagtail.models import Locale

from tests.factories import ContentPageFactory, InternalPageFactory, UserFactory

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(response) -> set[str]:
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own sitemap
    return {location.text for location in root.findall("s:url/s:loc", NAMESPACE)}


def test_public_pages_of_the_own_host(traeger_a, traeger_b, client_for):
    ContentPageFactory(parent=traeger_a.site.root_page, title="Öffentlich", slug="oeffentlich")
    ContentPageFactory(parent=traeger_a.site.root_page, slug="entwurf", draft=True)
    ContentPageFactory(parent=traeger_b.site.root_page, slug="fremd")
    InternalPageFactory(parent=traeger_a.site.root_page, slug="protokolle")
    found = addresses(client_for(None, traeger_a).get("/sitemap.xml"))
    root = traeger_a.site.root_url
    assert {f"{root}/", f"{root}/oeffentlich/", f"{root}/angebote/"} <= found
    assert all(address.startswith(f"{root}/") for address in found)
    assert not {
        address for address in found if "entwurf" in address or "intern" in address or "protokolle" in address
    }


def test_all_languages(traeger_a, client_for):
    english = Locale.objects.create(language_code="en")
    home = traeger_a.site.root_page.specific.copy_for_translation(english)
    home.save_revision().publish()
    assert f"{traeger_a.site.root_url}/en/" in addresses(client_for(None, traeger_a).get("/sitemap.xml"))


@pytest.mark.parametrize("logged_in", [False, True])
def test_of_the_knowledge_base_what_visitors_read_whoever_asks(knowledge, client_for, logged_in):
    user = UserFactory() if logged_in else None
    found = addresses(client_for(user, knowledge).get("/sitemap.xml"))
    public = ("/", "/partner/", "/impressum/", "/datenschutz/", "/barrierefreiheit/")
    assert found == {knowledge.site.root_url + path for path in public}


def test_queries_do_not_grow_with_the_pages(traeger_a, client_for, django_assert_num_queries):
    client, counts = client_for(None, traeger_a), []
    for _round in range(2):
        ContentPageFactory.create_batch(3, parent=traeger_a.site.root_page)
        client.get("/sitemap.xml")
        with django_assert_num_queries(4) as captured:
            client.get("/sitemap.xml")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_robots_names_the_sitemap_of_the_host(traeger_a, client_for):
    text = client_for(None, traeger_a).get("/robots.txt").content.decode()
    assert f"Sitemap: http://{traeger_a.site.hostname}:{traeger_a.site.port}/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /suche/" in text
