"""Views of the frame that belong to no app."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from psycopg.errors import (
    InternalError_ as InternalError,
)
from psycopg.errors import (
    UndefinedColumn,
    UndefinedFunction,
    UndefinedObject,
    UndefinedTable,
)

from sites.rls.install import installed

THEME_COOKIE = "darstellung"
YEAR = 365 * 24 * 60 * 60  # seconds
RETRY_AFTER = 30  # seconds


def unavailable() -> HttpResponse:
    """Say that the portal will be there again soon, to people and to programs; needs no database."""
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def server_error(request):
    """Answer a request that failed: 503 where the database was away or being changed, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError) or is_about_a_change(error):
        return unavailable()
    return defaults.server_error(request)


# What a request meets while `migrate` changes tables and functions.
_UNDEFINED = (UndefinedFunction, UndefinedTable, UndefinedColumn, UndefinedObject)


def is_about_a_change(error: BaseException | None) -> bool:
    """Tell whether the database lacks something only because somebody is changing it at this moment."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    if isinstance(cause, InternalError):
        return "cache lookup failed" in str(cause) or "concurrently updated" in str(cause)
    if isinstance(cause, UndefinedFunction) and "portal_" in str(cause):
        return True
    try:
        return isinstance(cause, _UNDEFINED) and not installed()
    except DatabaseError:
        return True


# Exempt: the form stands on every public page, and a CSRF token there would set a cookie for every visitor.
# The worst that a forged request can do is to make a page dark.
@csrf_exempt
@require_POST
def set_theme(request):
    """Remember the display (POST ``theme``: light, dark or auto) and go back to ``next`` on this host.

    Anything but light and dark forgets the choice, so that the device's setting counts again.
    """
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    theme = request.POST.get("theme")
    if theme in ("light", "dark"):
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response
