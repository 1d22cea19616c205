"""Foreign objects do not exist in the editing area, and neither do the addresses that show everybody's."""

import logging
import re

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import get_resolver
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from sites.access.privacy import restricted_paths
from sites.admin.addresses import (
    ADMINISTRATORS_ONLY,
    ARGUMENTS,
    BULK_ACTION,
    BULK_ADMINISTRATORS_ONLY,
    BULK_MODELS,
    INCOMPLETE,
    NUMBERED,
    OPEN_TO_ALL,
    PARAMETERS,
)
from sites.rls.middleware import names_hidden

log = logging.getLogger(__name__)

GREATEST = 2**63 - 1


def _is_closed(match) -> bool:
    """Tell whether an address is for administrators only."""
    if match.view_name == BULK_ACTION:
        return match.kwargs["model_name"].lower() in BULK_ADMINISTRATORS_ONLY
    return re.fullmatch(ADMINISTRATORS_ONLY, match.view_name) is not None


def _number(value) -> int | None:
    """Return an id as a number; None for what is none: the view says what to do with it.

    Read as Django's fields do it: “+5”, “ 5”, “5_0” and the digits of other scripts are numbers to them, too.
    """
    try:
        number = int(value)
    except ValueError:
        return None
    # No id is longer, and PostgreSQL could not compare it.
    return number if abs(number) <= GREATEST else None


def _is_nonsense(request, match) -> bool:
    """Tell whether a request names objects by something that is no number."""
    return re.fullmatch(NUMBERED, match.view_name) is not None and any(
        value != "all" and _number(value) is None for value in request.GET.getlist("id")
    )


def _named(request, match):
    """Yield (what is within reach, ids) for all objects that a request names."""
    for name, value in match.kwargs.items():
        for view, names, within in ARGUMENTS:
            if re.fullmatch(names, name) and re.fullmatch(view, match.view_name):
                yield within, {_number(value)}
                break
    for view, names, within in PARAMETERS:
        if re.fullmatch(view, match.view_name):
            for name in names.split("|"):
                # Of a request that is no POST this is empty.
                values = [*request.GET.getlist(name), *request.POST.getlist(name)]
                yield within, {_number(value) for value in values}
    if match.view_name == BULK_ACTION and (within := BULK_MODELS.get(match.kwargs["model_name"].lower())):
        yield within, {_number(value) for value in request.GET.getlist("id")}


def _lead_away(request):
    """Lead whoever is signed in but has nothing to do here to the site, with a sentence.

    Visitors Wagtail sends to the login itself, and so it does with scripts, which are told that they are out.
    """
    asks_for, asked_with = (request.headers.get(name) for name in ("Accept", "X-Requested-With"))
    by_script = asks_for == "application/json" or asked_with == "XMLHttpRequest"
    if not request.user.is_authenticated or by_script or request.path_info.startswith(OPEN_TO_ALL):
        return None
    messages.info(
        request,
        _(
            "The editing area is for those who write pages. You read them here, on the sites. "
            "If you are to write, too, please ask the head of your team for another role."
        ),
    )
    # On a host of its own there is no site.
    return redirect(settings.PORTAL_STAFF_START if settings.PORTAL_ADMIN_ORIGIN else "/")


class ScopeMiddleware:
    """Answers 404 for what is out of reach, as for what does not exist.

    Wagtail sends people away with a message, which tells that the object exists; some views even name it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if not match.route.startswith("admin/"):
            return None
        # Where Wagtail keeps what its marks "public" and "private" ask.
        request.all_page_view_restriction_paths = SimpleLazyObject(restricted_paths)
        if _is_nonsense(request, match):
            raise BadRequest("An id must be a number.")
        user = request.user
        if not user.has_perm("wagtailadmin.access_admin"):
            return _lead_away(request)
        if user.is_superuser:
            return None
        if _is_closed(match):
            raise Http404
        for within, ids in _named(request, match):
            ids.discard(None)
            if ids and within(user).filter(pk__in=ids).count() < len(ids):
                raise Http404
        return None

    def process_exception(self, request, exception):
        """Answer where Wagtail's views fail: 400 to a request that lacks something, a message to one that
        would delete what is still needed."""
        match = request.resolver_match
        if isinstance(exception, ProtectedError) and request.method == "POST":
            names = ", ".join(
                sorted(f"{each._meta.verbose_name} {each}" for each in exception.protected_objects)
            )
            messages.error(
                request, _("This can't be deleted, it is still needed: %(names)s.") % {"names": names}
            )
            return redirect(request.get_full_path())
        # That is left to RLS.
        if names_hidden(exception):
            return None
        if match and any(
            isinstance(exception, error) and re.fullmatch(view, match.view_name) for view, error in INCOMPLETE
        ):
            log.warning("Incomplete request to %s: %r", match.view_name, exception)
            return get_resolver().resolve_error_handler(400)(request, exception=exception)
        return None
