"""What a grant allows, as data: level × scope × page → the whole set of abilities."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from tests.factories import ContentPageFactory
from tests.sites.grants.granting import grant

EDIT = {"can_edit", "can_lock", "can_unlock", "can_view_revisions"}
PUBLISH = EDIT | {"can_publish", "can_unpublish", "can_unschedule", "can_publish_subpage"}
READ = {"can_view_revisions"}  # Wagtail says so of every page; the view itself asks for more
ASKED = sorted(
    PUBLISH
    | {
        *("can_add_subpage", "can_copy", "can_delete", "can_move", "can_reorder_children"),
        "can_set_view_restrictions",
    }
)

# level, with everything below → abilities on the page itself, on its child, on its sibling
GRANTS = [
    ("view", False, READ, READ, READ),
    ("view", True, READ, READ, READ),
    ("change", False, EDIT, READ, READ),
    ("change", True, EDIT, EDIT, READ),
    ("publish", False, PUBLISH, READ, READ),
    ("publish", True, PUBLISH, PUBLISH, READ),
]


def abilities(user, page) -> set[str]:
    """All abilities of a person on a page, as a fresh request would find them."""
    user = type(user).objects.get(pk=user.pk)
    tester = Page.objects.get(pk=page.pk).specific.permissions_for_user(user)
    return {name for name in ASKED if getattr(tester, name)()}


@pytest.fixture
def pages(traeger_a):
    """A page of Träger A with a child, and its sibling."""
    start = traeger_a.site.root_page
    page = ContentPageFactory(parent=start, title="Freigegeben")
    return (
        page,
        ContentPageFactory(parent=page, title="Darunter"),
        ContentPageFactory(parent=start, title="Daneben"),
    )


@pytest.fixture
def guest(person, coordination):
    return person("lesen", coordination)


@pytest.mark.parametrize("to_group", [False, True], ids=["person", "group"])
@pytest.mark.parametrize(("action", "subtree", "itself", "child", "sibling"), GRANTS)
def test_abilities(pages, guest, coordination, action, subtree, itself, child, sibling, to_group):
    holder = coordination.group("lesen") if to_group else guest
    grant(holder, pages[0], action, subtree=subtree)
    assert [abilities(guest, page) for page in pages] == [itself, child, sibling]


def test_an_ended_grant_allows_nothing(pages, guest):
    grant(guest, pages[0], "publish", expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert abilities(guest, pages[0]) == READ


def test_a_grant_holds_for_the_translation(pages, guest):
    english, _created = Locale.objects.get_or_create(language_code="en")
    translation = pages[0].copy_for_translation(english, copy_parents=True)
    grant(guest, pages[0], "change")
    assert "can_edit" in abilities(guest, translation)


def test_the_explorer_shows_what_is_granted_and_the_way_to_it(pages, guest, traeger_a):
    grant(guest, pages[0], "change")
    policy = policy_registry.get_by_type(Page)
    shown = set(policy.explorable_instances(guest).values_list("pk", flat=True))
    assert pages[0].pk in shown
    assert pages[1].pk not in shown
    assert pages[2].pk not in shown


def test_people_who_may_publish_include_those_with_a_grant(pages, guest):
    policy = policy_registry.get_by_type(Page)
    assert guest not in policy.users_with_permission_for_instance("publish", pages[0])
    grant(guest, pages[0], "publish")
    assert guest in policy.users_with_permission_for_instance("publish", pages[0])
    assert guest not in policy.users_with_permission_for_instance("publish", pages[1])


@pytest.mark.parametrize("count", [1, 60])
def test_the_number_of_grants_does_not_change_the_number_of_queries(
    pages, guest, django_assert_num_queries, count, traeger_a
):
    for number in range(count):
        page = ContentPageFactory(
            parent=traeger_a.site.root_page, title=f"Seite {number}", slug=f"seite-{number}"
        )
        grant(guest, page, "change")
    policy = policy_registry.get_by_type(Page)
    user = type(guest).objects.get(pk=guest.pk)
    # group permissions, grants, their pages, translations and permissions, the answer
    with django_assert_num_queries(6):
        list(policy.instances_user_has_any_permission_for(user, ["change"]))
