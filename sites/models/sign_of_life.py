"""When the background service last worked."""

from django.db import models

from sites.fields.dates import PortalDateTimeField


class SignOfLife(models.Model):
    """Written by the background service, read by everybody who asks how the portal is."""

    name = models.CharField(max_length=40, primary_key=True)
    at = PortalDateTimeField()
    # For how many seconds the oldest of each queue had been waiting, by the names of `sites.jobs.lags`.
    lags = models.JSONField(default=dict)

    def __str__(self):
        return self.name
