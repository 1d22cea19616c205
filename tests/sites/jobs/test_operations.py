"""Every operation that is enqueued: noted, then repeated as the person who asked for it."""

import pytest
from django.db import transaction
from django.urls import reverse

from sites.access.roles import LEITUNG
from sites.jobs.operations import OPERATIONS
from sites.models import Job
from sites.rls.install import wrong_readers
from tests.checksums import state
from tests.sites.jobs import section as sections
from tests.sites.jobs.section import ALL, IDS, ROWS, replay, request_of

rows = pytest.mark.parametrize("row", ROWS, ids=IDS)


@pytest.fixture
def asked(row, traeger_a, guest, head, client_for):
    """The section, and the job that the person has asked for."""
    section = sections.make(traeger_a, guest, publish=row.live)
    row.prepare(section)
    answer = client_for(head, traeger_a).post(row.url(section), row.data(section))
    return section, Job.objects.get(), answer


def test_the_rows_are_complete():
    assert {row.kind for row in ROWS} == set(OPERATIONS)


@rows
def test_it_is_noted_and_done_when_it_is_repeated(row, asked, head):
    section, job, answer = asked
    assert not row.happened(section)
    assert (job.kind, job.user, job.state, job.total) == (row.kind, head, Job.State.WAITING, row.total)
    assert "Abschnitt" in job.title
    assert "csrf" not in job.data
    page = reverse("portal_job", args=[job.pk])
    if row.kind == "privacy":
        assert page in answer.json()["html"]
        assert "step" not in answer.json()
    else:
        assert answer.url == page

    outcome, told = replay(request_of(job, head))
    assert outcome.done, outcome
    assert row.happened(section)
    assert outcome.next_url.startswith("/admin/")
    assert row.kind == "privacy" or outcome.messages
    counted = [news["done"] for news in told if "done" in news]
    assert counted[-1:] == ([] if row.counted is None else [row.counted])
    assert counted == sorted(counted)
    assert any("transaction" in news for news in told) == OPERATIONS[row.kind].whole
    assert wrong_readers() == []
    assert Job.objects.count() == 1


@rows
def test_few_pages_are_changed_at_once(row, traeger_a, guest, head, client_for, settings):
    settings.PORTAL_JOB_PAGES = ALL
    section = sections.make(traeger_a, guest, publish=row.live)
    row.prepare(section)
    client_for(head, traeger_a).post(row.url(section), row.data(section))
    assert row.happened(section)
    assert not Job.objects.exists()


def _lose_all_rights(head, **_others):
    head.groups.clear()
    return head


def _be_switched_off(head, **_others):
    type(head).objects.filter(pk=head.pk).update(is_active=False)
    return head


def _be_a_stranger(stranger, job, traeger_b, **_others):
    job.host = traeger_b.site.hostname
    return stranger


# What may be different when the request is repeated, or have been wrong with the row from the start.
NOT_ALLOWED = (_lose_all_rights, _be_switched_off, _be_a_stranger)


@rows
def test_nothing_is_changed_for_who_may_not(row, asked, head, traeger_b, person):
    _section, job, _answer = asked
    stranger = person(LEITUNG, traeger_b)
    for change in NOT_ALLOWED:
        with transaction.atomic():
            who = change(head=head, stranger=stranger, job=job, traeger_b=traeger_b)
            request = request_of(job, who)
            before = state_without_sessions()
            outcome, _told = replay(request)
            assert (outcome.done, outcome.allowed) == (False, False), change.__name__
            assert "Abschnitt" not in repr(outcome), change.__name__
            assert state_without_sessions() == before, change.__name__
            transaction.set_rollback(True)


# kind, view, its arguments without the page: requests that are none of this kind.
WRONG = [
    ("move", "wagtailadmin_pages:delete", []),
    ("privacy", "wagtailadmin_pages:delete", []),
    ("copy", "wagtailadmin_pages:unpublish", []),
    ("publish", "wagtail_bulk_action", ["wagtailcore", "page", "delete"]),
    ("publish", "wagtail_bulk_action", ["wagtailcore", "page", "unpublish"]),
    ("move", "wagtailadmin_account", []),
]


def test_only_the_noted_operation_is_repeated(section, head, traeger_a):
    """What else a request could ask for is out of the background service's reach."""
    for kind, view, arguments in WRONG:
        by_argument = view.startswith("wagtailadmin_pages")
        url = reverse(view, args=[*arguments, *([section.page.pk] if by_argument else [])])
        job = Job(
            user=head,
            kind=kind,
            scheme="http",
            host=traeger_a.site.hostname,
            path=f"{url}?id={section.page.pk}",
            data="confirm_site_name=ThINKA-Portal",
        )
        request = request_of(job, head)
        before = state_without_sessions()
        assert not replay(request)[0].done, (kind, view)
        assert state_without_sessions() == before, (kind, view)


def test_a_form_that_is_not_complete_makes_no_job(section, head, traeger_a, client_for):
    """People correct it at once, not after they have waited."""
    client = client_for(head, traeger_a)
    for row, wrong in (("copy", {"new_slug": "woanders"}), ("delete", {"confirm_site_name": "x"})):
        found = next(each for each in ROWS if each.kind == row)
        answer = client.post(found.url(section), found.data(section) | wrong)
        assert answer.status_code == 200, row
    assert not Job.objects.exists()


def state_without_sessions() -> list:
    return [line for line in state() if not line[0].startswith("thinka_sites_session")]
