"""Old addresses of pages that the reader does not find."""

from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Page


class PortalRedirectMiddleware(RedirectMiddleware):
    """Leaves the answer 404 where a redirect leads to a page that was withdrawn, or is not for this person.

    Wagtail fails there: RLS hides the page, but not the redirect.
    """

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except Page.DoesNotExist:
            return response
