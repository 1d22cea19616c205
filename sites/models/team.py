"""Who is invited to work for a Träger, and what was done to its team."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.access.roles import ROLE_CHOICES
from sites.fields.dates import PortalDateTimeField
from sites.models.traeger import Traeger


class Invitation(models.Model):
    """Somebody is invited into a role of a Träger, by a link in a mail.

    Of the link only a digest is kept. Written by functions of the database (team.sql): web processes can't
    touch the rows. A used or withdrawn one is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traeger = models.ForeignKey(Traeger, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    email = models.EmailField()
    digest = models.CharField(max_length=64)
    # Whoever no longer leads has no say: the invitation goes with the account, and is void without the role.
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = PortalDateTimeField(default=timezone.now)
    expires_at = PortalDateTimeField()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint("traeger", Lower("email"), name="one_invitation_per_address"),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()


class TeamRecord(models.Model):
    """What was done to the team of a Träger, by whom. Rows are added by functions of the database only."""

    class Action(models.TextChoices):
        INVITED = "invited", _("invited")
        REVOKED = "revoked", _("invitation withdrawn")
        JOINED = "joined", _("invitation accepted")
        ROLE = "role", _("role changed")
        ENDED = "ended", _("membership ended")

    traeger = models.ForeignKey(Traeger, on_delete=models.CASCADE, related_name="team_records")
    action = models.CharField(max_length=10, choices=Action)
    # The name or address of the person; emptied when their account is deleted.
    about = models.CharField(max_length=310, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    role = models.CharField(max_length=20, choices=ROLE_CHOICES, blank=True)
    was = models.CharField(max_length=20, choices=ROLE_CHOICES, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = PortalDateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("record of a team")
        verbose_name_plural = _("records of the teams")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.action} {self.pk}"
