"""The background service among jobs that were left behind; nothing is performed here."""

import os
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from sites.jobs import runner
from sites.jobs.runner import _environment, run_job
from sites.jobs.service import KEPT, PATIENCE, claim, recover_orphans, tidy
from sites.models import Job
from tests.sites.jobs.section import ROWS

STATE = Job.State


@pytest.fixture
def make(head):
    """`make(state=…)` → a new job, the oldest first."""

    def make(kind: str = "move", **fields) -> Job:
        number = str(Job.objects.count())
        job = Job.objects.create(user=head, kind=kind, title="X", total=9, fingerprint=number)
        Job.objects.filter(pk=job.pk).update(**fields)
        job.refresh_from_db()
        return job

    return make


def transaction_number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def committed() -> int:
    return transaction_number("SELECT xmin::text FROM django_migrations LIMIT 1")


def current() -> int:
    return transaction_number("SELECT pg_current_xact_id()::text")


# kind, the number of its transaction → what becomes of a job that ran when the service died
FATES = [
    ("move", lambda: None, STATE.LOST, "Es wurde nichts geändert."),
    ("copy", lambda: None, STATE.LOST, "Bitte sehen Sie nach."),
    ("move", committed, STATE.DONE, ""),
    ("move", current, STATE.RUNNING, ""),
]


@pytest.mark.parametrize(("kind", "number", "state", "error"), FATES)
def test_jobs_without_a_service(kind, number, state, error, make):
    job = make(kind, state=STATE.RUNNING, started_at=timezone.now(), transaction=number())
    recover_orphans()
    job.refresh_from_db()
    assert job.state == state
    assert error in job.error
    assert bool(job.error) == bool(error)
    assert (job.finished_at is None) == (state == STATE.RUNNING)


def test_lost_jobs_are_not_performed_again(make):
    make(state=STATE.RUNNING)
    recover_orphans()
    assert claim() is None


def test_the_oldest_comes_first_and_only_once(make):
    jobs = [make() for _number in range(3)]
    make(state=STATE.DONE)
    taken = [claim() for _number in range(4)]
    assert taken == [*jobs, None]
    assert set(Job.objects.filter(pk__in=[job.pk for job in jobs]).values_list("state")) == {(STATE.RUNNING,)}


def test_what_nobody_could_begin_is_given_up(make):
    now = timezone.now()
    late = make(created_at=now - PATIENCE - timedelta(minutes=1))
    in_time = make(created_at=now - PATIENCE + timedelta(minutes=1))
    tidy()
    late.refresh_from_db()
    assert (late.state, "nichts geändert" in late.error) == (STATE.LOST, True)
    assert claim() == in_time


def test_old_jobs_are_forgotten(make):
    now = timezone.now()
    make(state=STATE.DONE, created_at=now - KEPT - timedelta(hours=1))
    kept = make(state=STATE.DONE, created_at=now - KEPT + timedelta(hours=1))
    tidy()
    assert list(Job.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("stopped", "number", "state", "said"),
    [
        (False, lambda: None, STATE.LOST, "länger als 0 Stunden gedauert hat. Es wurde nichts geändert."),
        (True, lambda: None, STATE.LOST, "Der Hintergrunddienst wurde unterbrochen."),
        (False, committed, STATE.DONE, "schon geändert"),
    ],
)
def test_what_takes_too_long_is_broken_off_and_says_so(stopped, number, state, said, make, monkeypatch):
    @contextmanager
    def idle_process(job, session):
        reading, writing = os.pipe()
        yield SimpleNamespace(answers=reading)
        os.close(writing)
        os.close(reading)

    monkeypatch.setattr(runner, "_process", idle_process)
    monkeypatch.setattr(runner, "LONGEST", timedelta(0))
    make()
    job = claim()
    job.auth_hash = job.user.get_session_auth_hash()
    Job.objects.filter(pk=job.pk).update(transaction=number())
    stop = Event()
    if stopped:
        stop.set()
    run_job(job, stop)
    recover_orphans()
    job.refresh_from_db()
    assert job.state == state
    assert said in job.error + str(job.messages)
    assert bool(job.error) == (state == STATE.LOST)


def test_nothing_is_begun_for_an_account_that_is_switched_off(make, head):
    make()
    type(head).objects.filter(pk=head.pk).update(is_active=False)
    run_job(claim(), Event())
    assert Job.objects.get().state == STATE.FAILED


def test_nothing_is_begun_that_was_noted_before_a_new_password(section, head, traeger_a, client_for):
    row = ROWS[0]
    client_for(head, traeger_a).post(row.url(section), row.data(section))
    assert Job.objects.get().auth_hash == head.get_session_auth_hash()
    head.set_password("ein-anderes-passwort-47")
    head.save()
    run_job(claim(), Event())
    job = Job.objects.get()
    assert (job.state, bool(job.error)) == (STATE.FAILED, True)
    assert not row.happened(section)


def test_the_process_does_not_know_the_owners_address(monkeypatch):
    """What runs there is bound by RLS; the owner's password would lead around it."""
    monkeypatch.setenv("DATABASE_URL", "postgres://portal:geheim@db/portal")
    monkeypatch.delenv("WEB_DATABASE_URL", raising=False)
    assert _environment()["DATABASE_URL"]
    monkeypatch.setenv("WEB_DATABASE_URL", "postgres://portal_web:anders@db/portal")
    environment = _environment()
    assert "DATABASE_URL" not in environment
    assert environment["WEB_DATABASE_URL"]
    assert environment["PATH"]
