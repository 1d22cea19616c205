"""Foreign pages do not exist in the editing area."""

from django.http import Http404
from wagtail.models import Page
from wagtail.permissions import policy_registry

# How addresses in the editing area name a page that the view works on.
ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
BULK = "wagtail_bulk_action"
# The page chooser also offers what the shared sites have published, see `sites.wagtail_hooks`.
CHOOSER = "wagtailadmin_choose_page"


def _page_ids(match, query) -> set[int]:
    """Return the ids of the pages that a request to the editing area names."""
    if not match.route.startswith("admin/") or match.view_name.startswith(CHOOSER):
        return set()
    if match.view_name == BULK and match.kwargs.get("model_name", "").lower() == "page":
        return {int(value) for value in query.getlist("id") if value.isascii() and value.isdigit()}
    return {match.kwargs[name] for name in ARGUMENTS if name in match.kwargs}


class ForeignPagesMiddleware:
    """Answers 404 for pages out of reach, as for pages that don't exist.

    Wagtail sends people away with a message, which tells that the page exists; its bulk actions even
    name the page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        ids = _page_ids(request.resolver_match, request.GET)
        if not ids or not request.user.is_authenticated or request.user.is_superuser:
            return
        within_reach = policy_registry.get_by_type(Page).explorable_instances(request.user)
        # The root is nobody's: Wagtail leads from there to what is within reach.
        asked = Page.objects.filter(pk__in=ids).exclude(depth=1)
        if asked.exclude(pk__in=within_reach.values("pk")).exists():
            raise Http404
