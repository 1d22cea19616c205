"""What the database lets people do with notices, how long they are kept, and what they cost."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from home.lifecycle.notice_mails import tell_owners
from home.lifecycle.notices import ADDRESS_KEPT, ANSWERED_KEPT, forget
from home.models import AnlaufstelleIndexPage, Notice
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.models import OutgoingMail
from sites.rls.identity import ADMIN, SITE
from tests.factories import AnlaufstellePageFactory, UserFactory
from tests.home.lifecycle.notices.steps import READER, address
from tests.mailing import QUEUE
from tests.web_role import web_process
from tests.world import list_page

pytestmark = pytest.mark.django_db


# The database


def test_the_database_agrees(person, traeger_a, traeger_b, office, left):
    for who, where in (
        (None, traeger_a),
        (person(LEITUNG, traeger_b), traeger_b),
        (person(LESEN, traeger_a), traeger_a),
    ):
        for area in (SITE, ADMIN):
            with web_process(who, where, area):
                assert not Notice.objects.exists()
                assert Notice.objects.update(answer="Fremd") == 0
                assert Notice.objects.all().delete()[0] == 0
    with web_process(person(REDAKTION, traeger_a), traeger_a):
        assert Notice.objects.get() == left


def _new(page, **fields) -> None:
    Notice(page_id=page.pk, reason="other", language="de", **fields).save(force_insert=True)


def test_whoever_reads_a_page_leaves_a_notice_and_nothing_more(person, traeger_a, traeger_b, office, partner):
    somebody = person(REDAKTION, traeger_b)
    PageViewRestriction.objects.create(page=partner, restriction_type=PageViewRestriction.LOGIN)
    with web_process(None, traeger_a, SITE):
        _new(office)
    refused = [
        (None, office, {"reporter": somebody}),
        (None, office, {"told": True}),
        (None, office, {"answer": "X"}),
        (None, office, {"answered_at": timezone.now()}),
        (None, office, {"answered_by": somebody}),
        (None, partner, {}),
        (somebody, office, {"reporter": UserFactory()}),
    ]
    for who, page, fields in refused:
        with web_process(who, traeger_a, SITE), pytest.raises(DatabaseError), transaction.atomic():
            _new(page, **fields)
    assert Notice.objects.count() == 1


def test_who_answers_changes_nothing_of_what_was_written(person, traeger_a, office, left):
    owner, other = person(REDAKTION, traeger_a), person(REDAKTION, traeger_a)
    elsewhere = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    changes = (
        {"email": "fremd@beispiel.test"},
        {"text": "Anders"},
        {"page_id": elsewhere.pk},
        {"reporter": other},
        {"answered_by": other},
    )
    for change in changes:
        with web_process(owner, traeger_a), pytest.raises(DatabaseError), transaction.atomic():
            Notice.objects.update(**change)
    with web_process(owner, traeger_a):
        assert Notice.objects.update(answer="Ja", answered_by=owner, answered_at=timezone.now()) == 1
    with web_process(owner, traeger_a), pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.update(answer="Nein")


# Forgetting


def test_an_address_waits_for_ninety_days(office, left, person, traeger_b):
    now = timezone.now()
    old = Notice.objects.create(
        page_id=office.pk,
        reason="gone",
        reporter=person(LESEN, traeger_b),
        language="de",
        created_at=now - ADDRESS_KEPT - timedelta(minutes=1),
    )
    Notice.objects.filter(pk=left.pk).update(created_at=now - ADDRESS_KEPT + timedelta(minutes=1))
    forget()
    left.refresh_from_db()
    old.refresh_from_db()
    assert (left.email, old.reporter) == (READER, None)
    Notice.objects.filter(pk=left.pk).update(created_at=now - ADDRESS_KEPT - timedelta(minutes=1))
    forget()
    left.refresh_from_db()
    assert left.email == ""
    assert left.is_open, "it stays a task"


def test_what_was_answered_is_forgotten_after_a_year(left):
    Notice.objects.filter(pk=left.pk).update(
        answered_at=timezone.now() - ANSWERED_KEPT + timedelta(minutes=1)
    )
    forget()
    assert Notice.objects.exists()
    Notice.objects.update(answered_at=timezone.now() - ANSWERED_KEPT - timedelta(minutes=1))
    forget()
    assert not Notice.objects.exists()


def test_with_its_page_it_goes_also_where_nobody_sees_it(person, client_for, traeger_a, office, left):
    assert left.pk
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    assert client.post(reverse("wagtailadmin_pages:delete", args=[office.pk])).status_code == 302
    assert not Notice.objects.exists()


# What it costs


def _queries(client, path: str) -> list[str]:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize(("role", "cost"), [(None, 0), (LESEN, 0), (REDAKTION, 1), (LEITUNG, 1)])
def test_the_link_costs_who_may_answer_one_query_and_readers_none(
    person, client_for, traeger_a, office, left, role, cost
):
    found = _queries(client_for(role and person(role, traeger_a), traeger_a), office.get_url_parts()[2])
    assert sum("home_notice" in sql for sql in found) == cost


def test_the_form_is_cheap(visitor, office):
    assert len(_queries(visitor, address(office))) == 7


def test_the_list_costs_the_same_for_more_notices(person, client_for, traeger_a, office):
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    counts = []
    for _round in range(2):
        for _number in range(3):
            Notice.objects.create(page_id=office.pk, reason="other", language="de", email=READER)
        counts.append(len(_queries(client, reverse("portal_notices"))))
    assert counts[0] == counts[1]


def test_a_request_leaves_the_mails_to_the_service(visitor, office, person, traeger_a, send, monkeypatch):
    person(REDAKTION, traeger_a)
    monkeypatch.setattr(QUEUE, "paused", True)
    send(visitor, office)
    assert not OutgoingMail.objects.exists()
    assert DBTaskResult.objects.get().task_path == tell_owners.module_path
