"""The pages „Vorgänge": whose they are, what they say, what looking at them costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sites.jobs import service_lock
from sites.models import Job
from tests.factories import UserFactory
from tests.sites.jobs.section import ROWS
from tests.wording import said

# Session, person (twice), their rights (twice), the language of the editing area, the job, the service.
LOOKING = 8
SECRET = "„Nur für uns“ verschieben"
NOW = timezone.now


@pytest.fixture
def job(head):
    return Job.objects.create(
        user=head, kind="unpublish", title=SECRET, total=5000, fingerprint="x", path="/admin/"
    )


@pytest.fixture
def service_is_there(db):
    """Ends it, too: the lock outlives the transaction of a test."""
    with connection.cursor() as cursor:
        yield service_lock.take
        cursor.execute("SELECT pg_advisory_unlock_all()")


@pytest.fixture
def client(head, traeger_a, client_for):
    return client_for(head, traeger_a)


def url(job, more: str = "") -> str:
    return reverse("portal_job", args=[job.pk]) + more


def text_of(client, job) -> str:
    answer = client.get(url(job))
    assert answer.status_code == 200
    return answer.content.decode()


def test_others_find_nothing(job, world, person, client_for):
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED)
    colleague, stranger = (person("leitung", each) for each in (world.traeger_a, world.traeger_b))
    for who in (colleague, stranger, UserFactory(admin=True)):
        other = client_for(who, world.traeger_a)
        assert other.get(url(job)).status_code == 404
        assert other.get(url(job, "?stand")).status_code == 404
        assert other.post(reverse("portal_job_again", args=[job.pk])).status_code == 404
        assert SECRET not in other.get(reverse("portal_jobs")).content.decode()
        assert SECRET not in other.get(reverse("wagtailadmin_home")).content.decode()
    assert Job.objects.count() == 1


def test_the_own_list_and_the_dashboard(job, client):
    for name in ("portal_jobs", "wagtailadmin_home"):
        assert SECRET in client.get(reverse(name)).content.decode()
    Job.objects.all().delete()
    assert (
        said("You have no background jobs. Operations on very many pages appear here.")
        in client.get(reverse("portal_jobs")).content.decode()
    )
    assert reverse("portal_jobs") not in client.get(reverse("wagtailadmin_home")).content.decode()


# what is stored → what is said about it (msgid, values), the attributes of the bar
UNDER_WAY = [
    ({"state": "waiting"}, ("Waits for its turn: %(total)s pages.", {"total": "5.000"}), "<progress aria-"),
    (
        {"state": "running", "done": 1200},
        ("%(done)s of %(total)s pages, for %(time)s so far.", {"done": "1.200", "total": "5.000"}),
        'value="1200" max="5000"',
    ),
    (
        {"state": "running", "done": 5000},
        (
            "All %(total)s pages are prepared; the changes are being stored, for %(time)s so far.",
            {"total": "5.000"},
        ),
        'value="5000" max="5000"',
    ),
    (
        {"state": "running", "kind": "move"},
        ("%(total)s pages are being changed at once, for %(time)s so far.", {"total": "5.000"}),
        'aria-labelledby="portal-job-text"></progress>',
    ),
]


@pytest.mark.parametrize(("stored", "words", "bar"), UNDER_WAY)
def test_what_is_said_under_way(stored, words, bar, job, client, service_is_there):
    if stored["state"] == "running":
        stored = stored | {"started_at": NOW() - timedelta(seconds=150)}
    Job.objects.filter(pk=job.pk).update(**stored)
    service_is_there()
    msgid, values = words
    page = text_of(client, job)
    assert said(msgid, time="2 Minuten", **values) in page
    assert bar in page
    # Without JavaScript the page loads itself anew.
    assert 'http-equiv="refresh"' in page


@pytest.mark.parametrize(
    ("kind", "state", "is_retried"),
    [("move", "done", False), ("move", "failed", True), ("copy", "lost", True)],
)
def test_what_is_said_in_the_end(kind, state, is_retried, job, client):
    Job.objects.filter(pk=job.pk).update(
        kind=kind,
        state=state,
        started_at=NOW() - timedelta(seconds=75),
        finished_at=NOW(),
        messages=[["success", "Die <b>Seite</b>"]],
        next_url="/admin/pages/7/",
        error="" if state == "done" else "Das ging nicht <hier>.",
    )
    page = text_of(client, job)
    assert "http-equiv" not in page
    assert "Die <b>Seite</b>" in page
    assert ("/admin/pages/7/" in page) == (state == "done")
    assert ("Das ging nicht &lt;hier&gt;." in page) == (state != "done")
    assert (reverse("portal_job_again", args=[job.pk]) in page) == is_retried


def test_trying_again(job, client):
    again = reverse("portal_job_again", args=[job.pk])
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 404
    Job.objects.filter(pk=job.pk).update(state=Job.State.LOST)
    answer = client.post(again)
    new = Job.objects.exclude(pk=job.pk).get()
    assert answer.url == url(new)
    assert (new.state, new.path, new.title, new.total) == ("waiting", job.path, job.title, job.total)
    # A second click leads to the same one.
    assert client.post(again).url == url(new)


def test_sending_twice_makes_one_job(section, client, traeger_a):
    row = ROWS[0]
    answers = [client.post(row.url(section), row.data(section)).url for _time in range(2)]
    assert answers[0] == answers[1]
    Job.objects.update(state=Job.State.RUNNING, started_at=NOW())
    assert client.post(row.url(section), row.data(section)).url == answers[0]
    Job.objects.update(state=Job.State.DONE)
    assert client.post(row.url(section), row.data(section)).url != answers[0]
    assert Job.objects.count() == 2


def test_people_are_told_when_the_service_is_missing(job, client, service_is_there):
    waiting = said(
        "The background service is not running. Please tell the operators of the portal. The job begins by"
        " itself as soon as the service runs."
    )
    running = said(
        "The background service was interrupted. Please tell the operators of the portal. What became of the"
        " job is shown here as soon as the service runs again."
    )
    assert waiting not in text_of(client, job)
    Job.objects.update(created_at=NOW() - timedelta(seconds=6))
    assert waiting in text_of(client, job)
    Job.objects.update(state=Job.State.RUNNING, started_at=NOW() - timedelta(seconds=6))
    assert running in text_of(client, job)
    service_is_there()
    assert running not in text_of(client, job)


def test_looking_costs_little(job, client):
    """Also where nobody is there who works: then people look longest."""
    Job.objects.update(created_at=NOW() - timedelta(hours=1))
    client.get(url(job, "?stand"))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url(job, "?stand"))
    assert b"<html" not in answer.content
    assert len(captured) == LOOKING
