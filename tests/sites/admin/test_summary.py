"""The dashboard counts only what is the person's own."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page

from sites.admin.summary import OwnPagesSummaryItem


def counted(user) -> int:
    request = RequestFactory().get("/admin/")
    request.user = user
    return OwnPagesSummaryItem(request).get_context_data({})["total_pages"]


def pages_of(*traeger) -> int:
    return sum(Page.objects.descendant_of(each.folder).count() for each in traeger)


@pytest.mark.parametrize("role", ["redaktion", "freigabe", "leitung"])
def test_the_own_pages_are_counted(world, person, role):
    assert counted(person(role, world.traeger_a)) == pages_of(world.traeger_a)


def test_roles_in_two_traeger_do_not_count_the_others(world, person):
    both = person("leitung", world.coordination)
    both.groups.add(world.knowledge.group("leitung"))
    assert counted(both) == pages_of(world.coordination, world.knowledge)
