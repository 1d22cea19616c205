"""Publishing, scheduling and withdrawing are whole, and what is no longer scheduled is not published.

Wagtail stores the time of a revision, the page and its history one by one: a process that ends in between
leaves a page that is never published, or one that is withdrawn and published again by its old time. The
command `publish_scheduled` reads at its start what is due, and publishes that also when somebody has taken
the time away meanwhile. Wagtail 8.0; not reported yet (see docs/decisions/0011-upstream-faults.md).
"""

from functools import wraps

from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Revision

PATCHED = {
    "wagtail.actions.publish_revision:PublishRevisionAction": "b98b0c64ca39",
    "wagtail.actions.publish_page_revision:PublishPageRevisionAction": "79ac16e7212b",
    "wagtail.actions.unpublish:UnpublishAction": "2985610fe954",
    "wagtail.management.commands.publish_scheduled:Command.handle": "bed49330f863",
}

# What the command gives as the action for the history.
BY_TIME = "wagtail.publish.scheduled"


def still_due(revision: Revision) -> Revision | None:
    """Return the revision as it is now if its time has come, and keep others from it to the end."""
    # First the object, as an editor's form does: otherwise each could wait for the other.
    model = revision.base_content_type.model_class()
    model._base_manager.select_for_update().filter(pk=revision.object_id).first()
    due = Revision.objects.select_for_update().filter(approved_go_live_at__lte=timezone.now())
    return due.filter(pk=revision.pk).first()


def apply() -> None:
    publish, unpublish = PublishRevisionAction.execute, UnpublishAction._unpublish_object

    @wraps(publish)
    def publish_as_a_whole(self, skip_permission_checks=False):
        with transaction.atomic():
            if self.log_action == BY_TIME:
                revision = still_due(self.revision)
                if revision is None:
                    return None
                self.revision, self.object = revision, revision.as_object()
            return publish(self, skip_permission_checks=skip_permission_checks)

    @wraps(unpublish)
    def unpublish_as_a_whole(self, *args, **kwargs):
        with transaction.atomic():
            return unpublish(self, *args, **kwargs)

    PublishRevisionAction.execute = publish_as_a_whole
    UnpublishAction._unpublish_object = unpublish_as_a_whole
