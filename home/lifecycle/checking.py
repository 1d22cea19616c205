"""Who looks after an entry, and what follows when somebody has checked it."""

from django.db import transaction
from django.utils import timezone

from home.facts import is_source
from home.models.lifecycle import Verification
from sites.access.roles import roles_from
from sites.models import Traeger, TraegerRole


def begin(page) -> None:
    """Let a page that was just published be looked after: by those who write at its Träger.

    Nothing happens where its type does not ask for it (`verified_for`), or somebody looks after it already.
    """
    if page.verified_for is None or not is_source(page) or page.alias_of_id:
        return
    today = timezone.localdate()
    Verification.objects.get_or_create(
        page_id=page.pk,
        defaults={
            "traeger": Traeger.objects.for_page(page),
            "verified_on": today,
            "verified_until": today + page.verified_for,
        },
    )


def looks_after(user, verification: Verification) -> bool:
    """Tell whether `user` has the role that looks after an entry, or one that holds its rights."""
    if not user.is_authenticated:
        return False
    held = TraegerRole.objects.filter(
        group__user=user, traeger=verification.traeger_id, role__in=roles_from(verification.role)
    )
    return user.is_superuser or held.exists()


def check_of(page, user) -> dict:
    """Return what `page` shows of its check: `verification` (or None), and whether `user` `may_verify`.

    One query, for people with an account two.
    """
    verification = Verification.objects.about(page).select_related("traeger").first()
    return {
        "verification": verification,
        "may_verify": bool(verification and looks_after(user, verification)),
    }


def owners() -> dict[int, str]:
    """Return the names of the Träger to which the person may give an entry: those in reach."""
    return dict(Traeger.objects.values_list("pk", "name"))


@transaction.atomic
def hand_over(verifications: list[Verification], traeger: int, role: str) -> None:
    """Let another role look after these entries. What is due already, the new one is reminded of."""
    keys = [each.pk for each in verifications]
    Verification.objects.filter(pk__in=keys).update(traeger=traeger, role=role, reminded=0)


@transaction.atomic
def verify(page, verification: Verification, by) -> None:
    """Note that `by` has made sure today that all of `page` is true."""
    today = timezone.localdate()
    # Reminders that are being sent at this moment hold the row until then.
    row = Verification.objects.select_for_update().get(pk=verification.pk)
    row.verified_on, row.verified_until, row.verified_by = today, today + page.verified_for, by
    row.reminded = 0
    row.save(update_fields=["verified_on", "verified_until", "verified_by", "reminded"])
