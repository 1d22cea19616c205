"""Where operations on pages are enqueued: Wagtail's hooks between the checks and the work."""

from wagtail import hooks
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page

from sites.jobs.counting import name_of, with_below
from sites.jobs.enqueue import enqueue, lead_to

# Which pages below are affected, too.
_LIVE, _DRAFTS = {"live": True}, {"live": False}
BULK_ACTIONS = {"move": {}, "delete": {}, "publish": _DRAFTS, "unpublish": _LIVE}
# These affect what is below only where the person has ticked it.
_ON_REQUEST = {"publish", "unpublish"}


def _enqueue(request, kind: str, pages: list[Page], address: str = "", **conditions):
    """Enqueue the operation `kind` on `pages` if need be. Returns the answer to the request then."""
    below_too = kind not in _ON_REQUEST or request.POST.get("include_descendants")
    total = with_below(pages, **conditions) if below_too else len(pages)
    job = enqueue(request, kind, name_of(pages), total, address)
    return lead_to(job) if job else None


def enqueue_move(request, page, destination):
    return _enqueue(request, "move", [page]) if request.method == "POST" else None


def enqueue_delete(request, page):
    # Without the name of the portal, where Wagtail wants it typed, the view only asks again.
    sent = request.method == "POST" and type_to_delete_confirmation(request)
    return _enqueue(request, "delete", [page]) if sent else None


def enqueue_unpublish(request, page):
    return _enqueue(request, "unpublish", [page], **_LIVE)


def enqueue_bulk_action(request, action_type, objects, action):
    if action.model is not Page or action_type not in BULK_ACTIONS:
        return None
    return _enqueue(request, action_type, objects, _naming(request, objects), **BULK_ACTIONS[action_type])


def _naming(request, pages: list[Page]) -> str:
    """The address of a request, with the numbers of its pages: “all of this list” may be others later."""
    query = request.GET.copy()
    query.setlist("id", [page.pk for page in pages])
    return f"{request.path}?{query.urlencode()}"


def register() -> None:
    """After all other hooks, which may refuse the request."""
    for name, hook in (
        ("before_move_page", enqueue_move),
        ("before_delete_page", enqueue_delete),
        ("before_unpublish_page", enqueue_unpublish),
        ("before_bulk_action", enqueue_bulk_action),
    ):
        hooks.register(name, hook, order=1000)
