"""The queue of the background service."""

import threading
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sites.jobs import queue, service_lock
from sites.jobs.queue import KEPT_DONE, KEPT_FAILED, MOST_BEGINNINGS, lag, recover, run_next, tidy
from sites.jobs.service import serve
from sites.mail.tasks import deliver
from sites.models import OutgoingMail
from tests.waiting import wait_until
from tests.web_role import web_process

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def leave(db, paused_queue):
    """`leave(status=…)` → a task that was left, with these fields."""

    def make(**fields) -> DBTaskResult:
        task = deliver.enqueue(NOBODY).db_result
        DBTaskResult.objects.filter(pk=task.pk).update(**fields)
        task.refresh_from_db()
        return task

    return make


def status(task: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=task.pk).status


def test_the_oldest_first(leave):
    first, second = leave(), leave()
    assert run_next()
    assert (status(first), status(second)) == ("SUCCESSFUL", "READY")
    assert run_next()
    assert not run_next()


def test_a_failure_is_in_the_log_and_stops_nothing(leave, caplog, settings):
    settings.RAISE_FAILED_TASKS = False
    broken, good = leave(args_kwargs={"args": [], "kwargs": {}}), leave()
    assert run_next()
    assert run_next()
    assert (status(broken), status(good)) == ("FAILED", "SUCCESSFUL")
    assert "sites.mail.tasks.deliver" in caplog.text
    assert "TypeError" in caplog.text


@pytest.mark.parametrize(
    ("beginnings", "expected"), [(1, "READY"), (MOST_BEGINNINGS - 1, "READY"), (MOST_BEGINNINGS, "FAILED")]
)
def test_what_was_broken_off_begins_anew_but_not_for_ever(beginnings, expected, leave):
    task = leave(status="RUNNING", worker_ids=["service"] * beginnings, started_at=timezone.now())
    recover()
    assert status(task) == expected


def test_done_tasks_end(leave):
    now = timezone.now()
    kept = [leave(status="SUCCESSFUL", finished_at=now), leave(status="FAILED", finished_at=now), leave()]
    leave(status="SUCCESSFUL", finished_at=now - KEPT_DONE - timedelta(hours=1))
    leave(status="FAILED", finished_at=now - KEPT_FAILED - timedelta(hours=1))
    tidy()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {task.pk for task in kept}


def test_how_long_the_oldest_waits_is_known_to_web_processes(leave, traeger_a):
    now = timezone.now()
    with web_process(None, traeger_a):
        assert lag() == 0
    leave(enqueued_at=now - timedelta(seconds=90))
    leave(run_after=now - timedelta(seconds=40))
    # What runs, is done, or has its time ahead does not wait.
    leave(enqueued_at=now - timedelta(days=1), status="RUNNING")
    leave(enqueued_at=now - timedelta(days=1), status="FAILED")
    leave(enqueued_at=now - timedelta(days=1), run_after=now + timedelta(hours=1))
    with web_process(None, traeger_a):
        assert 90 <= lag() < 100


@pytest.fixture
def _nothing_left(django_db_blocker):
    yield
    with django_db_blocker.unblock():
        OutgoingMail.objects.all().delete()
        DBTaskResult.objects.all().delete()
        connection.close()


@pytest.mark.usefixtures("committed_world", "_nothing_left", "paused_queue")
def test_the_one_service_runs_it(django_db_blocker, monkeypatch):
    """Next to the jobs, one service per database; it ends when it is told to."""
    monkeypatch.setattr(queue, "NAP", 0.05)
    with django_db_blocker.unblock():
        stop = threading.Event()
        service = threading.Thread(target=serve, args=[stop])
        service.start()
        try:
            EmailMessage("Sommerfest", "", "portal@beispiel.test", ["lotse@beispiel.test"]).send()
            wait_until(OutgoingMail.objects.filter(state="sent").exists)
            assert not service_lock.take(service_lock.QUEUE_LOCK)
        finally:
            stop.set()
            service.join(20)
        assert not service.is_alive()
        assert service_lock.take(service_lock.QUEUE_LOCK)
