"""No cache keeps what only the person who asks may read."""

import pytest

from sites.access.roles import LESEN
from tests.factories import InternalPageFactory

PATHS = ["/", "/angebote/", "/termine/feed/", "/sitemap.xml", "/suche/", "/gibt-es-nicht/"]


@pytest.mark.parametrize("path", PATHS)
def test_answers_to_people_with_an_account(path, traeger_a, person, client_for):
    response = client_for(person(LESEN, traeger_a), traeger_a).get(path)
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/angebote/", "/termine/feed/"])
def test_public_answers_may_be_kept(path, traeger_a, client_for):
    assert "Cache-Control" not in client_for(None, traeger_a).get(path)


def test_an_internal_page(traeger_a, person, client_for):
    page = InternalPageFactory(parent=traeger_a.site.root_page)
    response = client_for(person(LESEN, traeger_a), traeger_a).get(page.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
