"""A new password for somebody who can't log in: Wagtail's views, which find no account behind the wall."""

from django.utils.encoding import DjangoUnicodeDecodeError, force_str
from django.utils.http import urlsafe_base64_decode
from wagtail.admin.views.account import PasswordResetConfirmView, PasswordResetView

from sites.auth import account
from sites.wall.session import asking_as


def _person(encoded: str) -> int | None:
    """Return the id of the person in a secret link, None where it holds none."""
    try:
        text = force_str(urlsafe_base64_decode(encoded))
    except (ValueError, DjangoUnicodeDecodeError):
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class AskForPasswordView(PasswordResetView):
    """Sends the link; the answer is the same whether there is such an account or not."""

    def form_valid(self, form):
        with asking_as(account(form.cleaned_data["email"])):
            return super().form_valid(form)


class NewPasswordView(PasswordResetConfirmView):
    """Takes the new password; shows and changes nothing unless the link is right."""

    def dispatch(self, *args, **kwargs):
        with asking_as(_person(kwargs["uidb64"])):
            return super().dispatch(*args, **kwargs)
