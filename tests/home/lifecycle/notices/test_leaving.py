"""„Stimmt nicht mehr": any reader says so, and machines do not."""

import pytest
from django.core import mail
from django.core.signing import dumps
from wagtail.models import PageViewRestriction

from home.lifecycle.notice_form import LONGEST, QUICKEST, SALT
from home.lifecycle.notices import ENTRY, PLACE
from home.models import AnlaufstelleIndexPage, Notice
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.models import AttemptCount
from tests.factories import AnlaufstellePageFactory
from tests.home.lifecycle.notices.steps import READER, address, to_whom
from tests.home.test_facts import translated
from tests.world import list_page

pytestmark = pytest.mark.django_db


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


def test_in_every_language_it_is_about_the_source(visitor, office, english, send):
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


def test_of_a_checked_entry_too_it_is_about_the_source(person, client_for, knowledge, partner, english, send):
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
