"""What wagtail-localize offers to whoever may edit a page, for those only who may do it by their role.

Both put other words in the place of what somebody has written, which a grant never allows.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail_localize.views.convert import convert_to_alias

# By the names of its buttons. Who turns a page into an alias publishes or withdraws it, as its source is.
RESTART, CONVERT = "localize-restart-translation", "localize-convert-to-alias"
NEEDS = {RESTART: "change", CONVERT: "publish"}


def _may(button: str, page, user) -> bool:
    return page.permissions_for_user(user).may_by_role(NEEDS[button])


def convert_by_role(request, page_id: int):
    """Turn a translation into an alias of its source. Raises PermissionDenied."""
    if not _may(CONVERT, get_object_or_404(Page, pk=page_id), request.user):
        raise PermissionDenied
    return convert_to_alias(request, page_id)


def refuse_restart(request, page):
    """Wagtail's hook, before the one that begins a translation again."""
    if RESTART in request.POST and not _may(RESTART, page, request.user):
        raise PermissionDenied


def offer_what_works(items, request, context):
    """Take out of the editor's menu what would be refused."""
    items[:] = [
        item for item in items if item.name not in NEEDS or _may(item.name, context["page"], request.user)
    ]
