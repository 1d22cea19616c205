"""What the forms say that slow people down, and the forms that do."""

from django import forms
from django.utils.translation import ngettext_lazy
from wagtail.admin.forms.auth import PasswordChangeForm

from sites.accounts import log
from sites.accounts.throttle import OLD_PASSWORD

TOO_OFTEN = ngettext_lazy(
    "That was tried too often. Please wait %(minutes)d minute, then try again.",
    "That was tried too often. Please wait %(minutes)d minutes, then try again.",
    "minutes",
)


def too_often(wait: int) -> forms.ValidationError:
    """Return the error that says when to try again, in `wait` seconds."""
    return forms.ValidationError(TOO_OFTEN, code="too_often", params={"minutes": -(-wait // 60)})


class SlowedSignIn(forms.Form):
    """A form for signing in: says so where the backend did not look at the password."""

    def get_invalid_login_error(self):
        if wait := getattr(self.request, "retry_after", 0):
            return too_often(wait)
        return super().get_invalid_login_error()


class SlowedPasswordChange(PasswordChangeForm):
    """The form for a new password of one's own; at somebody else's desk nobody may guess the old one."""

    request = None

    def clean_old_password(self):
        if wait := OLD_PASSWORD.hit(str(self.user.pk)):
            log.slowed_down(self.request, "old password", log.who(self.user.pk), wait)
            raise too_often(wait)
        old = super().clean_old_password()
        OLD_PASSWORD.forget(str(self.user.pk))
        return old
