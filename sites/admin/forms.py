"""Forms of the editing area about Träger and people."""

from django import forms
from django.contrib.auth.models import Group
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.images.widgets import AdminImageChooser
from wagtail.users.forms import UserCreationForm, UserEditForm

from sites.access.creation import create_traeger, default_host, validate_new_traeger
from sites.accounts.backend import EmailAuthenticationForm
from sites.accounts.forms import SlowedSignIn
from sites.fields.collation import german
from sites.fields.slugs import german_slug
from sites.models import Traeger, User
from sites.models.branding import DEFAULT_ACCENT


class AdminLoginForm(SlowedSignIn, LoginForm):
    """Wagtail's login with our words: people here log in by e-mail address."""

    username = forms.CharField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = EmailAuthenticationForm.error_messages


class TraegerCreationForm(forms.ModelForm):
    """What a new Träger needs; saving makes everything that belongs to it."""

    host = forms.CharField(
        label=_("Host name"),
        max_length=253,
        required=False,
        help_text=_(
            "The address of the site, without http://. Empty: made from the short form; "
            "for the coordination office, the name of the portal."
        ),
    )
    accent_color = forms.CharField(
        label=_("Colour"),
        max_length=7,
        initial=DEFAULT_ACCENT,
        help_text=_("For buttons and links, as #rrggbb. Colours that are hard to read are refused."),
    )

    class Meta:
        model = Traeger
        fields = ("name", "short_name", "slug", "kind")
        help_texts = {
            "name": _("The full name of the organisation."),
            "short_name": _("For narrow places. Empty: the beginning of the name."),
            "slug": _("Small letters, digits and hyphens. Empty: made from the name."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["short_name"].required = False
        self.fields["slug"].required = False

    def clean(self):
        data = super().clean()
        name = data.get("name", "")
        data["slug"] = data.get("slug") or german_slug(name)
        data["host"] = (data.get("host") or default_host(data["slug"], data.get("kind"))).lower()
        data["accent_color"] = data.get("accent_color", "").lower()
        if name:
            try:
                validate_new_traeger(name, data["slug"], data["host"], data["accent_color"])
            except forms.ValidationError as error:
                self.add_error(None, error)
        return data

    def validate_unique(self):
        """Leave it to `validate_new_traeger`, which says it better and also looks at the host name."""

    def save(self, commit=True) -> Traeger:
        """Make the Träger. Raises ValidationError (by field) where another one was quicker."""
        names = ("name", "short_name", "slug", "kind", "host", "accent_color")
        return create_traeger(**{name: self.cleaned_data[name] for name in names})


class _ByTraeger(ModelChoiceIterator):
    """The groups under the name of their Träger; groups of no Träger come last."""

    def __iter__(self):
        sections: dict[str, list] = {}
        for group in self.queryset:
            role = getattr(group, "traeger_role", None)
            sections.setdefault(role.traeger.name if role else "", []).append(self.choice(group))
        others = sections.pop("", None)
        yield from sections.items()
        if others:
            yield _("Without a Träger"), others


class GroupField(forms.ModelMultipleChoiceField):
    """Roles to tick, by Träger."""

    iterator = _ByTraeger
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        groups = Group.objects.select_related("traeger_role__traeger")
        groups = groups.order_by(german("traeger_role__traeger__name"), "traeger_role__pk", german("name"))
        super().__init__(groups, **kwargs)

    def label_from_instance(self, group):
        role = getattr(group, "traeger_role", None)
        return role.get_role_display() if role else group.name


class _PersonFields(forms.Form):
    """What both forms about people share."""

    groups = GroupField(
        label=_("Roles"), required=False, help_text=_("What the person may do, for each Träger separately.")
    )

    def clean(self):
        data = super().clean()
        chosen = set(data.get("traeger") or ())
        for group in data.get("groups") or ():
            role = getattr(group, "traeger_role", None)
            if role and role.traeger not in chosen:
                message = _(
                    "The role “%(role)s” belongs to %(traeger)s. Please choose this Träger too, "
                    "or take the role away."
                )
                values = {"role": role.get_role_display(), "traeger": role.traeger}
                self.add_error("groups", forms.ValidationError(message, code="foreign_role", params=values))
        return data


_FIELDS = ("email", "first_name", "last_name", "role_title", "phone", "photo", "language", "traeger")
_WIDGETS = {"photo": AdminImageChooser, "traeger": forms.CheckboxSelectMultiple}


class PersonCreationForm(_PersonFields, UserCreationForm):
    """Adds a person."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = (*_FIELDS, "is_superuser", "groups")
        widgets = _WIDGETS


class PersonEditForm(_PersonFields, UserEditForm):
    """Changes a person."""

    class Meta(UserEditForm.Meta):
        model = User
        fields = (*_FIELDS, "is_active", "is_superuser", "groups")
        widgets = _WIDGETS
