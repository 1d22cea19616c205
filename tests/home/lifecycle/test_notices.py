"""„Stimmt nicht mehr": any reader says so, who looks after the entry answers, and nobody else sees it."""

import re
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail
from django.core.signing import dumps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageViewRestriction

from home.lifecycle import notices
from home.lifecycle.notice_form import LONGEST, QUICKEST, SALT
from home.lifecycle.notice_mails import answer_reporter, tell_owners
from home.lifecycle.notices import ADDRESS_KEPT, ANSWERED_KEPT, ENTRY, PLACE, forget
from home.models import AnlaufstelleIndexPage, Notice, Verification
from knowledge.models import PartnerIndexPage
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import AttemptCount, OutgoingMail
from sites.rls.identity import ADMIN, SITE
from tests.factories import AnlaufstellePageFactory, PartnerPageFactory, UserFactory
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.mailing import QUEUE
from tests.web_role import web_process
from tests.world import list_page

pytestmark = pytest.mark.django_db
READER = "leserin@beispiel.test"


@pytest.fixture
def office(traeger_a):
    """Everybody reads it; the writers of its Träger look after it, though nobody has begun its checks."""
    return AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), title="Büro Nord")


@pytest.fixture
def partner(knowledge):
    """Everybody reads it; the writers of the knowledge base look after it."""
    page = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage), title="Beispiel-Beratung")
    page.save_revision().publish()
    return page


@pytest.fixture
def visitor(traeger_a, client_for):
    return client_for(None, traeger_a)


@pytest.fixture
def send(monkeypatch):
    """`send(client, page, reason="phone", …)` reads the form and sends it a minute later."""

    def send(client, page, ago: float = 60, path: str = "", **values):
        path, now = path or address(page), time.time()
        values = {"reason": "other", "token": token(client, path, now - ago), **values}
        with clock(now):
            return client.post(path, {name: value for name, value in values.items() if value is not None})

    @contextmanager
    def clock(stands_at: float):
        """However busy the machine is, so much time has passed between the two requests and no more."""
        with monkeypatch.context() as patched:
            patched.setattr(time, "time", lambda: stands_at)
            yield

    def token(client, path: str, moment: float) -> str:
        with clock(moment):
            response = client.get(path)
        assert response.status_code == 200
        return re.search('name="token" value="([^"]+)"', response.content.decode())[1]

    send.token = lambda client, page, ago=60: token(client, address(page), time.time() - ago)
    return send


def address(page) -> str:
    # Whatever language a test before has left.
    with override("de"):
        return reverse("notice", args=[page.pk])


def to_whom() -> list[str]:
    return sorted(recipient for message in mail.outbox for recipient in message.to)


def answer(client, notice, text: str = ""):
    return client.post(reverse("portal_notice_answer", args=[notice.pk]), {"answer": text}, follow=True)


# Leaving one


def test_a_visitor_says_so_in_two_clicks_and_without_a_cookie(visitor, office, person, traeger_a, send):
    owners = [person(REDAKTION, traeger_a), person(REDAKTION, traeger_a)]
    others = [person(LESEN, traeger_a), person(LEITUNG, traeger_a)]
    page = visitor.get(office.get_url_parts()[2]).content.decode()
    assert f'href="{address(office)}"' in page
    form = visitor.get(address(office))
    assert 'value="other" id="id_reason_4" checked' in " ".join(form.content.decode().split()).replace(
        " required", ""
    )
    response = send(visitor, office)
    assert response.status_code == 302
    thanks = visitor.get(response.url)
    assert thanks.status_code == 200
    assert "Danke für Ihre Meldung" in thanks.content.decode()
    assert not visitor.cookies
    notice = Notice.objects.get()
    assert (notice.page_id, notice.reason, notice.text, notice.email) == (office.pk, "other", "", "")
    assert (notice.reporter, notice.is_open, notice.told) == (None, True, True)
    assert to_whom() == sorted(each.email for each in owners)
    assert not set(to_whom()) & {each.email for each in others}


def test_the_mail_leads_to_the_list_and_keeps_the_words_of_the_reader_in_the_portal(
    visitor, office, person, traeger_a, send
):
    person(REDAKTION, traeger_a)
    send(visitor, office, reason="phone", text="Ruft Frau Geheim zurück", email=READER)
    (message,) = mail.outbox
    assert message.subject == "Stimmt nicht mehr? „Büro Nord“"
    assert "Die Telefonnummer" in message.body
    assert "/admin/meldungen/" in message.body
    assert "Geheim" not in message.body
    assert READER not in message.body


def test_a_case_worker_of_another_traeger_says_so_with_their_account(
    person, client_for, knowledge, traeger_b, partner, send
):
    owner, worker = person(REDAKTION, knowledge), person(LESEN, traeger_b)
    client = client_for(worker, knowledge)
    assert address(partner) in client.get(partner.get_url()).content.decode()
    form = client.get(address(partner)).content.decode()
    assert 'name="email"' not in form
    assert send(client, partner, reason="gone", text="Zu", email=READER).status_code == 302
    notice = Notice.objects.get()
    assert (notice.page_id, notice.reporter, notice.email) == (partner.pk, worker, "")
    assert to_whom() == [owner.email]


def test_in_every_language_it_is_about_the_source(visitor, office, english, send):  # noqa: F811
    version = translated(office, english)
    path = f"/en{address(version)}"
    assert path in visitor.get(version.get_url_parts()[2]).content.decode()
    send(visitor, version, path=path, email=READER)
    notice = Notice.objects.get()
    assert (notice.page_id, notice.language) == (office.pk, "en")


