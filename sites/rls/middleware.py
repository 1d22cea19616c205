"""Requests tell the database who is asking; what RLS refuses is answered as if it weren't there."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import DisallowedHost, ObjectDoesNotExist
from django.db import DatabaseError
from django.http import Http404
from django.http.request import split_domain_port
from django.urls import get_resolver
from django.utils.cache import add_never_cache_headers
from psycopg.errors import InsufficientPrivilege
from wagtail.models import Page, Site

from sites.admin.host import ADMIN_PREFIX
from sites.rls.identity import ADMIN, SITE, VISITOR_READS, Identity, current_identity, set_identity
from sites.rls.lookups import Readers

log = logging.getLogger(__name__)

GREATEST_PORT = 65535


def refused(error: BaseException | None) -> bool:
    """Tell whether an exception says that RLS refused to write."""
    # What is read but not written is not there for an UPDATE; Django says so with an error that has no class.
    nothing_changed = type(error) is DatabaseError and str(error).endswith("did not affect any rows.")
    return nothing_changed or (
        isinstance(error, DatabaseError) and isinstance(error.__cause__, InsufficientPrivilege)
    )


def names_hidden(error: BaseException) -> bool:
    """Tell whether a row could not be saved because rows that it points to are hidden (or gone).

    Raised by Django's foreign keys, which alone name the key that they did not find.
    """
    found = getattr(error, "error_dict", {})
    return bool(found) and all("pk" in (each.params or {}) for errors in found.values() for each in errors)


# Where pages and documents are looked for; nothing else on a site is internal as a whole.
_CONTENT = ("wagtail_serve", "wagtaildocs_serve")


def login_helps(request) -> bool:
    """Tell whether a visitor who got a 404 is to be led to the login: on a site whose start page is internal.

    There every address leads to the login, also where there is nothing, so that nobody learns what there is.
    Elsewhere the answer 404 itself offers to sign in.
    """
    match = request.resolver_match
    if match is None or match.view_name not in _CONTENT or request.user.is_authenticated:
        return False
    site = Site.find_for_request(request)
    start = Page.objects.filter(pk=site and site.root_page_id, live=True)
    readers = start.annotate(readers=Readers("path")).values_list("readers", flat=True).first()
    return readers is not None and set(VISITOR_READS).isdisjoint(readers)


class IdentityMiddleware:
    """Behind Django's authentication. The end of the request makes the database forget, see `sites.apps`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # A preview is a request to the site within one to the editing area, which then goes on.
        outer = current_identity() if hasattr(request, "is_dummy") else None
        host, named_port = split_domain_port(request.get_host())
        port = int(named_port or request.get_port())
        if port > GREATEST_PORT:
            raise DisallowedHost("There is no such port.")
        identity = Identity(
            person=self._session_person(request),
            # Not by `path`: that begins with a SCRIPT_NAME, which some servers take from a header.
            area=ADMIN if request.path_info.startswith(ADMIN_PREFIX) else SITE,
            host=host,
            port=port,
        )
        person, principals = set_identity(identity)
        # Only now can the account be read. Its session may have ended, for example by a new password.
        if identity.person and not request.user.is_authenticated:
            person, principals = set_identity(Identity(None, identity.area, identity.host, identity.port))
        if person:
            request.user.principals = principals
        response = self.get_response(request)
        if outer:
            set_identity(outer)
        elif response.status_code == 404 and identity.area == SITE and login_helps(request):
            response = redirect_to_login(request.get_full_path(), settings.WAGTAIL_FRONTEND_LOGIN_URL)
            add_never_cache_headers(response)
        # Also public pages, lists and feeds show what only this person reads.
        if person and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    @staticmethod
    def _session_person(request) -> int | None:
        value = request.session.get(SESSION_KEY)
        return int(value) if value is not None else None

    def process_exception(self, request, exception):
        """Answer 404 where a row can't be found or written: it is hidden behind RLS, or gone."""
        hidden = isinstance(exception, ObjectDoesNotExist) or names_hidden(exception)
        if hidden or refused(exception) or refused(exception.__context__):
            log.warning("Refused by RLS in %s.", request.resolver_match.view_name, exc_info=exception)
            handler: Any = get_resolver().resolve_error_handler(404)
            return handler(request, exception=Http404())
        return None
