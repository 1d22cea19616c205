"""The office of an event or offer is one of the Träger's own, from a list."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import AnlaufstelleIndexPage, EventIndexPage, EventPage, OfferIndexPage
from sites.access.roles import REDAKTION
from tests.factories import AnlaufstellePageFactory, EventPageFactory, OfferPageFactory
from tests.home.editing import form_values
from tests.sites.grants.granting import grant
from tests.world import list_page

NO_BLOCKS = nested_form_data({"body": streamfield([])})


@pytest.fixture
def offices(traeger_a, traeger_b):
    """Two of the own Träger, one of another."""
    own = list_page(traeger_a, AnlaufstelleIndexPage)
    AnlaufstellePageFactory(parent=list_page(traeger_b, AnlaufstelleIndexPage), title="Fremdes Büro")
    return [AnlaufstellePageFactory(parent=own, title=title) for title in ("Büro Nord", "Büro Süd")]


def office_field(client, *address):
    response = client.get(reverse(*address[:1], args=address[1:]))
    return response.context["form"].fields.get("anlaufstelle")


@pytest.mark.parametrize(
    ("index", "factory"), [(EventIndexPage, EventPageFactory), (OfferIndexPage, OfferPageFactory)]
)
def test_the_own_offices_are_offered(index, factory, offices, traeger_a, person, client_for):
    parent = list_page(traeger_a, index)
    editor = client_for(person(REDAKTION, traeger_a), traeger_a)
    model = factory._meta.model
    add = ("wagtailadmin_pages:add", model._meta.app_label, model._meta.model_name, parent.pk)
    for address in (add, ("wagtailadmin_pages:edit", factory(parent=parent).pk)):
        assert list(office_field(editor, *address).queryset) == offices


def test_they_are_in_the_language_of_the_page(offices, traeger_a, person, client_for):
    english, _made = Locale.objects.get_or_create(language_code="en")
    calendar = list_page(traeger_a, EventIndexPage)
    page = EventPageFactory(parent=calendar)
    Page.objects.filter(pk=page.pk).update(locale=english)
    editor = client_for(person(REDAKTION, traeger_a), traeger_a)
    address = ("wagtailadmin_pages:edit", page.pk)
    assert list(office_field(editor, *address).queryset) == offices, "none is translated yet"
    Page.objects.filter(pk=offices[1].pk).update(locale=english)
    assert list(office_field(editor, *address).queryset) == offices[1:]


def test_the_office_of_another_traeger_is_refused(offices, traeger_a, traeger_b, person, client_for):
    page = EventPageFactory(parent=list_page(traeger_a, EventIndexPage))
    foreign = list_page(traeger_b, AnlaufstelleIndexPage).get_children().get(title="Fremdes Büro")
    editor = client_for(person(REDAKTION, traeger_a), traeger_a)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = editor.post(url, form_values(editor, url) | NO_BLOCKS | {"anlaufstelle": foreign.pk})
    assert "anlaufstelle" in response.context["form"].errors


def test_a_guest_keeps_the_office(offices, traeger_a, coordination, person, client_for):
    """To a guest the Träger's offices are hidden, and the one that stands there must not go with a save."""
    page = EventPageFactory(parent=list_page(traeger_a, EventIndexPage), anlaufstelle=offices[0])
    guest = person(REDAKTION, coordination)
    grant(guest, page, "change")
    client = client_for(guest, coordination)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    values = form_values(client, url)
    assert "anlaufstelle" not in values
    assert client.post(url, values | NO_BLOCKS | {"title": "Von außen"}).status_code == 302
    draft = EventPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.title, draft.anlaufstelle_id) == ("Von außen", offices[0].pk)
