"""What methods and partners said when they were published; see `knowledge.changes`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.fields.dates import PortalDateTimeField


class PublishedVersion(models.Model):
    """Texts of a page at one moment. Wagtail's revisions have drafts, comments and authors, too."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    published_at = PortalDateTimeField()
    # Pairs of a name (see `knowledge.changes.told`) and a text, in the order of the page.
    said = models.JSONField()
    # Who could read it then; the database fills it in. Who could not does not see it later either.
    readers = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["page", "-published_at"], name="version_of_page")]

    def __str__(self):
        return f"{self.page_id}: {self.published_at}"
