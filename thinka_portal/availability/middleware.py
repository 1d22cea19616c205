"""Answers instead of the portal: about its health, and while the database is away."""

from django.conf import settings

from thinka_portal.availability.gate import gate
from thinka_portal.availability.health import ANSWERS
from thinka_portal.views import unavailable


class HealthMiddleware:
    """The outermost: what watches the portal knows no host, no HTTPS and no session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = ANSWERS.get(request.path_info)
        return answer(request) if answer else self.get_response(request)


class GateMiddleware:
    """Before all that reads the database; behind what delivers static files, which needs none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.PORTAL_WEB_PROCESS:
            return self.get_response(request)
        if gate.closed():
            return unavailable()
        response = self.get_response(request)
        # Without RLS nothing is found; what is there must not be called missing meanwhile.
        return unavailable() if response.status_code == 404 and gate.without_rls() else response
