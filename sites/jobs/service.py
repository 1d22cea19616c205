"""The background service: performs what people have asked for, one job after the other, and runs the queue.

It connects as the owner of the database, because only the owner writes what becomes of a job. There is one
per database; a second one waits until the first is gone. A job may take hours, so the queue (mails) has a
thread of its own, see `queue`.
"""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from sites.jobs import queue, service_lock, signs
from sites.jobs.enqueue import CHANNEL
from sites.jobs.logs import Seldom
from sites.jobs.runner import broken_off, finish, in_language_of, run_job
from sites.models import Job

log = logging.getLogger(__name__)
outages = Seldom(log)

# How long it sleeps at most when nothing wakes it, in seconds.
NAP = 2
# What nobody could begin for so long is not done any more: people have found another way by then.
PATIENCE = timedelta(days=1)
KEPT = timedelta(days=30)


def serve(stop: threading.Event) -> None:
    """Work until `stop` is set. Where the database is away for a while, go on when it is back."""
    running = threading.Thread(target=_keep_on, args=[queue.run, stop], name="queue", daemon=True)
    running.start()
    _keep_on(_serve_on_one_connection, stop)
    running.join()


def _keep_on(work: Callable[[threading.Event], None], stop: threading.Event) -> None:
    """Do `work` on a connection of its own, anew after each failure, until `stop` is set."""
    while not stop.is_set():
        try:
            work(stop)
        except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
            outages.error("The background service can't reach the database and tries on: %s", error)
            stop.wait(NAP)
        except Exception:
            log.exception("The background service failed and starts anew.")
            stop.wait(NAP)
        finally:
            _hang_up()


def _serve_on_one_connection(stop: threading.Event) -> None:
    """Hold the lock, look after what an earlier service has left, then perform what comes."""
    while not service_lock.take():
        if stop.wait(NAP):
            return
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    while not stop.is_set():
        signs.give()
        recover_orphans()
        tidy()
        while not stop.is_set() and (job := claim()):
            with in_language_of(job.user):
                run_job(job, stop, signs.give)
            recover_orphans()
        # Ends at the first notice.
        for _notice in connection.connection.notifies(timeout=NAP, stop_after=1):
            pass


def _hang_up() -> None:
    """Close the connection for good: in a pool it would keep the lock."""
    if connection.connection is not None:
        connection.connection.close()
    connection.close()


def claim() -> Job | None:
    """Return the oldest waiting job, which is running from now on."""
    job = Job.objects.filter(state=Job.State.WAITING).order_by("pk").select_related("user").first()
    if job and Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=timezone.now()
    ):
        return job
    return None


def recover_orphans() -> None:
    """End the jobs that run without a service: there is only this one, and it is performing nothing now."""
    for job in Job.objects.filter(state=Job.State.RUNNING).select_related("user"):
        with in_language_of(job.user):
            match _fate(job):
                case "in progress":
                    pass  # the database is about to notice that the process is gone
                case "committed":
                    text = _("This was broken off, but everything had been changed.")
                    finish(job, Job.State.DONE, done=job.total, messages=[["warning", text]], error="")
                case _:
                    finish(job, Job.State.LOST, error=job.error or broken_off(job))


def _fate(job: Job) -> str | None:
    """Return what became of the transaction of a job, None where it had not begun or is long past."""
    if job.transaction is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_xact_status(%s::text::xid8)", [job.transaction])
        return cursor.fetchone()[0]


def tidy() -> None:
    """Give up what has waited too long, forget what is long past."""
    now = timezone.now()
    for job in Job.objects.filter(state=Job.State.WAITING, created_at__lt=now - PATIENCE).select_related(
        "user"
    ):
        with in_language_of(job.user):
            error = _("The background service did not run for a day. Nothing was changed.")
            finish(job, Job.State.LOST, error=error)
    Job.objects.filter(created_at__lt=now - KEPT).delete()
