"""Sessions of browsers, of which the database never knows the key that lies in the cookie."""

from django.conf import settings
from django.db import models

from sites.fields.dates import PortalDateTimeField


class Session(models.Model):
    """What is stored under one cookie; see `sites.accounts.sessions`.

    Web processes can't use the table. They call functions (see sites/rls/sessions.sql) with the digest of a
    key, which nobody knows but the browser: whoever runs SQL can neither list sessions nor take one over.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    data = models.TextField()
    # Whose sessions end when the account does; null for visitors.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    expires_at = PortalDateTimeField(db_index=True)

    def __str__(self):
        return f"{self.user or '-'}, {self.expires_at}"
