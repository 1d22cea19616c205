"""Logging in by e-mail address."""

from django import forms
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _

# The demo accounts have a published password, so their addresses must never work on a real installation.
# ".example" is reserved (RFC 2606): no real person has such an address.
DEMO_DOMAIN = ".example"


def is_demo_account(user) -> bool:
    """Tell whether `user` is one of the accounts that the demo content brings."""
    return user.email.lower().endswith(DEMO_DOMAIN)


class PortalBackend(ModelBackend):
    """Django's backend, without the demo accounts where DEBUG is off."""

    def user_can_authenticate(self, user):
        if is_demo_account(user) and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)


class EmailAuthenticationForm(AuthenticationForm):
    """Asks for e-mail address and password."""

    username = UsernameField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "The e-mail address or the password is not right. Please check both; "
            "ask the head of your Träger if you have forgotten the password."
        ),
    }
