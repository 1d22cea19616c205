"""Reminders reach those who hold the role, once, also after the service was away or killed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate

from home.lifecycle import reminders
from home.lifecycle.checking import verify
from home.lifecycle.reminders import remind
from home.models import Verification
from knowledge.models import MethodIndexPage, PartnerIndexPage
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import MethodPageFactory, PartnerPageFactory
from tests.world import list_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def _nothing_else(world):
    """Other entries of the world are not due."""
    Verification.objects.all().delete()


@pytest.fixture
def entry(_nothing_else, knowledge):
    """A partner whose check is due in 30 days."""
    page = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage), title="Beispiel-Beratung")
    Verification.objects.create(
        page_id=page.pk, traeger=knowledge, role=REDAKTION, verified_until=localdate() + timedelta(days=30)
    )
    return page


@pytest.fixture
def editor(person, knowledge):
    return person(REDAKTION, knowledge)


def sent_to() -> list[str]:
    found = sorted(address for message in mail.outbox for address in message.to)
    mail.outbox.clear()
    return found


def run(days: int) -> list[str]:
    """What the service sends `days` after today: to whom."""
    remind(localdate() + timedelta(days=days))
    return sent_to()


def test_each_reminder_comes_once_under_a_moved_clock(entry, editor):
    came = {}
    for day in range(60):
        for _again in range(3):
            if people := run(day):
                came.setdefault(day, []).append(people)
    assert came == {day: [[editor.email]] for day in (0, 23, 30, 37, 44, 51, 58)}


def test_after_a_month_away_there_is_one_and_not_all_that_were_missed(entry, editor):
    assert run(0) == [editor.email]
    assert run(45) == [editor.email]
    assert run(46) == []
    assert run(51) == [editor.email]


def test_killed_in_the_middle_it_begins_anew(entry, editor, monkeypatch):
    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reminders.Verification.objects, "bulk_update", killed)
        with pytest.raises(KeyboardInterrupt):
            remind(localdate())
    # Its mails are gone with its transaction; the test's outbox doesn't know of transactions.
    mail.outbox.clear()
    assert run(0) == [editor.email]
    assert run(0) == []


def test_a_check_ends_them(entry, editor):
    run(0)
    verify(entry, Verification.objects.get(), by=editor)
    assert [day for day in range(150) if run(day)] == []
    row = Verification.objects.get()
    assert row.verified_until == localdate() + entry.verified_for
    assert run((row.verified_until - localdate()).days - 30) == [editor.email]


def test_one_mail_names_all_entries_and_leads_to_them(entry, editor, knowledge, client_for):
    method = MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), title="Hausbesuch")
    Verification.objects.create(
        page_id=method.pk, traeger=knowledge, role=REDAKTION, verified_until=localdate() - timedelta(days=1)
    )
    remind(localdate())
    (message,) = mail.outbox
    assert message.subject == "Bitte prüfen: 2 Einträge"
    for page in (entry, method):
        assert page.title in message.body
        assert f"{page.get_site().root_url}/geprueft/{page.pk}/" in message.body


def test_people_come_and_go_the_role_stays(entry, person, knowledge, editor):
    editor.groups.clear()
    successors = [person(REDAKTION, knowledge), person(REDAKTION, knowledge)]
    person(LESEN, knowledge)
    person(FREIGABE, knowledge)
    assert run(0) == sorted(each.email for each in successors)


def test_where_nobody_has_the_role_the_next_higher_one_is_asked(entry, person, knowledge):
    knowledge.group(REDAKTION).user_set.clear()
    knowledge.group(FREIGABE).user_set.clear()
    knowledge.group(LEITUNG).user_set.clear()
    assert run(0) == []
    assert Verification.objects.get().reminded == 0
    head = person(LEITUNG, knowledge)
    assert run(0) == [head.email]


def test_who_left_is_not_written_to(entry, editor):
    editor.is_active = False
    editor.save()
    assert editor.email not in run(0)


def test_of_what_is_withdrawn_nobody_is_reminded(entry, editor):
    entry.unpublish()
    assert run(0) == []
