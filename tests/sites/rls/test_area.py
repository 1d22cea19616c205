"""Which area a request belongs to follows from the view that answers, and from nothing that a client adds."""

import pytest
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from sites.rls.identity import ADMIN, SITE, current_identity
from sites.rls.middleware import IdentityMiddleware


@pytest.mark.parametrize(
    ("path", "extra", "area"),
    [
        ("/admin/", {}, ADMIN),
        ("/admin/pages/", {"SCRIPT_NAME": "/x"}, ADMIN),
        ("/admin/pages/", {"SCRIPT_NAME": "/admin"}, ADMIN),
        ("/aktuelles/", {"SCRIPT_NAME": "/admin"}, SITE),
        ("/", {}, SITE),
        ("/administration/", {}, SITE),
    ],
)
def test_the_area_of_an_address(path, extra, area, traeger_a):
    seen = []

    def view(request):
        seen.append(current_identity().area)
        return HttpResponse()

    request = RequestFactory(HTTP_HOST=traeger_a.site.hostname).get(path, **extra)
    SessionMiddleware(view).process_request(request)
    assert settings.SESSION_COOKIE_NAME not in request.COOKIES
    IdentityMiddleware(view)(request)
    assert seen == [area]
