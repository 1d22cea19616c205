"""Requests tell the database who is asking; what the wall refuses is answered as if it weren't there."""

import logging

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import DisallowedHost, ObjectDoesNotExist
from django.db import DatabaseError, connection
from django.http import Http404
from django.http.request import split_domain_port
from django.urls import get_resolver
from django.utils.cache import add_never_cache_headers
from psycopg.errors import InsufficientPrivilege
from wagtail.models import Site

from sites.wall.session import ADMIN, SITE, Asking, current, enter

log = logging.getLogger(__name__)

# What PostgreSQL's `integer` holds.
GREATEST_ID = 2**31 - 1
GREATEST_PORT = 65535


def refused(error: BaseException | None) -> bool:
    """Tell whether an exception says that the wall refused to write."""
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


def login_helps(request) -> bool:
    """Tell whether a visitor who got a 404 asked for what somebody with an account may find."""
    match = request.resolver_match
    if match is None or request.user.is_authenticated:
        return False
    site = Site.find_for_request(request)
    if page := getattr(request, "hidden_page", None):
        question = "portal_login_helps_with_page(%s, %s)"
        arguments = [page, site and site.pk]
    elif match.view_name == "wagtail_serve":
        slugs = [part for part in match.args[0].split("/") if part]
        # Not a page of its own: the feed of the list above.
        slugs = slugs[:-1] if slugs[-1:] == ["feed"] else slugs
        question = "portal_login_helps(%s, %s, %s)"
        arguments = [site and site.pk, request.LANGUAGE_CODE, slugs]
    elif match.view_name == "wagtaildocs_serve" and match.kwargs["document_id"] <= GREATEST_ID:
        question = "portal_login_helps_with_document(%s, %s)"
        arguments = [match.kwargs["document_id"], site and site.pk]
    else:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}", arguments)
        return cursor.fetchone()[0]


class WallMiddleware:
    """Behind Django's authentication. The end of the request makes the database forget, see `sites.apps`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # A preview is a request to the site within one to the editing area, which then goes on.
        outer = current() if hasattr(request, "is_dummy") else None
        host, port = split_domain_port(request.get_host())
        port = int(port or request.get_port())
        if port > GREATEST_PORT:
            raise DisallowedHost("There is no such port.")
        asking = Asking(
            person=self._session_person(request),
            area=ADMIN if request.path.startswith("/admin/") else SITE,
            host=host,
            port=port,
        )
        person, principals = enter(asking)
        # Only now can the account be read. Its session may have ended, for example by a new password.
        if asking.person and not request.user.is_authenticated:
            person, principals = enter(Asking(None, asking.area, asking.host, asking.port))
        if person:
            request.user.principals = principals
        response = self.get_response(request)
        if outer:
            enter(outer)
        elif response.status_code == 404 and asking.area == SITE and login_helps(request):
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
        """Answer 404 where a row can't be found or written: it is hidden behind the wall, or gone."""
        hidden = isinstance(exception, ObjectDoesNotExist) or names_hidden(exception)
        if hidden or refused(exception) or refused(exception.__context__):
            log.warning("Refused by the wall in %s.", request.resolver_match.view_name, exc_info=exception)
            handler = get_resolver().resolve_error_handler(404)
            return handler(request, exception=Http404())
        return None
