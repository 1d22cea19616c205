"""The end of a session while somebody types: the editor learns of it, instead of being led to the login."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


@never_cache
def session_state(request) -> JsonResponse:
    """Say who is signed in, and by which token forms are accepted now: it changes with every login."""
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})


class SignedOutMiddleware:
    """Answers 401 and a reason to a script where a person would be led to the login."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.headers.get("Accept") != "application/json" or response.status_code != 302:
            return response
        if response["Location"].partition("?")[0] != reverse("wagtailadmin_login"):
            return response
        reason = {"error_code": "signed_out", "error_message": _("You have been signed out.")}
        return JsonResponse({"success": False} | reason, status=401)
