"""Sessions end after a working day without use."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

# Under this key the session keeps when it was last renewed (seconds since 1970).
RENEWED = "renewed"


def _renew(session) -> None:
    session[RENEWED] = int(time.time())


@receiver(user_logged_in, dispatch_uid="thinka_sites.idle")
def begin(sender, request, **kwargs):
    _renew(request.session)


class RenewSession:
    """Lets a session that is used last on, without storing it at every request.

    It ends SESSION_COOKIE_AGE after it was stored, which happens anew once PORTAL_SESSION_RENEWAL went by:
    so when it was not used for that age, or up to PORTAL_SESSION_RENEWAL less.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        session = request.session
        old = time.time() - session.get(RENEWED, 0) >= settings.PORTAL_SESSION_RENEWAL
        if old and SESSION_KEY in session and request.user.is_authenticated:
            _renew(session)
        return self.get_response(request)