def test_of_a_public_partner_visitors_say_so_too(person, client_for, knowledge, partner, send):
    owner, stranger = person(REDAKTION, knowledge), client_for(None, knowledge)
    assert f'href="{address(partner)}"' in stranger.get(partner.get_url_parts()[2]).content.decode()
    assert send(stranger, partner, reason="phone").status_code == 302
    assert (Notice.objects.get().page_id, to_whom()) == (partner.pk, [owner.email])


def test_of_a_checked_entry_too_it_is_about_the_source(person, client_for, knowledge, partner, english, send):  # noqa: F811
    version = translated(partner, english)
    send(client_for(person(LESEN, knowledge), knowledge), version)
    assert Notice.objects.get().page_id == partner.pk


def test_where_nobody_has_the_role_the_next_higher_one_is_told(visitor, office, person, traeger_a, send):
    head = person(LEITUNG, traeger_a)
    send(visitor, office)
    assert to_whom() == [head.email]


def test_what_a_visitor_may_not_read_is_not_there(visitor, client_for, knowledge, partner, traeger_a):
    stranger = client_for(None, knowledge)
    PageViewRestriction.objects.create(page=partner, restriction_type=PageViewRestriction.LOGIN)
    draft = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), draft=True)
    withdrawn = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    withdrawn.unpublish()
    other = traeger_a.site.root_page
    for client, page in ((stranger, partner), (visitor, draft), (visitor, withdrawn), (visitor, other)):
        for path in (address(page), f"{address(page)}danke/"):
            assert client.get(path).status_code == 404
            assert client.post(path, {"reason": "other"}).status_code in (404, 405)
    assert not Notice.objects.exists()


def test_a_draft_is_not_even_there_for_who_writes_it(person, client_for, traeger_a):
    draft = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), draft=True)
    assert client_for(person(LEITUNG, traeger_a), traeger_a).get(address(draft)).status_code == 404


# Machines


@pytest.mark.parametrize(
    ("ago", "values"),
    [
        (QUICKEST / 2, {}),
        (LONGEST + 60, {}),
        (60, {"website": "https://beispiel.test"}),
        (60, {"token": None}),
        (60, {"token": "erfunden"}),
        (60, {"token": dumps([1, 0, 1, "x"], salt=SALT)}),
        (60, {"reason": "erfunden"}),
        (60, {"text": "x" * 501}),
        (60, {"email": "keine Adresse"}),
    ],
)
def test_what_a_machine_sends_is_not_taken(ago, values, visitor, office, send):
    response = send(visitor, office, ago=ago, **values)
    assert response.status_code == 200
    assert "tp-field__error" in (text := response.content.decode()) or "tp-alert--error" in text
    assert not Notice.objects.exists()
    assert not visitor.cookies


def test_what_was_typed_is_still_there_and_can_be_sent_again(visitor, office, send):
    response = send(visitor, office, ago=0, reason="hours", text="Montags zu")
    page = response.content.decode()
    assert "Montags zu" in page
    assert send(visitor, office, reason="hours", text="Montags zu").status_code == 302


def test_a_form_is_taken_once(visitor, office, send):
    token = send.token(visitor, office)
    for _click in range(3):
        assert visitor.post(address(office), {"reason": "other", "token": token}).status_code == 302
    assert Notice.objects.count() == 1


def test_a_form_is_for_one_page_and_one_person(visitor, client_for, person, traeger_a, office, send):
    other = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    of_another_page, of_a_visitor = send.token(visitor, other), send.token(visitor, office)
    send(visitor, office, token=of_another_page)
    somebody = client_for(person(LESEN, traeger_a), traeger_a)
    send(somebody, office, token=of_a_visitor)
    assert not Notice.objects.exists()


def test_another_site_can_not_send_it(visitor, office, send):
    values = {"reason": "other", "token": send.token(visitor, office)}
    foreign = visitor.post(address(office), values, headers={"origin": "https://fremd.test"})
    assert foreign.status_code == 403
    assert not Notice.objects.exists()
    own = visitor.post(address(office), values, headers={"origin": f"http://{visitor.defaults['HTTP_HOST']}"})
    assert own.status_code == 302


def test_a_place_is_slowed_down_and_leaves_no_address(visitor, office, send):
    for _number in range(PLACE.rate.amount):
        assert send(visitor, office).status_code == 302
    refused = send(visitor, office)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= PLACE.rate.get_expiry()
    assert "zu oft versucht" in refused.content.decode()
    assert Notice.objects.count() == PLACE.rate.amount
    assert not any("127.0.0.1" in row.key for row in AttemptCount.objects.all())


def test_an_entry_is_not_flooded_from_many_places(visitor, office, send):
    codes = []
    for number in range(ENTRY.rate.amount + 1):
        values = {"reason": "other", "token": send.token(visitor, office)}
        codes.append(visitor.post(address(office), values, REMOTE_ADDR=f"192.0.2.{number + 1}").status_code)
    assert codes == [302] * ENTRY.rate.amount + [429]


def test_people_with_accounts_are_counted_one_by_one(client_for, person, traeger_a, office, send):
    first, second = (client_for(person(LESEN, traeger_a), traeger_a) for _number in range(2))
    for _number in range(PLACE.rate.amount):
        send(first, office)
    assert send(first, office).status_code == 429
    assert send(second, office).status_code == 302


# Answering


@pytest.fixture
def left(office) -> Notice:
    return Notice.objects.create(
        page_id=office.pk, reason="phone", text="Kein Anschluss", email=READER, language="de"
    )


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
