"""`user.has_perm` about one object: as roles and grants in force have it."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.grants.services import end
from sites.models import User
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, UserFactory
from tests.sites.grants.granting import grant

ENDED = {"expires_at": timezone.now() - dt.timedelta(days=1)}
LATER = {"expires_at": timezone.now() + dt.timedelta(days=1)}
PAGE_LEVELS = ("view", "change", "publish")
FILES = {"portaldocument": DocumentFactory, "portalimage": ImageFactory}


@pytest.fixture
def pages(traeger_a):
    """A page and one below it."""
    above = ContentPageFactory(parent=traeger_a.site.root_page)
    return above, ContentPageFactory(parent=above)


@pytest.fixture
def guest(coordination, person):
    return person(REDAKTION, coordination)


def allowed(user, obj, app: str, model: str, actions=PAGE_LEVELS) -> set[str]:
    """What `user` may do with `obj`, as a new request would ask."""
    user = User.objects.get(pk=user.pk)
    return {action for action in actions if user.has_perm(f"{app}.{action}_{model}", obj)}


def on_page(user, page) -> set[str]:
    return allowed(user, page, "wagtailcore", "page")


VIEW, CHANGE, PUBLISH = {"view"}, {"view", "change"}, {"view", "change", "publish"}
# action and fields of the grant → on the page, on the one below
MATRIX = [
    ("view", {}, VIEW, set()),
    ("change", {}, CHANGE, set()),
    ("publish", LATER, PUBLISH, set()),
    ("change", {"subtree": True}, CHANGE, CHANGE),
    ("publish", ENDED, set(), set()),
    ("publish", ENDED | {"subtree": True}, set(), set()),
]


@pytest.mark.parametrize("through_group", [False, True])
@pytest.mark.parametrize(("action", "fields", "here", "below"), MATRIX)
def test_pages(action, fields, here, below, through_group, pages, guest, coordination):
    holder = coordination.group(REDAKTION) if through_group else guest
    grant(holder, pages[0], action, **fields)
    assert [on_page(guest, page) for page in pages] == [here, below]
    assert on_page(guest, pages[0].page_ptr) == here


def test_a_grant_that_somebody_ends(pages, guest, person, traeger_a):
    held = grant(guest, pages[0], "change")
    assert on_page(guest, pages[0]) == CHANGE
    end(pages[0].page_ptr, held, str(guest), by=person(LEITUNG, traeger_a))
    assert on_page(guest, pages[0]) == set()


@pytest.mark.parametrize("through_group", [False, True])
@pytest.mark.parametrize(
    ("action", "fields", "expected"),
    [("view", {}, {"view"}), ("change", LATER, {"view", "change"}), ("change", ENDED, set())],
)
@pytest.mark.parametrize("model", FILES)
def test_files(model, action, fields, expected, through_group, traeger_a, guest, coordination):
    file, beside = FILES[model](traeger=traeger_a), FILES[model](traeger=traeger_a)
    grant(coordination.group(REDAKTION) if through_group else guest, file, action, **fields)
    found = [
        allowed(guest, each, "thinka_sites", model, ("view", "change", "delete")) for each in (file, beside)
    ]
    assert found == [expected, set()]


def test_roles_count_too(pages, person, traeger_a):
    assert "change" in on_page(person(REDAKTION, traeger_a), pages[0])
    assert on_page(person(LESEN, traeger_a), pages[0]) == set()


def test_others_may_nothing(pages, guest):
    grant(guest, pages[0], "change")
    User.objects.filter(pk=guest.pk).update(is_active=False)
    assert on_page(guest, pages[0]) == set()
    assert not AnonymousUser().has_perm("wagtailcore.change_page", pages[0])
    assert UserFactory(admin=True).has_perm("wagtailcore.change_page", pages[0])


@pytest.mark.parametrize(
    "permission",
    ["wagtailcore.change_site", "home.change_page", "change_page", "nonsense", "wagtailcore.delete_page"],
)
def test_other_permissions_are_not_held_on_a_page(permission, pages, guest):
    grant(guest, pages[0], "publish")
    assert not User.objects.get(pk=guest.pk).has_perm(permission, pages[0])


def test_without_an_object_only_roles_count(pages, guest, traeger_a):
    grant(guest, pages[0], "publish")
    for permission, held in (("wagtailadmin.access_admin", True), ("wagtailcore.change_page", False)):
        assert User.objects.get(pk=guest.pk).has_perm(permission) is held
    assert not guest.has_perm("wagtailcore.change_page", traeger_a)
