"""Until when an entry counts as checked, and who looks after it; see `home.lifecycle`."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.access.roles import REDAKTION, ROLE_CHOICES
from sites.fields.dates import PortalDateField


class VerificationQuerySet(models.QuerySet):
    def about(self, page) -> "VerificationQuerySet":
        """Narrow to that of `page`, whichever of its languages it is."""
        return self.filter(page__translation_key=page.translation_key)


class Verification(models.Model):
    """Of one page, in the language in which it was written first, for all its languages."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="verification")
    # A role of a Träger and not a person: it survives leavers.
    traeger = models.ForeignKey(
        "thinka_sites.Traeger",
        verbose_name=_("Träger"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES, default=REDAKTION)
    verified_on = PortalDateField(_("last checked on"), null=True, blank=True)
    verified_until = PortalDateField(_("checked until"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # How many reminders of this day there were, see `home.lifecycle.ladder`.
    reminded = models.PositiveIntegerField(default=0)

    objects = VerificationQuerySet.as_manager()
    # What a hit of the search shows of it.
    result_fields = ("page", "verified_until")

    class Meta:
        verbose_name = _("check of an entry")
        verbose_name_plural = _("checks of entries")

    def __str__(self):
        return f"{self.page_id}: {self.verified_until}"

    @property
    def is_overdue(self) -> bool:
        """Whether the day up to which the entry counts as checked is over."""
        return self.verified_until < timezone.localdate()
