"""The form that gives a grant."""

import re

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.access.roles import may_enter_editing_area
from sites.grants.authority import levels_to_give
from sites.grants.kinds import kind_of
from sites.grants.people import coordination_roles, person_by_email
from sites.grants.services import give

DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
# Without a time the whole day counts.
END_OF_DAY = "23:59"


class UntilField(forms.DateTimeField):
    """A moment in the future, as people here write it: with a time, or a day that counts to its end.

    Without Wagtail's calendar: it adds midnight to a day and replaces what it can't read by today.
    """

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Please write the date like 24.12.2026 or 24.12.2026 18:00."),
        "past": _("This moment is over. Choose a later one, or leave the field empty for no end."),
    }

    def __init__(self, **kwargs):
        super().__init__(input_formats=[settings.WAGTAIL_DATETIME_FORMAT], **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and DAY.fullmatch(value.strip()):
            value = f"{value.strip()} {END_OF_DAY}"
        return super().to_python(value)

    def validate(self, value):
        super().validate(value)
        if value and value <= timezone.now():
            raise forms.ValidationError(self.error_messages["past"], code="past")


class GroupChoice(forms.ModelChoiceField):
    """One of the groups of the coordination office."""

    def label_from_instance(self, role):
        return role.get_role_display()


class GrantForm(forms.Form):
    """Gives one grant on `obj`, in the name of `user`."""

    group = GroupChoice(label=_("Group of the coordination office"), queryset=None, required=False)
    email = forms.EmailField(
        label=_("or e-mail address of a person"),
        required=False,
        help_text=_("The address with which the person logs in to the portal."),
    )
    level = forms.ChoiceField(label=_("What they may do"), choices=())
    subtree = forms.BooleanField(label=_("also everything below"), required=False)
    until = UntilField(
        label=_("Until"),
        required=False,
        help_text=_("Like 24.12.2026 or 24.12.2026 18:00. Empty: until you end the grant."),
    )
    reason = forms.CharField(
        label=_("What for"),
        required=False,
        max_length=250,
        help_text=_("A few words, without data of clients."),
    )

    def __init__(self, *args, obj, user, **kwargs):
        # Ids of their own: in the editor the form stands next to the page's.
        super().__init__(*args, auto_id="grant_%s", **kwargs)
        self.obj, self.user, self.kind = obj, user, kind_of(obj)
        self.fields["group"].queryset = coordination_roles()
        self.fields["level"].choices = [
            (level.action, level.label) for level in levels_to_give(self.user, self.obj)
        ]
        if not self.kind.has_pages_below:
            del self.fields["subtree"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        if not email:
            return None
        person = person_by_email(email)
        if person is None:
            raise forms.ValidationError(
                _(
                    "Nobody has an account with this e-mail address. Check how it is written, or ask the "
                    "operators of the portal to add the person."
                ),
                code="nobody",
            )
        if person == self.user:
            raise forms.ValidationError(_("This is you. Name somebody else."), code="self")
        return person

    def clean(self):
        data = super().clean()
        role, level = data.get("group"), data.get("level")
        if not {"group", "email"} & self.errors.keys():
            if role and data.get("email"):
                self.add_error("email", _("Choose a group or name a person, not both."))
            elif not role and not data.get("email"):
                self.add_error("group", _("Choose a group, or name a person by e-mail address."))
        if role and level:
            self._refuse_useless(role, level)
        return data

    def _refuse_useless(self, role, level: str) -> None:
        """Refuse to let a group work where it can't even enter."""
        if self.kind.level(level).in_editing_area and not may_enter_editing_area(role.role):
            self.add_error("group", _("This group has no access to the editing area. Choose another group."))

    def save(self) -> bool:
        """Give the grant. Returns False where it is there already."""
        data = self.cleaned_data
        return give(
            self.obj,
            data["group"].group if data["group"] else data["email"],
            self.kind.level(data["level"]),
            until=data["until"],
            subtree=data.get("subtree", False),
            reason=data["reason"],
            by=self.user,
        )
