"""The form in which a reader says what is not true any more, and what keeps machines from filling it in."""

import time

from django import forms
from django.core import signing
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from limits import parse

from home.models.notices import TEXT_LENGTH, Notice
from sites.accounts.throttle import Limit

SALT = "home.lifecycle.notices"
# Nobody reads the form and sends it in less; whoever leaves it open for longer gets a new one. In seconds.
QUICKEST, LONGEST = 2, 12 * 60 * 60
_USED = Limit("form for a notice", parse("1 per day"))


class Token:
    """What a form carries so that it is taken once, by the person and for the entry for whom it was made.

    It stands in for Django's token against forged requests, which would set a cookie for every visitor: a
    foreign page can't read a form that was made for somebody who is signed in. With one made for a visitor it
    could do no more than anybody can.
    """

    def __init__(self, page: int, user):
        self.meant_for = [page, user.pk or 0]

    def issue(self) -> str:
        """Return a new one."""
        return signing.dumps([*self.meant_for, int(time.time()), get_random_string(16)], salt=SALT)

    def problem(self, text: str) -> str:
        """Return what is wrong with the token `text`, in words for people; empty where it is right."""
        try:
            *meant_for, issued, _number = signing.loads(text, salt=SALT, max_age=LONGEST)
        except signing.BadSignature:
            meant_for, issued = None, 0
        if meant_for != self.meant_for:
            return _("This form was open for too long. Please send it once more.")
        if time.time() - issued < QUICKEST:
            return _("That was very quick. Please look at the form again and send it once more.")
        return ""

    @staticmethod
    def use(text: str) -> bool:
        """Use up the token `text`. Returns whether it was new."""
        return not _USED.hit(text)


class NoticeForm(forms.Form):
    """Something is chosen already, so that one click sends it. Only visitors are asked for an address."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is not true any more?"), choices=Notice.Reason, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("What would be right?"),
        help_text=gettext_lazy(
            "Nothing about clients, please: no names, no cases. They are protected by law."
        ),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy(
            "Only if you want an answer. We delete it with the answer, or else after 90 days."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # People don't see it; programs that fill in everything do.
    website = forms.CharField(required=False)
    token = forms.CharField(required=False)

    def __init__(self, *args, token: Token, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.made_for = token
        if user.is_authenticated:
            del self.fields["email"]

    def clean(self):
        values = super().clean()
        problem = self.made_for.problem(values.get("token", ""))
        if values.get("website"):
            problem = _("A field was filled in that people don't see. Please send the form once more.")
        if problem:
            raise forms.ValidationError(problem, code="again")
        return values
