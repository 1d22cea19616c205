"""Keeps what pages said when they were published."""

from django.utils import timezone

from knowledge.changes.told import told
from knowledge.models import PublishedVersion

# Readers want to know what is new, and what somebody took off a page should not stay in reach for ever.
KEPT = 20


def keep_version(page) -> None:
    """Store what `page`, which was just published, says, unless it says what it said before.

    The oldest versions go where there are more than KEPT.
    """
    if page.alias_of_id:
        return
    said = [list(pair) for pair in told(page)]
    versions = PublishedVersion.objects.filter(page=page.pk)
    newest = versions.first()
    if newest and newest.said == said:
        return
    PublishedVersion.objects.create(
        page_id=page.pk, said=said, published_at=page.last_published_at or timezone.now()
    )
    versions.filter(pk__in=list(versions.values_list("pk", flat=True)[KEPT:])).delete()


def forget_versions(page) -> int:
    """Forget all versions of `page` but what it says now; return how many."""
    versions = PublishedVersion.objects.filter(page=page.pk)
    newest = versions.first()
    return versions.exclude(pk=newest.pk).delete()[0] if newest else 0
