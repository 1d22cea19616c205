"""The forms of a team and of those who come to it."""

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from sites.access.roles import LESEN, ROLE_CHOICES
from sites.models import User
from sites.team.people import members


class InviteForm(forms.Form):
    """Names an address and a role of the Träger."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES, initial=LESEN)

    def __init__(self, *args, traeger, **kwargs):
        super().__init__(*args, auto_id="invite_%s", **kwargs)
        self.traeger = traeger

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        # Only the own team, which whoever asks sees anyway.
        if any(each.person.email.lower() == email for each in members(self.traeger)):
            raise forms.ValidationError(
                _("This person is in the team already. Change the role in the list above."), code="member"
            )
        return email


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)


class JoinForm(forms.Form):
    """A new person says their name and chooses a password."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 12 characters. Best are three or four words that have nothing to do with each other."
        ),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        data = super().clean()
        password = data.get("password")
        if password and "again" in data and password != data["again"]:
            self.add_error("again", _("The two passwords are not the same. Please type both again."))
        elif password:
            names = {name: data.get(name, "") for name in ("first_name", "last_name")}
            try:
                password_validation.validate_password(password, User(email=self.email, **names))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
