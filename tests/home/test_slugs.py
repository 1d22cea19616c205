"""New addresses are written in plain letters; those that people know already stay."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import ContentPage
from sites.access.creation import create_traeger
from sites.access.roles import FREIGABE
from tests.factories import ContentPageFactory
from tests.home.editing import form_values


@pytest.fixture
def client(traeger_a, person, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


def save(client, url: str, **data):
    changes = nested_form_data(data | {"body": streamfield([])})
    response = client.post(url, form_values(client, url) | changes | {"action-publish": "1"})
    assert response.status_code == 302


def test_a_new_page(client, traeger_a):
    start = traeger_a.site.root_page
    add = reverse("wagtailadmin_pages:add", args=["home", "contentpage", start.pk])
    save(client, add, title="Übergänge", slug="übergänge-groß")
    assert ContentPage.objects.child_of(start).get(title="Übergänge").slug == "uebergaenge-gross"


def test_a_page_whose_address_comes_from_its_title(traeger_a):
    page = ContentPage(title="Größe")
    traeger_a.site.root_page.add_child(instance=page)
    assert page.slug == "groesse"
    other = ContentPage(title="Groesse")
    traeger_a.site.root_page.add_child(instance=other)
    assert other.slug == "groesse-2"


def test_an_address_from_before_stays_until_somebody_changes_it(client, traeger_a):
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Büro", slug="büro")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    # Wagtail's script is not told to write it anew either.
    assert "data-w-slug-formatters-value" not in client.get(edit).content.decode()
    save(client, edit, title="Unser Büro")
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Unser Büro", "büro")
    save(client, edit, slug="unser-büro")
    page.refresh_from_db()
    assert page.slug == "unser-buero"


def test_a_copy_gets_a_new_address(client, traeger_a):
    start = traeger_a.site.root_page
    page = ContentPageFactory(parent=start, title="Büro", slug="büro")
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert client.get(copy).context["form"]["new_slug"].initial == "buero"
    client.post(copy, {"new_title": "Büro 2", "new_slug": "büro-zwei", "new_parent_page": start.pk})
    assert ContentPage.objects.get(title="Büro 2").slug == "buero-zwei"


@pytest.mark.django_db
def test_a_new_traeger():
    assert create_traeger("Grüner Hügel e.V.").slug == "gruener-huegel-ev"
