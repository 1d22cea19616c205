"""What staff tell each other about a partner, apart from the page: no reader of a public page gets it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.fields.dates import PortalDateTimeField
from sites.models import Traeger, TraegerRole


class StaffNoteQuerySet(models.QuerySet):
    def about(self, page) -> "StaffNoteQuerySet":
        """Narrow to the notes on a page, whichever of its languages it is."""
        return self.filter(page__translation_key=page.translation_key)

    def readable_by(self, user) -> "StaffNoteQuerySet":
        """Narrow to what `user` may read: all where they have a role at a Träger, nothing otherwise.

        A role in the knowledge base alone is not enough: the city administration has one.
        """
        if user.is_anonymous or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        roles = TraegerRole.objects.filter(group__user=user).exclude(traeger__kind=Traeger.Kind.KNOWLEDGE)
        return self.filter(models.Exists(roles))


class StaffNote(models.Model):
    """The note on one partner. In a table of its own: nothing that shows, copies or finds pages has it."""

    page = models.OneToOneField("knowledge.PartnerPage", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("note for staff"), max_length=2000)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    changed_at = PortalDateTimeField(auto_now=True)

    objects = StaffNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note for staff")
        verbose_name_plural = _("notes for staff")

    def __str__(self):
        return f"{self._meta.verbose_name}: {self.page_id}"
