"""What people may do with pages, as data: role × page, and grant × page → the whole set of abilities."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from knowledge.models import MethodIndexPage
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.access.testers import PortalPagePermissionTester
from sites.models import User
from tests.factories import ContentPageFactory, MethodPageFactory, UserFactory
from tests.sites.grants.granting import grant
from tests.world import list_page

# These two ask for a destination as well.
WITH_DESTINATION = {"can_move_to", "can_copy_to"}
ASKED = {name for name in dir(PortalPagePermissionTester) if name.startswith("can_")} - WITH_DESTINATION

# Wagtail says so of every page, whoever asks; its views ask for more.
NOTHING = {"can_view_revisions", "can_submit_for_moderation"}
EDIT = NOTHING | {"can_edit", "can_lock", "can_unlock"}
PUBLISH = EDIT | {"can_publish", "can_unpublish", "can_unschedule", "can_publish_subpage"}
# By a role: who writes may also add and copy, and take away what was never published.
WRITE = NOTHING | {"can_edit", "can_add_subpage", "can_copy"}
WRITE_DRAFT = WRITE | {"can_delete", "can_move"}
ALL = ASKED
DRAFT = ASKED - {"can_unpublish"}
# The start page stays where it is, for everybody.
FIXED = {"can_delete", "can_move", "can_copy", "can_unpublish"}
# Nothing stands below a method.
LEAF = {"can_add_subpage", "can_publish_subpage"}

PAGES = ("own draft", "draft", "live", "start page", "of B", "method")
NOWHERE = (NOTHING,) * 6
WRITES_IN_A = (WRITE_DRAFT, WRITE_DRAFT, WRITE, WRITE - FIXED, NOTHING, NOTHING)
PUBLISHES_IN_A = (DRAFT, DRAFT, ALL, ALL - FIXED, NOTHING, NOTHING)

# (role, where) → abilities on each of PAGES; all but the last two are pages of Träger A
BY_ROLE = {
    ("anonymous", None): NOWHERE,
    ("administrator", None): (DRAFT, DRAFT, ALL, ALL - FIXED, ALL, ALL - LEAF),
    (LESEN, "traeger_a"): NOWHERE,
    (REDAKTION, "traeger_a"): WRITES_IN_A,
    (FREIGABE, "traeger_a"): PUBLISHES_IN_A,
    (LEITUNG, "traeger_a"): PUBLISHES_IN_A,
    (REDAKTION, "traeger_b"): (*NOWHERE[:4], WRITE, NOTHING),
    (LEITUNG, "traeger_b"): (*NOWHERE[:4], ALL, NOTHING),
    (LESEN, "coordination"): NOWHERE,
    (REDAKTION, "coordination"): NOWHERE,
    (FREIGABE, "coordination"): NOWHERE,
    (LEITUNG, "coordination"): NOWHERE,
    (LESEN, "knowledge"): NOWHERE,
    (REDAKTION, "knowledge"): (*NOWHERE[:5], WRITE - LEAF),
    (FREIGABE, "knowledge"): (*NOWHERE[:5], ALL - LEAF),
    (LEITUNG, "knowledge"): (*NOWHERE[:5], ALL - LEAF),
}

# (role, where, level of the grant, on which page) → abilities there; elsewhere it stays as above
BY_GRANT = {
    (LESEN, "traeger_a", "publish", "draft"): PUBLISH - {"can_unpublish"},
    (REDAKTION, "traeger_a", "view", "live"): WRITE,
    (REDAKTION, "traeger_a", "change", "live"): WRITE | EDIT,
    (REDAKTION, "traeger_a", "publish", "live"): WRITE | PUBLISH,
    (REDAKTION, "traeger_a", "publish", "draft"): WRITE_DRAFT | PUBLISH - {"can_unpublish"},
    (LEITUNG, "traeger_a", "change", "live"): ALL,
    (LEITUNG, "traeger_a", "publish", "of B"): PUBLISH,
    (LEITUNG, "traeger_b", "view", "live"): NOTHING,
    (LEITUNG, "traeger_b", "change", "method"): EDIT,
    (LEITUNG, "traeger_b", "publish", "method"): PUBLISH - LEAF,
    (REDAKTION, "coordination", "change", "draft"): EDIT,
    (FREIGABE, "coordination", "publish", "draft"): PUBLISH - {"can_unpublish"},
    (FREIGABE, "coordination", "publish", "live"): PUBLISH,
    (LEITUNG, "coordination", "publish", "start page"): PUBLISH - FIXED,
    (LEITUNG, "knowledge", "change", "of B"): EDIT,
}


@pytest.fixture
def somebody(world, person):
    """`somebody(role, where)` → a person, or a visitor."""

    def make(role, at):
        if at:
            return person(role, getattr(world, at))
        return UserFactory(admin=True) if role == "administrator" else AnonymousUser()

    return make


def make_pages(world, user) -> dict[str, Page]:
    start = world.traeger_a.site.root_page
    owner = user if user.pk else None
    return {
        "own draft": ContentPageFactory(parent=start, publish=False, owner=owner),
        "draft": ContentPageFactory(parent=start, publish=False),
        "live": ContentPageFactory(parent=start),
        "start page": start,
        "of B": ContentPageFactory(parent=world.traeger_b.site.root_page),
        "method": MethodPageFactory(parent=list_page(world.knowledge, MethodIndexPage)),
    }


def abilities(user, pages: dict[str, Page]) -> dict[str, set[str]]:
    """All abilities of a person on each page, as a new request would find them."""
    user = User.objects.get(pk=user.pk) if user.pk else user
    testers = {
        name: Page.objects.get(pk=page.pk).specific.permissions_for_user(user) for name, page in pages.items()
    }
    return {name: {each for each in ASKED if getattr(tester, each)()} for name, tester in testers.items()}


@pytest.mark.parametrize(("role", "at"), BY_ROLE)
def test_what_a_role_allows(world, somebody, role, at):
    user = somebody(role, at)
    expected = dict(zip(PAGES, BY_ROLE[role, at], strict=True))
    assert abilities(user, make_pages(world, user)) == expected


@pytest.mark.parametrize(("role", "at", "level", "on"), BY_GRANT)
def test_what_a_grant_adds(world, somebody, role, at, level, on):
    user = somebody(role, at)
    pages = make_pages(world, user)
    grant(user, pages[on], level)
    expected = dict(zip(PAGES, BY_ROLE[role, at], strict=True))
    assert abilities(user, pages) == expected | {on: BY_GRANT[role, at, level, on]}


# From one of PAGES to another one. "list" holds methods; nothing stands below one.
WAYS = (
    ("draft", "live"),
    ("live", "draft"),
    ("draft", "of B"),
    ("live", "of B"),
    ("of B", "live"),
    ("start page", "of B"),
    ("method", "list"),
    ("method", "live"),
)
NO, COPY, BOTH = set(), {"can_copy_to"}, {"can_move_to", "can_copy_to"}
NO_WAY = (NO,) * len(WAYS)

# (role, where) → what of both is allowed on each of WAYS
BY_WAY = {
    ("anonymous", None): NO_WAY,
    ("administrator", None): (BOTH, BOTH, BOTH, BOTH, BOTH, NO, BOTH, NO),
    (LESEN, "traeger_a"): NO_WAY,
    (REDAKTION, "traeger_a"): (BOTH, COPY, NO, NO, NO, NO, NO, NO),
    (FREIGABE, "traeger_a"): (BOTH, BOTH, NO, NO, NO, NO, NO, NO),
    (LEITUNG, "traeger_a"): (BOTH, BOTH, NO, NO, NO, NO, NO, NO),
    (LEITUNG, "traeger_b"): NO_WAY,
    (LEITUNG, "coordination"): NO_WAY,
    (REDAKTION, "knowledge"): (*NO_WAY[:6], COPY, NO),
    (LEITUNG, "knowledge"): (*NO_WAY[:6], BOTH, NO),
}


def ways(user, pages: dict[str, Page]) -> dict[tuple[str, str], set[str]]:
    """Return what of moving and copying a person may do on each way, as a new request would find it."""
    user = User.objects.get(pk=user.pk) if user.pk else user
    found = {name: Page.objects.get(pk=page.pk).specific for name, page in pages.items()}
    return {
        (page, to): {
            each
            for each in WITH_DESTINATION
            if getattr(found[page].permissions_for_user(user), each)(found[to])
        }
        for page, to in WAYS
    }


@pytest.mark.parametrize(("role", "at"), BY_WAY)
def test_where_a_role_moves_and_copies(world, somebody, role, at):
    user = somebody(role, at)
    pages = make_pages(world, user) | {"list": list_page(world.knowledge, MethodIndexPage)}
    assert ways(user, pages) == dict(zip(WAYS, BY_WAY[role, at], strict=True))


@pytest.mark.parametrize("level", ["change", "publish"])
@pytest.mark.parametrize("role", [REDAKTION, LEITUNG])
def test_a_grant_leads_no_page_away_and_none_to_it(world, somebody, role, level):
    """Neither where only the page is granted, nor where only the destination is, nor where both are."""
    user = somebody(role, "traeger_a")
    pages = make_pages(world, user) | {"list": list_page(world.knowledge, MethodIndexPage)}
    before = ways(user, pages)
    for name in ("of B", "method", "list"):
        grant(user, pages[name], level, subtree=True)
    assert ways(user, pages) == before
