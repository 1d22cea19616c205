"""What leaves the portal by e-mail, and what waits for that."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.fields.dates import PortalDateTimeField

# The background service takes a mail within seconds; one that waits so long tells that it does not run.
LATE = timedelta(minutes=10)


class OutgoingMailQuerySet(models.QuerySet):
    def undelivered(self):
        """Those that were given up, have failed so far, or should have been tried long ago."""
        given_up = models.Q(state=OutgoingMail.State.FAILED)
        late = models.Q(attempts__gt=0) | models.Q(next_try_at__lt=timezone.now() - LATE)
        return self.exclude(state=OutgoingMail.State.SENT).filter(given_up | late)


class OutgoingMail(models.Model):
    """A mail on its way to the mail server.

    Web processes only insert rows, which they can't read again; everything that follows is written by the
    background service (see `sites.mail.tasks`). The key is made here and not by the database: asking for it
    back would be reading.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # See `sites.mail.packing`; removed as soon as the mail is sent.
    content = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    created_at = PortalDateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = PortalDateTimeField(default=timezone.now)
    finished_at = PortalDateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing e-mail")
        verbose_name_plural = _("outgoing e-mails")
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["created_at"], condition=~models.Q(state="sent"), name="mails_not_yet_sent"),
        ]

    def __str__(self):
        return str(self.pk)
