"""The editing area on a host of its own, where the installation has one. See docs/operators/security.md.

Then it answers there only, and links that lead to it from the sites name that host. Without one it answers on
the host of every site, under /admin/.
"""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from wagtail.models import Site

ADMIN_PREFIX = "/admin/"
# What the editing area shows of the sites: files, the colours in previews, and the way from its login to
# where staff begin. Pages are on their sites only.
SHARED_VIEWS = {"branding_css", "private_file", "robots", "staff_start"}


def admin_url(view: str, *args) -> str:
    """Return the address of a view of the editing area, for links on the sites."""
    return settings.PORTAL_ADMIN_ORIGIN + reverse(view, args=args)


def has_site(request) -> bool:
    """Tell whether a site has the host of this request as its own, and not as the portal's main site only."""
    site = Site.find_for_request(request)
    return site is not None and site.hostname == request.get_host().rpartition("]")[2].split(":")[0]


class AdminHostMiddleware:
    """Answers 404 for the editing area on other hosts, and for pages of sites on its own one.

    Behind RLS, which has to know who asks before anything can be answered.
    """

    def __init__(self, get_response):
        if not settings.PORTAL_ADMIN_ORIGIN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.host = settings.PORTAL_ADMIN_ORIGIN.partition("://")[2]

    def __call__(self, request):
        here = request.get_host().lower() == self.host
        if request.path_info.startswith(ADMIN_PREFIX):
            if not here:
                raise Http404
        elif here and not has_site(request):
            if request.path_info == "/":
                return redirect("wagtailadmin_home")
            if not self._shared(request.path_info):
                raise Http404
        return self.get_response(request)

    @staticmethod
    def _shared(path: str) -> bool:
        try:
            return resolve(path).view_name in SHARED_VIEWS
        except Resolver404:
            return False
