"""What the dashboard offers to whom."""

import pytest
from django.urls import reverse

from home.dashboard import quick_actions
from home.models import AnlaufstelleIndexPage, EventIndexPage
from knowledge.models import MethodIndexPage
from tests.factories import AnlaufstellePageFactory, UserFactory
from tests.wording import said
from tests.world import list_page


def addresses(user) -> set[str]:
    return {address for _label, address in quick_actions(user)}


def add_address(traeger, index, kind: str) -> str:
    return reverse("wagtailadmin_pages:add", args=[*kind.split("."), list_page(traeger, index).pk])


def test_an_editor_can_start_with_an_event_or_the_opening_hours(world, person, client_for):
    offices = list_page(world.traeger_a, AnlaufstelleIndexPage)
    own = AnlaufstellePageFactory(parent=offices, title="Anlaufstelle Nord")
    editor = person("redaktion", world.traeger_a)
    offered = addresses(editor)
    assert add_address(world.traeger_a, EventIndexPage, "home.eventpage") in offered
    assert reverse("wagtailadmin_pages:edit", args=[own.pk]) in offered
    assert reverse("portal_closures", args=[own.pk]) in offered
    dashboard = client_for(editor, world.traeger_a).get(reverse("wagtailadmin_home"))
    assert said("Opening hours: %(office)s", office="Anlaufstelle Nord") in dashboard.content.decode()


def test_nothing_of_another_traeger_is_offered(world, person):
    offices = list_page(world.traeger_b, AnlaufstelleIndexPage)
    foreign = AnlaufstellePageFactory(parent=offices, title="Anlaufstelle Süd")
    offered = addresses(person("leitung", world.traeger_a))
    assert add_address(world.traeger_b, EventIndexPage, "home.eventpage") not in offered
    assert reverse("wagtailadmin_pages:edit", args=[foreign.pk]) not in offered
    assert reverse("portal_closures", args=[foreign.pk]) not in offered


def test_the_knowledge_base_offers_methods(world, person):
    offered = addresses(person("redaktion", world.knowledge))
    assert add_address(world.knowledge, MethodIndexPage, "knowledge.methodpage") in offered


@pytest.mark.django_db
def test_administrators_of_everything_get_no_list():
    assert quick_actions(UserFactory(admin=True)) == []


def test_the_number_of_queries_does_not_grow_with_the_offices(world, person, django_assert_num_queries):
    offices = list_page(world.traeger_a, AnlaufstelleIndexPage)
    for number in range(5):
        AnlaufstellePageFactory(parent=offices, title=f"Anlaufstelle {number}")
    editor = person("redaktion", world.traeger_a)
    quick_actions(editor)  # content types and permissions are kept
    with django_assert_num_queries(2):
        quick_actions(editor)
