"""What a guest sees: view × level of the grant → answer."""

from collections.abc import Callable

from django.urls import reverse

from tests.sites.grants.guest.scene import (
    MISSING,
    SHOWN,
    UNKNOWN,
    WORD,
    internal,
    locked,
    locked_by_guest,
    nothing,
    submitted,
    submitted_by_guest,
    unpublished,
)

P, R = "wagtailadmin_pages:", "wagtailadmin_reports:"


def view(name: str, *more) -> Callable:
    """The address called `name`, of the page."""
    return lambda client, scene: client.get(reverse(name, args=[scene.page.pk, *more]))


def view_above(name: str) -> Callable:
    """The address called `name`, of the page above."""
    return lambda client, scene: client.get(reverse(name, args=[scene.above.pk]))


def view_revision(name: str) -> Callable:
    return lambda client, scene: client.get(reverse(name, args=[scene.page.pk, scene.newest().pk]))


def listing(name: str, query: str = "") -> Callable:
    """A list of what is within reach."""
    return lambda client, scene: client.get(reverse(name) + query)


def on_its_site(path: Callable) -> Callable:
    """A path on the public site of the page's Träger."""

    def ask(client, scene):
        site = scene.host.site
        return client.get(path(scene), headers={"host": f"{site.hostname}:{site.port}"})

    return ask


def address(scene) -> str:
    return scene.page.get_url_parts()[2]


OBJECT = (UNKNOWN, UNKNOWN, SHOWN, SHOWN)
IN_LIST = (MISSING, MISSING, SHOWN, SHOWN)
# The page above can be opened with the grant on that one.
IN_LIST_BELOW = (MISSING, UNKNOWN, SHOWN, SHOWN)
CLOSED = (UNKNOWN,) * 4
# For who publishes, as with a role.
PUBLISHED = (MISSING, MISSING, MISSING, SHOWN)
# name → (what is asked for, what was before, answers: with grants around the page only, granted to read, to
# edit, to publish)
VIEWS = {
    "explorer": (view("wagtailadmin_explore"), nothing, OBJECT),
    "explorer, page above": (view_above("wagtailadmin_explore"), nothing, IN_LIST_BELOW),
    "editor": (view(P + "edit"), nothing, OBJECT),
    "editor, submitted": (view(P + "edit"), submitted, OBJECT),
    "draft": (view(P + "view_draft"), nothing, OBJECT),
    "history": (view(P + "history"), nothing, OBJECT),
    "history of approvals": (view(P + "workflow_history"), submitted, OBJECT),
    "usage": (view(P + "usage"), nothing, OBJECT),
    "compare versions": (view(P + "revisions_compare", "earliest", "latest"), nothing, OBJECT),
    "compare with the public one": (view(P + "revisions_compare", "live", "latest"), nothing, OBJECT),
    "former version": (view_revision(P + "revisions_view"), nothing, OBJECT),
    "back to a former version": (view_revision(P + "revisions_revert"), nothing, OBJECT),
    "scripts": (view("wagtailadmin_api:pages:detail"), nothing, OBJECT),
    "scripts, search": (listing("wagtailadmin_api:pages:listing", f"?search={WORD}"), nothing, IN_LIST),
    "chooser": (view_above("wagtailadmin_choose_page_child"), nothing, IN_LIST_BELOW),
    "chooser, search": (listing("wagtailadmin_choose_page_search", f"?q={WORD}"), nothing, IN_LIST),
    "search": (listing(P + "search", f"?q={WORD}"), nothing, IN_LIST),
    "search, results": (listing(P + "search_results", f"?q={WORD}"), nothing, IN_LIST),
    "site history": (listing(R + "site_history"), nothing, IN_LIST),
    "aging pages": (listing(R + "aging_pages"), nothing, PUBLISHED),
    "aging pages, export": (listing(R + "aging_pages", "?export=csv"), nothing, PUBLISHED),
    "approvals": (listing("portal_approvals"), submitted, IN_LIST),
    "approvals, export": (listing("portal_approvals", "?export=csv"), submitted, IN_LIST),
    "first page, what one has submitted": (listing("wagtailadmin_home"), submitted_by_guest, IN_LIST),
    # Wagtail lists it to everybody who may still read it.
    "first page, what one has locked": (
        listing("wagtailadmin_home"),
        locked_by_guest,
        (MISSING, SHOWN, SHOWN, SHOWN),
    ),
    "locked pages": (listing(R + "locked_pages"), locked, CLOSED),
    "workflows of all": (listing(R + "workflow"), submitted, CLOSED),
    "tasks of all": (listing(R + "workflow_tasks"), submitted, CLOSED),
    "page on its site": (on_its_site(address), internal, (UNKNOWN, SHOWN, SHOWN, SHOWN)),
    "page on its site, unpublished": (on_its_site(address), unpublished, CLOSED),
    "search on its site": (
        on_its_site(lambda scene: f"/suche/?q={WORD}"),
        internal,
        (MISSING, SHOWN, SHOWN, SHOWN),
    ),
}
