"""Browsers in which an account was signed in to before, told by a signed cookie.

Somebody who guesses at an account from many places uses up its tries; whoever has signed in before goes on in
their browser. The cookie opens nothing, it only has tries of its own (OWASP calls that device cookies).
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string

from sites.accounts.counting import digest

COOKIE = "browser"
SALT = "sites.accounts.browsers"
AGE = timedelta(days=180)
# Colleagues share computers.
MOST_ACCOUNTS = 8


def _read(request) -> tuple[str, list[str]]:
    """Return the browser's name and the digests of the accounts that were signed in to, the newest last."""
    try:
        name, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return "", []
    return name, accounts


def known_browser(request, account: str) -> str:
    """Return the name of the browser where `account` (an address) was signed in to in it, else ""."""
    name, accounts = _read(request)
    return name if digest(account)[:16] in accounts else ""


def remember(request, response, account: str) -> None:
    """Let `response` tell the browser that `account` was signed in to."""
    name, accounts = _read(request)
    own = digest(account.strip().lower())[:16]
    accounts = [*(each for each in accounts if each != own), own][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        signing.dumps([name or get_random_string(16), accounts], salt=SALT),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        domain=settings.SESSION_COOKIE_DOMAIN,
    )
