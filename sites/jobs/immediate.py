"""A task that Wagtail runs within the request and that went wrong is a fault, not a detail."""

import logging

from django.conf import settings
from django.dispatch import receiver
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished

logger = logging.getLogger(__name__)


class TaskFailedError(Exception):
    """A task went wrong; its own traceback is in the message."""


@receiver(task_finished, dispatch_uid="thinka_sites.task_failed")
def report_failed_task(sender, task_result, **kwargs):
    """Say loudly when a task fails: who may see a file follows from what the reference index's task writes.

    With the setting RAISE_FAILED_TASKS (tests) whoever started the task gets the error. Elsewhere it is
    logged, because an editor's page is saved all the same and must not be lost.
    """
    if task_result.status != TaskResultStatus.FAILED:
        return
    name = task_result.task.module_path
    traceback = task_result.errors[-1].traceback
    if getattr(settings, "RAISE_FAILED_TASKS", False):
        raise TaskFailedError(f"{name} {task_result.args}\n{traceback}")
    logger.error(
        "Task %s failed for %s. If it keeps the reference index: manage.py rebuild_references_index\n%s",
        name,
        task_result.args,
        traceback,
    )
