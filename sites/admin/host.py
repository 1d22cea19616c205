"""The editing area on a host of its own, where the installation has one. See docs/operators/security.md.

Then it answers there only, and links that lead to it from the sites name that host. Without one it answers on
the host of every site, under /admin/.
"""

import re

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from wagtail.models import Site

ADMIN_PREFIX = "/admin/"
# What the editing area shows of the sites: files, and the colours in previews. Pages are on their sites only.
SHARED_VIEWS = {"branding_css", "private_file", "robots"}


def admin_url(view: str, *args) -> str:
    """Return the address of a view of the editing area, for links on the sites."""
    return settings.PORTAL_ADMIN_ORIGIN + reverse(view, args=args)


def _has_site(request) -> bool:
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
        elif here and not _has_site(request):
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


class _Elsewhere:
    """An item of Wagtail's user bar whose link leads to the host of the editing area."""

    def __init__(self, item):
        self.item = item

    def __getattr__(self, name):
        return getattr(self.item, name)

    def render_html(self, parent_context):
        html = self.item.render_html(parent_context)
        prefix = f'href="{settings.PORTAL_ADMIN_ORIGIN}{ADMIN_PREFIX}'
        # What Wagtail has made here is safe already, and so is the origin from the settings.
        return html and type(html)(re.sub(rf'href="(?:[^"/]*//[^"/]+)?{ADMIN_PREFIX}', prefix, html))


def lead_elsewhere(items: list) -> None:
    """Make the links of the user bar lead to the host of the editing area, where it has one."""
    if settings.PORTAL_ADMIN_ORIGIN:
        items[:] = [_Elsewhere(item) for item in items]
