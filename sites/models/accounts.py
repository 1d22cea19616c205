"""What is kept for signing in, beside the account itself."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.fields.dates import PortalDateTimeField


class AttemptCount(models.Model):
    """How often something was tried within a period, by whom only the key tells, which is a digest.

    Written by functions of the database (throttle.sql): web processes can't touch the rows.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField()
    ends_at = PortalDateTimeField(db_index=True)

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")

    def __str__(self):
        return self.key


class PasswordRequest(models.Model):
    """Somebody has asked for a link to a new password; the background service finds out whether they have
    an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    created_at = PortalDateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")

    def __str__(self):
        return str(self.pk)
