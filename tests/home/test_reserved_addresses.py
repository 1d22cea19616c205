"""A page right below a start page can't have an address that the portal itself needs."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.addresses import RESERVED
from home.models import ContentPage
from sites.access.roles import FREIGABE
from tests.factories import ContentPageFactory
from tests.home.editing import form_values
from tests.wording import said

MESSAGE = "The portal itself needs this address. Choose another one."


@pytest.fixture
def client(traeger_a, person, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


def save(client, url: str, **data):
    changes = nested_form_data(data | {"body": streamfield([])})
    return client.post(url, form_values(client, url) | changes | {"action-publish": "1"})


def first_parts(patterns):
    """The first parts of the addresses that are not those of pages."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if not route and hasattr(pattern, "url_patterns"):
            yield from first_parts(pattern.url_patterns)
        # A dot stands in no address of a page.
        elif "/" in route and not route.startswith("^"):
            yield route.split("/")[0]


def test_all_addresses_of_the_portal_are_reserved():
    found = set(first_parts(get_resolver().url_patterns))
    assert {"admin", "suche"} <= found <= RESERVED
    assert {settings.STATIC_URL.strip("/"), settings.MEDIA_URL.strip("/")} <= RESERVED


@pytest.mark.parametrize("slug", ["suche", "anmelden", "admin", "dokumente", "en"])
def test_below_the_start_page(slug, client, traeger_a):
    start = traeger_a.site.root_page
    new = reverse("wagtailadmin_pages:add", args=["home", "contentpage", start.pk])
    response = save(client, new, title="Neu", slug=slug)
    assert said(MESSAGE) in response.content.decode()
    page = ContentPageFactory(parent=start, title="Alt")
    response = save(client, reverse("wagtailadmin_pages:edit", args=[page.pk]), title="Alt", slug=slug)
    assert said(MESSAGE) in response.content.decode()
    copy = {"new_title": "Abzug", "new_slug": slug, "new_parent_page": start.pk}
    response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copy)
    assert said(MESSAGE) in response.content.decode()
    assert not ContentPage.objects.filter(slug=slug).exists()


def test_elsewhere_it_is_free(client, traeger_a):
    above = ContentPageFactory(parent=traeger_a.site.root_page)
    new = reverse("wagtailadmin_pages:add", args=["home", "contentpage", above.pk])
    assert save(client, new, title="Suche", slug="suche").status_code == 302
    page = ContentPage.objects.child_of(above).get()
    assert client.get(page.url).status_code == 200


def test_no_page_moves_there(client, traeger_a):
    start = traeger_a.site.root_page
    page = ContentPageFactory(parent=ContentPageFactory(parent=start), slug="suche")
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, start.pk])
    response = client.post(url, follow=True)
    assert said(MESSAGE) in response.content.decode()
    page.refresh_from_db()
    assert page.depth == start.depth + 2


def test_no_ticked_page_moves_there(client, traeger_a):
    start = traeger_a.site.root_page
    above = ContentPageFactory(parent=start)
    pages = [ContentPageFactory(parent=above, slug=slug, title=f"Seite {slug}") for slug in ("suche", "frei")]
    query = urlencode({"id": [page.pk for page in pages], "next": "/admin/pages/"}, doseq=True)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    text = client.post(f"{url}?{query}", {"chooser": start.pk}, follow=True).text
    assert said(MESSAGE) in text
    assert "Seite suche: " in text
    assert ContentPage.objects.child_of(above).count() == 2
    # The others alone do.
    client.post(f"{url}?id={pages[1].pk}&next=/admin/pages/", {"chooser": start.pk})
    assert [page.slug for page in ContentPage.objects.child_of(above)] == ["suche"]


def test_a_title_makes_another_address(traeger_a):
    page = ContentPage(title="Suche")
    traeger_a.site.root_page.add_child(instance=page)
    assert page.slug == "suche-2"
