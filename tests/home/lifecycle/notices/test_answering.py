"""Who looks after an entry answers what readers have noticed, and nobody else sees it."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from home.lifecycle import notices
from home.lifecycle.notice_mails import answer_reporter, tell_owners
from home.models import Notice, Verification
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import UserFactory
from tests.home.lifecycle.notices.steps import READER, answer, to_whom

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
def test_the_owner_finds_it_on_the_page_and_in_the_list_and_answers(
    person, client_for, traeger_a, office, left, role
):
    owner = person(role, traeger_a)
    client = client_for(owner, traeger_a)
    page = " ".join(client.get(office.get_url_parts()[2]).content.decode().split())
    assert "<b> 1 Meldung </b>" in page
    text = client.get(reverse("portal_notices")).content.decode()
    assert "Kein Anschluss" in text
    assert READER not in text
    response = answer(client, left, "Danke, ist berichtigt.")
    assert "Die Antwort geht per E-Mail" in response.content.decode()
    left.refresh_from_db()
    assert (left.answer, left.answered_by) == ("Danke, ist berichtigt.", owner)
    assert (left.email, left.reporter) == ("", None)
    (message,) = mail.outbox
    assert message.to == [READER]
    assert message.subject == "Ihre Meldung zu „Büro Nord“"
    assert "Danke, ist berichtigt." in message.body
    assert office.full_url in message.body
    assert "Meldung </b>" not in " ".join(client.get(office.get_url_parts()[2]).content.decode().split())


def test_without_words_the_reader_hears_of_it_too(person, client_for, traeger_a, left):
    answer(client_for(person(REDAKTION, traeger_a), traeger_a), left)
    assert to_whom() == [READER]


def test_without_an_address_nobody_is_written_to(person, client_for, traeger_a, office):
    notice = Notice.objects.create(page_id=office.pk, reason="gone", language="de")
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    assert "<textarea" not in client.get(reverse("portal_notices")).content.decode()
    answer(client, notice)
    assert mail.outbox == []
    assert not Notice.objects.open().exists()


def test_a_person_with_an_account_is_answered_there_in_their_language(
    person, client_for, traeger_a, traeger_b, office
):
    reporter = person(LESEN, traeger_b, language="en")
    notice = Notice.objects.create(page_id=office.pk, reason="gone", reporter=reporter, language="de")
    answer(client_for(person(REDAKTION, traeger_a), traeger_a), notice, "Ja.")
    assert to_whom() == [reporter.email]
    assert mail.outbox[0].subject.startswith("Your notice")
    notice.refresh_from_db()
    assert notice.reporter is None


def test_a_visitor_is_answered_in_the_language_that_they_read(person, client_for, traeger_a, office):
    notice = Notice.objects.create(page_id=office.pk, reason="gone", email=READER, language="en")
    answer(client_for(person(REDAKTION, traeger_a), traeger_a), notice)
    assert mail.outbox[0].subject.startswith("Your notice")


def test_who_left_is_not_written_to(person, client_for, traeger_a, traeger_b, office):
    reporter = person(LESEN, traeger_b, is_active=False)
    notice = Notice.objects.create(page_id=office.pk, reason="gone", reporter=reporter, language="de")
    answer(client_for(person(REDAKTION, traeger_a), traeger_a), notice)
    assert mail.outbox == []


def test_of_two_at_once_one_answers_and_one_mail_goes(person, client_for, traeger_a, left):
    first, second = (client_for(person(REDAKTION, traeger_a), traeger_a) for _number in range(2))
    answer(first, left, "Eins")
    response = answer(second, left, "Zwei")
    assert "Eine andere Person hat das schon erledigt" in response.content.decode()
    left.refresh_from_db()
    assert left.answer == "Eins"
    assert to_whom() == [READER]


def test_what_the_service_does_again_sends_no_second_mail(person, traeger_a, left):
    person(REDAKTION, traeger_a)
    for _again in range(2):
        tell_owners.func(str(left.pk))
    assert len(mail.outbox) == 1
    answer_reporter.func(str(left.pk))
    assert len(mail.outbox) == 1, "nobody has answered yet"
    notices.answer(left, "Ja.", None)
    answer_reporter.func(str(left.pk))
    assert len(mail.outbox) == 2


def test_the_list_is_narrowed_to_open_or_done(person, client_for, traeger_a, office, left):
    done = Notice.objects.create(
        page_id=office.pk, reason="gone", text="Alt", language="de", answered_at=timezone.now()
    )
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    address = reverse("portal_notices")
    assert list(client.get(address).context["object_list"]) == [left, done]
    assert list(client.get(address, {"state": "open"}).context["object_list"]) == [left]
    assert list(client.get(address, {"state": "done"}).context["object_list"]) == [done]


@pytest.mark.parametrize(
    ("role", "where"), [(LEITUNG, "traeger_b"), (LEITUNG, "knowledge"), (LESEN, "traeger_a")]
)
def test_others_see_nothing_and_answer_nothing(
    world, person, client_for, traeger_a, office, left, role, where
):
    somebody = person(role, getattr(world, where))
    client = client_for(somebody, traeger_a)
    assert "1 Meldung" not in client.get(office.get_url_parts()[2]).content.decode()
    listing = client.get(reverse("portal_notices"))
    assert listing.status_code != 200 or list(listing.context["object_list"]) == []
    assert "Kein Anschluss" not in listing.content.decode()
    answer(client, left, "Fremd")
    left.refresh_from_db()
    assert left.is_open
    assert mail.outbox == []


def test_an_administrator_sees_and_answers(client_for, traeger_a, office, left):
    client = client_for(UserFactory(admin=True), traeger_a)
    assert "1 Meldung" in " ".join(client.get(office.get_url_parts()[2]).content.decode().split())
    assert list(client.get(reverse("portal_notices")).context["object_list"]) == [left]
    answer(client, left)
    assert to_whom() == [READER]


def test_an_entry_that_was_handed_over_is_answered_there(
    person, client_for, knowledge, traeger_a, partner, send
):
    Verification.objects.filter(page=partner.pk).update(traeger=traeger_a, role=FREIGABE)
    before, below = person(LEITUNG, knowledge), person(REDAKTION, traeger_a)
    owner = person(FREIGABE, traeger_a)
    send(client_for(below, knowledge), partner)
    assert to_whom() == [owner.email]
    notice = Notice.objects.get()
    for other in (before, below):
        client = client_for(other, knowledge)
        assert list(client.get(reverse("portal_notices")).context["object_list"]) == []
        assert answer(client, notice).status_code == 404
    client = client_for(owner, knowledge)
    assert "1 Meldung" in " ".join(client.get(partner.get_url()).content.decode().split())
    assert answer(client, notice).status_code == 200
    assert not Notice.objects.open().exists()
