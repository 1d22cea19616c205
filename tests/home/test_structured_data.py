"""What offices and events tell search engines."""

import json
import re

import pytest

from home.models import AnlaufstelleIndexPage, EventIndexPage
from home.structured_data import json_ld
from tests.factories import AnlaufstellePageFactory, EventPageFactory
from tests.world import list_page


def data_of(client, page) -> dict:
    """Return the structured data in the published page."""
    content = client.get(page.get_url_parts()[2]).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', content, re.DOTALL)
    return json.loads(found[1])


@pytest.fixture
def office(traeger_a):
    return AnlaufstellePageFactory(
        parent=list_page(traeger_a, AnlaufstelleIndexPage),
        title="Beispiel-Büro </script>",
        street="Beispielweg 1",
        city="Erfurt",
    )


def test_an_office(office, traeger_a, client_for):
    data = data_of(client_for(None, traeger_a), office)
    assert data["name"] == "Beispiel-Büro </script>"
    assert data["address"]["streetAddress"] == "Beispielweg 1"
    assert data["parentOrganization"]["name"]
    assert "telephone" not in data
    first = office.intervals.first()
    assert {"opens": f"{first.opens:%H:%M}", "closes": f"{first.closes:%H:%M}"}.items() <= data[
        "openingHoursSpecification"
    ][0].items()


def test_the_telephone_number_of_an_office_is_one_for_the_whole_world(office, traeger_a, client_for):
    office.phone = "(0361) 655-0 / 655-1"
    office.save_revision().publish()
    assert data_of(client_for(None, traeger_a), office)["telephone"] == "+493616550"


def test_an_event_in_an_office(office, traeger_a, client_for):
    event = EventPageFactory(parent=list_page(traeger_a, EventIndexPage), weekly=True, anlaufstelle=office)
    data = data_of(client_for(None, traeger_a), event)
    assert data["startDate"] == event.next_occurrence.start.isoformat()
    assert data["location"]["address"]["addressLocality"] == "Erfurt"
    assert data["url"] == event.full_url


def test_an_event_that_is_over_and_elsewhere(traeger_a, client_for):
    event = EventPageFactory(parent=list_page(traeger_a, EventIndexPage), past=True, place="Beispielpark")
    data = data_of(client_for(None, traeger_a), event)
    assert data["location"] == {"@type": "Place", "name": "Beispielpark"}
    assert data["startDate"]


def test_nothing_can_end_the_script():
    assert json_ld({"name": "</script><b>&"}) == '{"name": "\\u003C/script\\u003E\\u003Cb\\u003E\\u0026"}'
