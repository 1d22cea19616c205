"""Views of the frame that belong to no app."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

THEME_COOKIE = "darstellung"
YEAR = 365 * 24 * 60 * 60  # seconds


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
