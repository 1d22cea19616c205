"""Old addresses of pages that the reader does not find."""

from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page


def _redirect(request) -> Redirect | None:
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, path) or get_redirect(request, path.partition("?")[0])


class PortalRedirectMiddleware(RedirectMiddleware):
    """Leaves the answer 404 where a redirect leads to a page that was withdrawn, or is not for this person.

    Wagtail fails there: the wall hides the page, but not the redirect. By `request.hidden_page`, its number,
    `sites.wall.middleware` asks whether a login would help.
    """

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except Page.DoesNotExist:
            if redirect := _redirect(request):
                request.hidden_page = redirect.redirect_page_id
            return response
