"""Who signed in, who tried to, who was slowed down: in the log, without passwords.

People are named by their id; a name without an account by a short digest, because people type passwords into
the wrong field.
"""

import logging

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from sites.accounts.addresses import client_address
from sites.accounts.counting import digest

log = logging.getLogger("thinka.signin")
UID = "thinka_sites.signin"


def who(person: int | None, name: str | None = "") -> str:
    """Return how the log calls somebody: `person` is the id of the account, `name` what was typed."""
    return f"person {person}" if person else f"unknown {digest((name or '').strip().lower())[:8]}"


def where(request) -> str:
    return str((request and client_address(request)) or "an unknown address")


@receiver(user_logged_in, dispatch_uid=UID)
def signed_in(sender, request, user, **kwargs):
    log.info("Signed in: %s from %s", who(user.pk), where(request))


@receiver(user_logged_out, dispatch_uid=UID)
def signed_out(sender, request, user, **kwargs):
    if user:
        log.info("Signed out: %s from %s", who(user.pk), where(request))


@receiver(user_login_failed, dispatch_uid=UID)
def not_signed_in(sender, credentials, request=None, **kwargs):
    """Refused without a look at the password, the account is not looked up either."""
    name = credentials.get("username")
    if wait := getattr(request, "retry_after", 0):
        slowed_down(request, "sign-in", who(None, name), wait)
    else:
        log.info("Not signed in: %s from %s", who(getattr(request, "sign_in_as", None), name), where(request))


def slowed_down(request, what: str, whom: str, wait: int) -> None:
    """Tell that `what` was refused for `wait` seconds."""
    log.warning("Slowed down: %s, %s from %s, for %d s", what, whom, where(request), wait)


def reset(request, name: str) -> None:
    """Tell that a link to a new password was asked for; the account is not looked up here."""
    log.info("New password asked for: %s from %s", who(None, name), where(request))
