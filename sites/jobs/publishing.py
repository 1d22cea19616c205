"""Publishing and withdrawing on time: a task of the queue, left every minute in which something is due."""

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision


@task(backend="background")
def publish_due() -> None:
    """Publish and withdraw the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


def is_due() -> bool:
    """Tell whether the time of a page has come."""
    now = timezone.now()
    return (
        Revision.objects.filter(approved_go_live_at__lt=now).exists()
        or Page.objects.filter(live=True, expire_at__lt=now).exists()
    )


def leave_what_is_due() -> None:
    """Leave the task where something is due and it does not wait already."""
    waiting = DBTaskResult.objects.filter(
        task_path=publish_due.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    if is_due() and not waiting.exists():
        publish_due.enqueue()
