"""What a page refers to stays known, whoever stores it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from home.models import AnlaufstelleIndexPage, ContentPage
from sites.access.roles import LEITUNG
from tests.factories import AnlaufstellePageFactory, ContentPageFactory
from tests.factories.bodies import full_body
from tests.sites.grants.granting import grant
from tests.world import list_page


@pytest.fixture
def page(traeger_a) -> ContentPage:
    """A page with every kind of block, of which a guest sees neither pictures, documents nor the office."""
    start = traeger_a.site.root_page
    office = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    body = full_body(traeger_a, ContentPageFactory(parent=start), office, [])
    return ContentPageFactory(parent=start, body=body)


def references(page: Page) -> list[tuple]:
    found = ReferenceIndex.get_references_for_object(page)
    return sorted(found.values_list("to_content_type_id", "to_object_id", "model_path"))


def refers_to(page: Page) -> set[str]:
    return {found.to_content_type.model for found in ReferenceIndex.get_references_for_object(page)}


def test_a_guest_takes_none_away(page, coordination, person, client_for):
    before = references(page)
    assert refers_to(page) == {"page", "portalimage", "portaldocument"}
    guest = person(LEITUNG, coordination)
    grant(guest, page.page_ptr, "publish")
    client = client_for(guest, coordination)

    client.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))

    assert Page.objects.get(pk=page.pk).locked
    assert references(page) == before


def test_what_is_no_longer_there_is_no_longer_referred_to(page):
    del page.body[:]
    page.save()
    assert not references(page)


def test_nothing_is_looked_for(page):
    with CaptureQueriesContext(connection) as captured:
        ReferenceIndex.create_or_update_for_object(ContentPage.objects.get(pk=page.pk))
    tables = ("thinka_sites_portalimage", "thinka_sites_portaldocument", "home_anlaufstellepage")
    asked = " ".join(query["sql"] for query in captured)
    assert not [table for table in tables if f'FROM "{table}"' in asked]


def test_elsewhere_what_was_chosen_is_there(page):
    body = ContentPage.objects.get(pk=page.pk).body
    assert next(block for block in body if block.block_type == "download").value["document"].title
