"""Administrators see in one place what failed in the background, and let it begin anew."""

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sites.access.roles import LEITUNG
from sites.jobs import queue
from sites.mail.tasks import deliver
from sites.models import Job, OutgoingMail
from tests.factories import UserFactory

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def administrator(coordination, client_for):
    return client_for(UserFactory(is_superuser=True), coordination)


@pytest.fixture
def failed_task(db, paused_queue):
    EmailMessage("Sommerfest", "Grüße", "portal@beispiel.test", ["lotse@beispiel.test"]).send()
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    task = DBTaskResult.objects.get(task_path=deliver.module_path)
    task.claim("service")
    task.set_failed(ValueError("broken on the way"))
    return task


@pytest.fixture
def failed_job(person, traeger_a):
    asked_by = person(LEITUNG, traeger_a)
    return Job.objects.create(
        user=asked_by,
        kind="move",
        title="Angebote verschieben",
        total=300,
        state=Job.State.FAILED,
        finished_at=timezone.now(),
        error="Only for who asked",
        scheme="http",
        host="a.localhost",
        path="/",
        fingerprint="x",
    )


def text(client, name: str) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_nothing_failed(administrator):
    page = text(administrator, "portal_failures")
    assert "In den letzten 30 Tagen ist keine Aufgabe fehlgeschlagen." in page
    assert "In den letzten 30 Tagen ist kein Vorgang fehlgeschlagen." in page
    assert "Im Hintergrund ist seit zehn Minuten nichts geschehen" not in page


def test_a_task_stands_there_with_its_reason(administrator, failed_task):
    page = text(administrator, "portal_failures")
    assert "sites.mail.tasks.deliver" in page
    assert "ValueError: broken on the way" in page
    assert "1 E-Mail oder Aufgabe ist fehlgeschlagen" in text(administrator, "wagtailadmin_home")


def test_a_job_stands_there_without_what_only_its_person_is_told(administrator, failed_job):
    page = text(administrator, "portal_failures")
    assert "Angebote verschieben" in page
    assert "Only for who asked" not in page


def test_a_task_begins_anew(administrator, failed_task):
    answer = administrator.post(reverse("portal_task_again", args=[failed_task.pk]), follow=True)
    assert "Die Aufgabe wird noch einmal ausgeführt." in answer.content.decode()
    failed_task.refresh_from_db()
    assert (failed_task.status, failed_task.worker_ids, failed_task.traceback) == ("READY", [], "")
    assert queue.run_next()
    failed_task.refresh_from_db()
    assert failed_task.status == "SUCCESSFUL"
    # It has not failed any more, so there is nothing to run again.
    assert administrator.post(reverse("portal_task_again", args=[failed_task.pk])).status_code == 404
    assert administrator.post(reverse("portal_task_again", args=[NOBODY])).status_code == 404


def test_a_stuck_queue_is_told(administrator, failed_task):
    DBTaskResult.objects.update(
        status="READY", enqueued_at="2026-01-01T00:00Z", run_after="2026-01-01T00:00Z"
    )
    assert "Im Hintergrund ist seit zehn Minuten nichts geschehen" in text(administrator, "portal_failures")


def test_it_is_no_business_of_a_traeger(failed_task, failed_job, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    assert client.get(reverse("portal_failures")).status_code == 404
    assert client.post(reverse("portal_task_again", args=[failed_task.pk])).status_code == 404
    failed_task.refresh_from_db()
    assert failed_task.status == "FAILED"
    assert "fehlgeschlagen" not in text(client, "wagtailadmin_home")
