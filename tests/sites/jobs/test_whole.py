"""The background service with real processes and some hundred pages: to the end, and killed in the middle."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from random import Random

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from benchmarks.pages import Grower, store
from home.models import ContentPage
from sites.access.roles import LEITUNG
from sites.models import Job, Session
from sites.rls.install import mend, wrong_readers
from tests.factories import UserFactory
from tests.sites.jobs.section import service_in_this_process
from tests.world import load

pytestmark = [pytest.mark.usefixtures("full_portal"), pytest.mark.xdist_group("full")]

PAGES = 120
SECONDS = 180
# As `manage.py run_jobs`, in the database of the tests.
SERVICE = """
import sys, threading, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from sites.jobs.service import serve
serve(threading.Event())
"""


@pytest.fixture
def head(django_db_blocker):
    with django_db_blocker.unblock():
        yield UserFactory(role=LEITUNG, traeger=load().traeger_a)


@pytest.fixture
def section(head, django_db_blocker, settings):
    """Committed pages, because processes of their own must see them; all live."""
    settings.PORTAL_JOB_PAGES = 50
    with django_db_blocker.unblock():
        start = load().traeger_a.site.root_page
        top = start.add_child(instance=ContentPage(title="Sehr viele Seiten", summary="X"))
        pages = Grower(Random(1)).grow(Page.objects.get(pk=top.pk), ContentPage, PAGES)  # noqa: S311
        for page in pages:
            page.live = True
        with transaction.atomic():
            store(pages)
            Page.fix_tree()
            mend()
        yield Page.objects.get(pk=top.pk)
        Page.objects.filter(pk=top.pk).first().delete()
        Job.objects.all().delete()


def ask(head, url: str, data: dict) -> Job:
    client = Client(headers={"host": load().traeger_a.site.hostname})
    client.force_login(head, backend="sites.accounts.backend.PortalBackend")
    answer = client.post(url, data)
    job = Job.objects.latest("pk")
    assert answer.url == reverse("portal_job", args=[job.pk])
    return job


def wait(job: Job, until) -> list[tuple]:
    """Wait until `until(job)` holds. Returns (state, done) as seen meanwhile."""
    seen, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        job.refresh_from_db()
        seen.append((job.state, job.done))
        if until(job):
            return seen
        time.sleep(0.2)
    pytest.fail(f"Still {job.state}, {job.done} pages, after {SECONDS} s")


@contextmanager
def service_of_its_own():
    command = [sys.executable, "-c", SERVICE, connection.settings_dict["NAME"]]
    process = subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=os.environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def live(section) -> int:
    return section.get_descendants().filter(live=True).count()


def unpublish(section, head) -> Job:
    url = reverse("wagtailadmin_pages:unpublish", args=[section.pk])
    return ask(head, url, {"include_descendants": "on"})


def bulk_unpublish(section, head) -> Job:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    return ask(head, f"{url}?id={section.pk}", {"include_descendants": "on"})


def test_from_asking_to_the_end(section, head):
    job = unpublish(section, head)
    sessions = Session.objects.count()
    with service_in_this_process():
        seen = wait(job, lambda job: not job.is_unfinished)
    assert job.state == Job.State.DONE, (job.error, job.messages)
    assert job.total == job.done == PAGES + 1
    assert live(section) == 0
    assert "Sehr viele Seiten" in str(job.messages)
    assert job.next_url == reverse("wagtailadmin_explore", args=[section.get_parent().pk])
    # It was seen on its way.
    steps = {done for state, done in seen if state == Job.State.RUNNING and 0 < done <= PAGES}
    assert len(steps) >= 2, seen
    # The history names the person, and the session of the service is gone.
    entries = PageLogEntry.objects.filter(page_id=section.pk, action="wagtail.unpublish")
    assert set(entries.values_list("user_id", flat=True)) == {head.pk}
    assert Session.objects.count() == sessions
    assert wrong_readers() == []


def test_a_service_that_is_killed(section, head):
    """Nothing is half done where all goes together, nothing is done twice, and people can ask again."""
    job = bulk_unpublish(section, head)
    with service_of_its_own() as process:
        wait(job, lambda job: 0 < job.done <= PAGES)
        process.kill()
        process.wait()
    assert live(section) == PAGES
    with service_in_this_process():
        wait(job, lambda job: job.state == Job.State.LOST)
        time.sleep(3)
        assert Job.objects.get().state == Job.State.LOST
    assert live(section) == PAGES
    assert job.error


def test_a_service_that_is_stopped(section, head):
    url = reverse("wagtailadmin_pages:delete", args=[section.pk])
    job = ask(head, url, {"confirm_site_name": "ThINKA-Portal"})
    with service_in_this_process():
        wait(job, lambda job: job.transaction)
    job.refresh_from_db()
    assert job.state in (Job.State.LOST, Job.State.RUNNING)
    assert section.get_descendants().count() == PAGES
    with service_in_this_process():
        wait(job, lambda job: job.state == Job.State.LOST)
    assert "nichts geändert" in job.error
