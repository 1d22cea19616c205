"""How long invitations that nobody took and the records of teams are kept."""

from datetime import timedelta

from django.utils import timezone

from sites.models import Invitation, TeamRecord

# So that the head sees that it was not accepted.
KEPT_INVITATIONS = timedelta(days=30)
KEPT_RECORDS = timedelta(days=365)


def tidy() -> None:
    """Forget what is long past; only for the owner of the database."""
    now = timezone.now()
    Invitation.objects.filter(expires_at__lt=now - KEPT_INVITATIONS).delete()
    TeamRecord.objects.filter(at__lt=now - KEPT_RECORDS).delete()
