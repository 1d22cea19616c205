"""A head moves a section in the background: with and without JavaScript, and what the dialogue says."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Page

from sites.access.roles import LEITUNG
from sites.jobs import service_lock
from sites.models import Job
from tests.browser.conftest import PHONE
from tests.factories import ContentPageFactory, UserFactory
from tests.sites.jobs.section import service_in_this_process
from tests.wording import said

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]


@pytest.fixture(autouse=True)
def few_pages_are_many(settings):
    settings.PORTAL_JOB_PAGES = 1


@pytest.fixture
def section(portal):
    section = ContentPageFactory(parent=portal.world.traeger_a.site.root_page, title="Umzug")
    ContentPageFactory(parent=section, title="Zieht mit")
    yield section
    Page.objects.get(pk=section.pk).delete()
    Job.objects.all().delete()


@pytest.fixture
def head(portal):
    return UserFactory(role=LEITUNG, traeger=portal.world.traeger_a)


def ask(window, portal, section) -> None:
    """Confirm to move the section, which leads to the page of the job."""
    traeger = portal.world.traeger_a
    there = ContentPageFactory(parent=traeger.site.root_page, title=f"Ziel {timezone.now():%f}")
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[section.pk, there.pk])
    window.goto(portal.url(traeger, confirm))
    window.locator("main form[action$='/confirm/'] [type=submit]").click()
    window.wait_for_url("**/admin/vorgaenge/*/")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_asking_to_the_end(javascript, portal, visit, head, section):
    window = visit(head, javascript=javascript)
    ask(window, portal, section)
    expect(window.locator("#portal-job")).to_contain_text("2 Seiten")
    address = window.url
    with service_in_this_process():
        expect(window.locator("#portal-job")).to_contain_text("verschoben", timeout=60_000)
    assert window.url == address
    expect(window.locator("progress")).to_have_count(0)
    window.get_by_role("link", name=said("Go on")).click()
    expect(window.locator("main")).to_contain_text("Umzug")
    window.goto(portal.url(portal.world.traeger_a, "/admin/"))
    expect(window.locator("#portal-jobs-section, #portal-jobs").first).to_contain_text("Umzug")


def test_the_bar_moves_and_nothing_else_is_loaded(portal, visit, head, section, watch):
    """On a phone; a number of pages that changes is shown without loading the page anew."""
    job = Job.objects.create(
        user=head, kind="copy", title="Viel", total=5000, state="running", started_at=timezone.now(), done=10
    )
    window = visit(head, viewport=PHONE)
    with service_that_does_nothing(), watch(window):
        window.goto(portal.url(portal.world.traeger_a, reverse("portal_job", args=[job.pk])))
        window.evaluate("window.stayed = true")
        expect(window.locator("progress")).to_have_js_property("value", 10)
        Job.objects.filter(pk=job.pk).update(done=1200)
        expect(window.locator("progress")).to_have_js_property("value", 1200)
        expect(window.locator("#portal-job-text")).to_contain_text("1.200 von 5.000 Seiten")
        assert window.evaluate("window.stayed")
        assert window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        Job.objects.filter(pk=job.pk).update(state="failed", finished_at=timezone.now(), error="Ging nicht.")
        expect(window.locator("#portal-job")).to_contain_text("Ging nicht.")
        expect(window.get_by_role("button", name=said("Try again"))).to_be_visible()


@contextmanager
def service_that_does_nothing():
    """Holds the lock of the service, as a service does that is busy."""
    assert service_lock.take()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def test_the_dialogue_about_readers_leads_to_the_job(portal, visit, head, section):
    window = visit(head)
    edit = reverse("wagtailadmin_pages:edit", args=[section.pk])
    window.goto(portal.url(portal.world.traeger_a, edit))
    window.locator("[data-side-panel-toggle=status]").click()
    window.locator("[data-a11y-dialog-show=set-privacy]").first.click()
    window.locator("#set-privacy input[value=login], .modal input[value=login]").first.check()
    window.locator("#set-privacy [type=submit], .modal [type=submit]").first.click()
    link = window.get_by_role("link", name=said("See how far it is"))
    expect(link).to_be_visible()
    link.click()
    window.wait_for_url("**/admin/vorgaenge/*/")
    with service_in_this_process():
        expect(window.get_by_role("link", name=said("Go on"))).to_be_visible(timeout=60_000)
