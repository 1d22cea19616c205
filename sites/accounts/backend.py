"""Logging in by e-mail address."""

from django import forms
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext_lazy as _

from sites.accounts import throttle
from sites.accounts.forms import SlowedSignIn
from sites.rls.identity import acting_as

# The demo accounts have a published password, so their addresses must never work on a real installation.
# ".example" is reserved (RFC 2606): no real person has such an address.
DEMO_DOMAIN = ".example"


def account(email: str) -> int | None:
    """Return the id of the account with this address, None without one. Works before anybody is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_account(%s)", [email])
        return cursor.fetchone()[0]


def is_demo_account(user) -> bool:
    """Tell whether `user` is one of the accounts that the demo content brings."""
    return user.email.lower().endswith(DEMO_DOMAIN)


class PortalBackend(ModelBackend):
    """Django's backend, without the demo accounts outside a demo."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        # Before the password is looked at: that takes long on purpose.
        if request and username and (wait := throttle.sign_in(request, username)):
            request.retry_after = wait
            raise PermissionDenied
        person = username and account(username)
        if request:
            # For the log.
            request.sign_in_as = person
        # A visitor sees no account, so it is asked for as its owner while the password is checked.
        with acting_as(person):
            return super().authenticate(request, username=username, password=password, **kwargs)

    def user_can_authenticate(self, user):
        if is_demo_account(user) and not settings.PORTAL_DEMO:
            return False
        return super().user_can_authenticate(user)


class EmailAuthenticationForm(SlowedSignIn, AuthenticationForm):
    """Asks for e-mail address and password."""

    username = UsernameField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "The e-mail address or the password is not right. Please check both. "
            "If you have forgotten the password, you can choose a new one."
        ),
    }
