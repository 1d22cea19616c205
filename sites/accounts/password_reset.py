"""A new password for somebody who can't log in: Wagtail's views, which find no account behind RLS."""

from django.db import transaction
from django.shortcuts import redirect
from django.utils.encoding import DjangoUnicodeDecodeError, force_str
from django.utils.http import urlsafe_base64_decode
from wagtail.admin.views.account import PasswordResetConfirmView, PasswordResetView

from sites.accounts import log
from sites.accounts.addresses import client_network
from sites.accounts.forms import too_often
from sites.accounts.tasks import send_reset_link
from sites.accounts.throttle import RESET_PLACE, ask_for_reset
from sites.accounts.views import SlowedView
from sites.models import PasswordRequest
from sites.rls.identity import acting_as


def _person(encoded: str) -> int | None:
    """Return the id of the person in a secret link, None where it holds none."""
    try:
        text = force_str(urlsafe_base64_decode(encoded))
    except (ValueError, DjangoUnicodeDecodeError):
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class AskForPasswordView(SlowedView, PasswordResetView):
    """Notes that somebody has asked for a link.

    Whether they have an account, only the background service sees: the answer and what is done for it, and so
    its time, are the same for all.
    """

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        if wait := RESET_PLACE.hit(client_network(self.request)):
            log.slowed_down(self.request, "reset", log.who(None, email), wait)
            self.request.retry_after = wait
            form.add_error("email", too_often(wait))
            return self.form_invalid(form)
        if ask_for_reset(email):
            log.reset(self.request, email)
            with transaction.atomic():
                asked = PasswordRequest(email=email)
                asked.save(force_insert=True)
                send_reset_link.enqueue(str(asked.pk))
        return redirect(self.get_success_url())


class NewPasswordView(PasswordResetConfirmView):
    """Takes the new password; shows and changes nothing unless the link is right."""

    def dispatch(self, *args, **kwargs):
        with acting_as(_person(kwargs["uidb64"])):
            return super().dispatch(*args, **kwargs)
