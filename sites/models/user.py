"""The people who work with the portal."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.fields.dates import PortalDateTimeField
from sites.fields.phone import PhoneField


class UserManager(BaseUserManager):
    """Makes people; an address is one person however it is capitalised."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Make a person; without `password` they cannot log in. Raises ValueError without `email`."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Make a person who may do everything, on every site."""
        return self.create_user(email, password, **{**fields, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. `traeger` says where they belong, the groups what they may do there."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        help_text=_("The person logs in with this address."),
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    role_title = models.CharField(
        _("function"), max_length=150, blank=True, help_text=_("For example: social worker, Rieth office.")
    )
    phone = PhoneField(_("telephone"), help_text=_("Office telephone, not private."))
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.WAGTAILADMIN_PERMITTED_LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language of the editing area and of e-mails."),
    )
    traeger = models.ManyToManyField(
        "thinka_sites.Traeger",
        verbose_name=_("Träger"),
        blank=True,
        related_name="people",
        help_text=_("Where the person works. Roles are given below, as groups of the same Träger."),
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Switch off instead of deleting: the person can no longer log in."),
    )
    date_joined = PortalDateTimeField(_("added on"), default=timezone.now, editable=False)
    # When the last membership ended, which switched the account off; a new invitation switches it on again.
    # Kept by the database, see rls/team.sql: whom an administrator switched off nobody else lets in.
    left_at = PortalDateTimeField(null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_case_insensitive",
                violation_error_message=_("There is already an account with this e-mail address."),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def clean(self):
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email
