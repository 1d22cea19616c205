"""What a browser may keep for a person is locked with a key of their session.

The key is random and says nothing of the person. It stands in the session and in a cookie that scripts read
and that holds on all sites which share a login. Whoever signs out, whose session has ended or whose account
is switched off loses the cookie with the next answer, whatever was asked for: what lies on the device can't
be read any more, on no site, and the browser is told to throw away what this site stored.

Without a network there is no such answer: the key may then outlive the session, by `LONGEST` at most since it
was handed out.
"""

import secrets
from hmac import compare_digest

from django.conf import settings

COOKIE = "unterwegs"
_KEY = "device_key"
# How long a browser may keep something without asking, in seconds; also without a network.
LONGEST = 7 * 24 * 60 * 60


def give_key(request, response) -> None:
    """Hand the key of the session out, and let it last from now on; `request` is of a person."""
    key = request.session.get(_KEY)
    if not key:
        # 256 bits, as AES takes them.
        key = request.session[_KEY] = secrets.token_urlsafe(32)
    response.set_cookie(
        COOKIE,
        key,
        max_age=LONGEST,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=request.is_secure(),
        samesite="Lax",
    )


def _is_own(request, key: str) -> bool:
    known = request.user.is_authenticated and request.session.get(_KEY)
    return bool(known) and compare_digest(known.encode(), key.encode())


class ForgetOnDevice:
    """Behind the person of the request: takes the key of anybody else away."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        key = request.COOKIES.get(COOKIE)
        # Only now: the request may have been about signing out, or in.
        if key and COOKIE not in response.cookies and not _is_own(request, key):
            response.delete_cookie(COOKIE, domain=settings.SESSION_COOKIE_DOMAIN, samesite="Lax")
            response["Clear-Site-Data"] = '"storage"'
        return response
