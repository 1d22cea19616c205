"""The vocabulary is kept by the knowledge base's people, and offered in the language of the page."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from home.models import OfferIndexPage, Topic
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import TopicFactory
from tests.world import list_page

LIST = reverse("wagtailsnippets_home_topic:list")
ADD = reverse("wagtailsnippets_home_topic:add")
DATA = {"name": "Schulden", "slug": "schulden", "sort_order": "3", "hint": "", "icon": "info"}


@pytest.mark.parametrize("role", [FREIGABE, LEITUNG])
def test_the_knowledge_base_keeps_the_words(role, knowledge, person, client_for):
    client = client_for(person(role, knowledge), knowledge)
    assert client.get(LIST).status_code == 200
    response = client.post(ADD, DATA)
    assert response.status_code == 302, response.context["form"].errors
    topic = Topic.objects.get(slug="schulden")
    assert topic.locale.language_code == "de"
    edit = reverse("wagtailsnippets_home_topic:edit", args=[topic.pk])
    assert client.post(edit, DATA | {"name": "Schulden und Geld"}).status_code == 302
    topic.refresh_from_db()
    assert topic.name == "Schulden und Geld"


def test_a_taken_short_form_is_refused_at_its_field(knowledge, person, client_for):
    TopicFactory(name="Geld", slug="schulden")
    response = client_for(person(LEITUNG, knowledge), knowledge).post(ADD, DATA)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["slug"]
    assert Topic.objects.filter(slug="schulden").count() == 1


@pytest.mark.parametrize(
    ("role", "where"), [(LEITUNG, "traeger_a"), (REDAKTION, "knowledge"), (LEITUNG, "coordination")]
)
def test_others_use_the_words_and_don_t_change_them(role, where, world, person, client_for):
    traeger = getattr(world, where)
    client = client_for(person(role, traeger), traeger)
    assert client.get(LIST).status_code in (302, 403)
    client.post(ADD, DATA)
    assert not Topic.objects.filter(slug="schulden").exists()


def test_only_words_in_the_language_of_the_page_are_offered(traeger_a, person, client_for):
    TopicFactory(name="Schulden", slug="schulden")
    english = Locale.objects.get_or_create(language_code="en")[0]
    TopicFactory(name="Debts", slug="schulden", locale=english)
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    parent = list_page(traeger_a, OfferIndexPage)
    form = client.get(reverse("wagtailadmin_pages:add", args=["home", "offerpage", parent.pk])).context[
        "form"
    ]
    names = [label for _value, label in form.fields["topics"].choices]
    assert "Schulden" in names
    assert "Debts" not in names
