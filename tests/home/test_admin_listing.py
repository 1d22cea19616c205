"""Lists of the editing area: what they offer, and that more entries don't mean more queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import NewsIndexPage
from knowledge.models import MethodIndexPage, PartnerIndexPage
from sites.access.roles import LEITUNG, REDAKTION
from tests.factories import ImageFactory, NewsPageFactory, UserFactory
from tests.world import list_page

MAX_QUERIES = 40


@pytest.mark.parametrize("role", [REDAKTION, LEITUNG])
def test_the_list_of_a_section_asks_the_same_whatever_its_length(role, traeger_a, person, client_for):
    news = list_page(traeger_a, NewsIndexPage)
    client = client_for(person(role, traeger_a), traeger_a)
    url = reverse("wagtailadmin_explore", args=[news.pk])
    counts = []
    for number in (3, 17):
        for _ in range(number):
            NewsPageFactory(parent=news)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(url)
        assert response.status_code == 200
        counts.append(len(queries))
    assert len(response.context["pages"]) == 20
    assert counts[0] == counts[1]
    assert counts[1] <= MAX_QUERIES


def test_pictures_are_listed_without_a_query_each(traeger_a, person, client_for):
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    url = reverse("wagtailimages:index")
    counts = []
    for number in (2, 6):
        for _ in range(number):
            ImageFactory(traeger=traeger_a)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def offered(client, parent) -> set[str]:
    url = reverse("wagtailadmin_pages:add_subpage", args=[parent.pk])
    response = client.get(url)
    if response.status_code == 302:
        # A single possibility: the form opens at once.
        return {response["location"].split("/")[5]}
    return {model for _title, _app, model, _text in response.context["page_types"]}


def test_only_what_belongs_there_is_offered(world, person, client_for):
    client = client_for(person(REDAKTION, world.traeger_a), world.traeger_a)
    start = world.traeger_a.site.root_page
    assert offered(client, list_page(world.traeger_a, NewsIndexPage)) == {"newspage"}
    lists = {MethodIndexPage._meta.model_name, PartnerIndexPage._meta.model_name}
    assert "contentpage" in offered(client, start)
    assert not lists & offered(client, start)
    client = client_for(person(REDAKTION, world.knowledge), world.knowledge)
    assert lists <= offered(client, world.knowledge.site.root_page)
    assert offered(client, list_page(world.knowledge, MethodIndexPage)) == {"methodpage"}


def chosen(client, parent) -> str:
    return client.get(reverse("wagtailadmin_choose_page_child", args=[parent.pk])).content.decode()


def test_the_chooser_offers_own_and_shared_pages(world, person, client_for):
    own = NewsPageFactory(parent=list_page(world.traeger_a, NewsIndexPage), title="Eigene Neuigkeit")
    foreign = NewsPageFactory(parent=list_page(world.traeger_b, NewsIndexPage), title="Fremde Neuigkeit")
    client = client_for(person(REDAKTION, world.traeger_a), world.traeger_a)
    assert "Eigene Neuigkeit" in chosen(client, own.get_parent())
    assert "Fremde Neuigkeit" not in chosen(client, foreign.get_parent())
    methods = list_page(world.knowledge, MethodIndexPage)
    assert methods.title in chosen(client, methods.get_parent())


@pytest.mark.parametrize("admin", [False, True])
def test_nobody_is_warned_that_a_folder_has_no_site(admin, traeger_a, person, client_for):
    user = UserFactory(admin=True) if admin else person(LEITUNG, traeger_a)
    client = client_for(user, traeger_a)
    for page in (traeger_a.folder, traeger_a.site.root_page):
        answer = client.get(reverse("wagtailadmin_explore", args=[page.pk]))
        assert answer.status_code == 200
        assert "help-warning" not in answer.content.decode()
