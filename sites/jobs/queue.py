"""The queue of the background service: tasks that need no person's identity: mails, publishing on time.

django-tasks-db keeps the tasks (its own worker is not used: it never looks after tasks whose worker was
killed, and would be a second service to start). They run as the owner of the database, so a task's arguments
are ids, and each may run twice: killed in the middle, it begins anew.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from sites.accounts.tasks import tidy as tidy_accounts
from sites.jobs import service_lock
from sites.jobs.publishing import leave_what_is_due
from sites.mail.tasks import tidy as tidy_mails
from sites.team.keeping import tidy as tidy_teams

log = logging.getLogger(__name__)

BACKEND = "background"
# How long it sleeps when nothing waits, in seconds.
NAP = 1
# A task in whose middle the service was killed so often is not begun again: it may be the reason.
MOST_BEGINNINGS = 3
KEPT_DONE = timedelta(days=1)
KEPT_FAILED = timedelta(days=30)


def run(stop: threading.Event) -> None:
    """Run what waits until `stop` is set. A second service waits until the first is gone."""
    while not service_lock.take(service_lock.QUEUE_LOCK):
        if stop.wait(NAP):
            return
    recover()
    done: dict[Callable[[], None], float] = {}
    while not stop.is_set():
        for work, seconds in REGULAR.items():
            if time.monotonic() - done.get(work, -seconds) >= seconds:
                work()
                done[work] = time.monotonic()
        if not run_next():
            stop.wait(NAP)


def run_next() -> bool:
    """Run the task whose turn it is. Returns whether there was one."""
    worker = Worker(
        queue_names=["*"],
        interval=NAP,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id="service",
        excluded_queue_names=[],
    )
    with transaction.atomic():
        task = DBTaskResult.objects.ready().filter(backend_name=BACKEND).get_locked()
        if task is None:
            return False
        task.claim(worker.worker_id)
    # It notes failures; `django_tasks` logs them.
    worker.run_task(task)
    return True


def recover() -> None:
    """Let tasks begin anew that an earlier service has left in their middle: there is only this one."""
    for task in DBTaskResult.objects.running().filter(backend_name=BACKEND):
        if len(task.worker_ids) < MOST_BEGINNINGS:
            DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.READY)
        else:
            log.error("The task %s (%s) is given up: it was broken off too often.", task.task_path, task.pk)
            task.set_failed(RuntimeError("Broken off too often."))


def again(pk: UUID) -> bool:
    """Let the failed task `pk` begin anew, as if it had never run. Returns whether there is such a task."""
    tasks = DBTaskResult.objects.failed().filter(backend_name=BACKEND, pk=pk)
    return bool(
        tasks.update(
            status=TaskResultStatus.READY,
            worker_ids=[],
            started_at=None,
            finished_at=None,
            exception_class_path="",
            traceback="",
        )
    )


def tidy() -> None:
    """Forget what is long done."""
    now = timezone.now()
    tasks = DBTaskResult.objects.filter(backend_name=BACKEND)
    tasks.successful().filter(finished_at__lt=now - KEPT_DONE).delete()
    tasks.failed().filter(finished_at__lt=now - KEPT_FAILED).delete()
    tidy_mails()
    tidy_accounts()
    tidy_teams()


# What is done again and again, and after how many seconds.
REGULAR = {leave_what_is_due: 60, tidy: 3600}


def lag() -> float:
    """Return for how many seconds the oldest task has been waiting whose turn it is, 0 without one.

    Also for a web process, which sees no tasks. What is to be tried again later does not wait yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_queue_lag()")
        return cursor.fetchone()[0]
