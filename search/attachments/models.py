"""What is known of the text in a document."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from search.attachments import unreadable
from sites.fields.dates import PortalDateTimeField
from sites.media.types import extension_of
from sites.models import PortalDocument

WHAT_TO_DO = {
    unreadable.DAMAGED: _(
        "This file is damaged; the search doesn't find what is in it. Please open it in the program that it "
        "comes from, save it anew and upload it again."
    ),
    unreadable.LOCKED: _(
        "This file is protected by a password; the search doesn't find what is in it, and visitors can't "
        "open it. Please save it without a password and upload it again."
    ),
    unreadable.TOO_LARGE: _(
        "This file is too large to be searched. Please divide it, or make its pictures smaller, and upload "
        "it again."
    ),
    unreadable.TOO_LONG: _(
        "Reading this file takes too long; the search doesn't find what is in it. Please save it anew in the "
        "program that it comes from, or divide it, and upload it again."
    ),
    unreadable.MISSING: _("The file is missing. Please upload it again."),
}


class Attachment(models.Model):
    """The text of a document. A trigger makes it with the document, and lets it wait after each new file.

    Without constraints in the database: whoever deletes a document may not write here; a trigger follows.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READ = "read"
        WITHOUT_TEXT = "without_text"
        UNREADABLE = "unreadable"
        # Sound, film and the like; only title, file name and tags are found.
        OTHER = "other"

    document = models.OneToOneField(
        PortalDocument, on_delete=models.DO_NOTHING, db_constraint=False, related_name="attachment"
    )
    # The stored name of the file that was read, or waits: each file has its own.
    file = models.CharField(max_length=255)
    state = models.CharField(max_length=20, choices=State, db_default=State.WAITING)
    # Why it is not readable, see `unreadable`.
    reason = models.CharField(max_length=20, blank=True, db_default="")
    text = models.TextField(blank=True, db_default="")
    # Pages or slides; None where there are none.
    pages = models.PositiveIntegerField(null=True)
    # The beginning only was read: there is more than `limits.TEXT`.
    shortened = models.BooleanField(db_default=False)
    noted_at = PortalDateTimeField(db_default=Now())
    # See `queue.VERSION`.
    version = models.PositiveSmallIntegerField(db_default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            models.Index(
                fields=["noted_at"], name="search_attachment_waiting", condition=models.Q(state="waiting")
            )
        ]

    def __str__(self):
        return f"{self.document_id} {self.state}"

    @property
    def is_pdf(self) -> bool:
        return extension_of(self.file) == "pdf"

    @property
    def what_to_do(self) -> str:
        """What editors are told about a file that is not readable."""
        return str(WHAT_TO_DO[self.reason])
