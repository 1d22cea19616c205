"""Publishing and withdrawing on time: a task of the queue, left every minute in which something is due."""

from datetime import datetime

from django.core.management import call_command
from django.db.models import Min
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision


@task(backend="background")
def publish_due() -> None:
    """Publish and withdraw the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


def oldest_due() -> datetime | None:
    """Return since when a page has been waiting to be published or withdrawn; None where none does."""
    now = timezone.now()
    appear = Revision.objects.filter(approved_go_live_at__lt=now).aggregate(since=Min("approved_go_live_at"))
    vanish = Page.objects.filter(live=True, expire_at__lt=now).aggregate(since=Min("expire_at"))
    return min(filter(None, (appear["since"], vanish["since"])), default=None)


def leave_what_is_due() -> None:
    """Leave the task where something is due and it does not wait already."""
    waiting = DBTaskResult.objects.filter(
        task_path=publish_due.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    if oldest_due() and not waiting.exists():
        publish_due.enqueue()
