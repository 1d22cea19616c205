"""What is due is published and withdrawn by the background service."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from sites.jobs import queue
from sites.jobs.publishing import leave_what_is_due, publish_due
from tests.factories import ContentPageFactory


@pytest.fixture
def page(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page, draft=True)


def schedule(page, ago: timedelta) -> None:
    """Plan the publication of `page` for `ago` before now."""
    page.go_live_at = timezone.now() + timedelta(days=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    due = timezone.now() - ago
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=due, content=revision.content | {"go_live_at": due.isoformat()}
    )
    Page.objects.filter(pk=page.pk).update(go_live_at=due)


def left() -> int:
    return DBTaskResult.objects.filter(task_path=publish_due.module_path).count()


def test_nothing_is_left_where_nothing_is_due(page):
    schedule(page, timedelta(days=-1))
    leave_what_is_due()
    assert left() == 0


def test_it_is_published_when_its_time_has_come(page):
    schedule(page, timedelta(seconds=1))
    leave_what_is_due()
    page.refresh_from_db()
    assert page.live
    # Nothing is due any more.
    leave_what_is_due()
    assert left() == 1


def test_it_is_withdrawn_when_its_time_is_over(traeger_a):
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    leave_what_is_due()
    page.refresh_from_db()
    assert not page.live
    assert page.expired


@pytest.mark.usefixtures("paused_queue")
def test_it_is_left_once_while_it_waits(page):
    schedule(page, timedelta(seconds=1))
    leave_what_is_due()
    leave_what_is_due()
    assert left() == 1


def test_the_queue_looks_every_minute(monkeypatch):
    stop, looked = threading.Event(), []

    def look():
        looked.append(1)
        if len(looked) == 2:
            stop.set()

    monkeypatch.setattr(queue, "REGULAR", {look: 0})
    monkeypatch.setattr(queue, "NAP", 0)
    monkeypatch.setattr(queue.service_lock, "take", lambda lock: True)
    monkeypatch.setattr(queue, "recover", lambda: None)
    monkeypatch.setattr(queue, "run_next", lambda: False)
    queue.run(stop)
    assert len(looked) == 2


def test_it_is_every_minute():
    assert queue.REGULAR[leave_what_is_due] == 60
