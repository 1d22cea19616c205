"""An office is closed at once: without approval, without touching drafts, and by its own people only."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.models import PageLogEntry, Workflow

from home.closures import TAKEN_BACK, announce, closures, take_back
from home.models import AnlaufstelleIndexPage, AnlaufstellePage, OpeningException
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import AnlaufstellePageFactory
from tests.home.editing import form_values
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.wording import said
from tests.world import list_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(traeger_a):
    return AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), title="Nord")


@pytest.fixture
def editor(person, traeger_a):
    return person(REDAKTION, traeger_a, first_name="Beispiel", last_name="Person")


def address(office) -> str:
    return reverse("portal_closures", args=[office.pk])


def sent(first: date | None = None, last: date | None = None, reason="Teamtag") -> dict:
    first, last = first or localdate(), last or localdate()
    return {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}", "reason": reason}


def as_stored(office) -> AnlaufstellePage:
    return AnlaufstellePage.objects.get(pk=office.pk)


def is_closed(office) -> bool:
    return as_stored(office).opening_hours.on(localdate()).is_closed


def take_back_address(office) -> str:
    return reverse("portal_closure_take_back", args=[office.pk, closures(office).get().pk])


def test_an_editor_closes_an_office_at_once_in_all_languages(
    world,
    client_for,
    editor,
    office,
    english,  # noqa: F811
):
    version = translated(office, english)
    client = client_for(editor, world.traeger_a)
    assert form_in(client, office)["first"] == [f"{localdate():%Y-%m-%d}"]
    response = client.post(address(office), sent())
    assert response.status_code == 302
    for page in (office, version):
        assert "Teamtag" in client_for(None, world.traeger_a).get(page.get_url()).content.decode()
    assert (
        said("Published. It can be read now, in all languages.")
        in client.get(address(office)).content.decode()
    )


def form_in(client, office) -> dict:
    form = client.get(address(office)).context["form"]
    return {name: [form[name].value().strftime("%Y-%m-%d")] for name in ("first", "last")}


def test_nothing_else_of_a_draft_is_published_or_lost(world, client_for, editor, office):
    draft = as_stored(office)
    draft.phone = "+49 30 23125042"
    draft.exceptions = [OpeningException(first=localdate() + timedelta(30), last=localdate() + timedelta(31))]
    draft.save_revision()
    client_for(editor, world.traeger_a).post(address(office), sent())
    stored = as_stored(office)
    assert (stored.phone, stored.has_unpublished_changes) == ("", True)
    assert [row.reason for row in stored.exceptions.all()] == ["Teamtag"]
    waiting = stored.get_latest_revision_as_object()
    assert (waiting.phone, len(waiting.exceptions.all())) == ("+49 30 23125042", 1)
    waiting.latest_revision.publish()
    stored = as_stored(office)
    assert (stored.phone, stored.exceptions.count()) == ("+49 30 23125042", 2)
    assert is_closed(office)


def test_a_page_that_waits_for_approval_goes_on_waiting(world, client_for, editor, office):
    office.save_revision()
    Workflow.objects.get(name__contains=world.traeger_a.name).start(office, editor)
    client_for(editor, world.traeger_a).post(address(office), sent())
    assert is_closed(office)
    assert as_stored(office).current_workflow_state is not None


def test_the_page_form_neither_shows_closures_nor_takes_them_away(world, person, client_for, editor, office):
    announce(office, localdate(), localdate(), "Teamtag", by=editor)
    client = client_for(person(FREIGABE, world.traeger_a), world.traeger_a)
    edit = reverse("wagtailadmin_pages:edit", args=[office.pk])
    values = form_values(client, edit)
    assert values["exceptions-TOTAL_FORMS"] == ["0"]
    assert address(office) in client.get(edit).content.decode()
    streams = {f"{name}-count": "0" for name in ("body", "accessibility")}
    assert client.post(edit, values | streams | {"action-publish": "1"}).status_code == 302
    assert is_closed(office)


def test_saving_a_withdrawn_page_does_not_take_them_away(world, client_for, editor, office):
    office.unpublish()
    announce(office, localdate(), localdate(), "Teamtag", by=editor)
    client = client_for(editor, world.traeger_a)
    edit = reverse("wagtailadmin_pages:edit", args=[office.pk])
    streams = {f"{name}-count": "0" for name in ("body", "accessibility")}
    assert client.post(edit, form_values(client, edit) | streams | {"action-save": "1"}).status_code == 302
    assert is_closed(office)


def test_an_alias_says_so_too(world, editor, office, english):  # noqa: F811
    version = translated(office, english)
    start = world.traeger_a.site.root_page
    aliases = [
        page.create_alias(parent=start, update_slug=f"alias-{page.pk}").specific for page in (office, version)
    ]
    announce(office, localdate(), localdate(), "Teamtag", by=editor)
    assert all(map(is_closed, aliases))
    version.save_revision().publish()
    assert all(map(is_closed, aliases))


def test_what_is_taken_back_does_not_come_back_with_a_draft(world, client_for, editor, office):
    announce(office, localdate(), localdate(), "Teamtag", by=editor)
    draft = as_stored(office).save_revision()
    client = client_for(editor, world.traeger_a)
    assert client.post(take_back_address(office)).status_code == 302
    assert not OpeningException.objects.filter(page=office).exists()
    draft.publish()
    assert not OpeningException.objects.filter(page=office).exists()


def test_the_history_tells_of_both(world, client_for, editor, office):
    announce(office, localdate(), localdate(), "Teamtag", by=editor)
    take_back(office, closures(office).get(), by=editor)
    entries = PageLogEntry.objects.filter(page=office.pk, action__startswith="portal.closure").order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("portal.closure.announce", editor),
        ("portal.closure.take_back", editor),
    ]
    history = client_for(editor, world.traeger_a).get(reverse("wagtailadmin_pages:history", args=[office.pk]))
    assert history.content.decode().count("Teamtag") == 2


def test_those_who_approve_get_a_mail(world, person, client_for, editor, office):
    told = {person(role, world.traeger_a).email for role in (FREIGABE, LEITUNG)}
    for other in (person(LESEN, world.traeger_a), person(FREIGABE, world.traeger_b)):
        assert other.email not in told
    client_for(editor, world.traeger_a).post(address(office), sent())
    assert {address for message in mail.outbox for address in message.to} == told
    assert len(mail.outbox) == 2
    assert "Nord" in mail.outbox[0].subject
    assert "Teamtag" in mail.outbox[0].body
    assert "Beispiel Person" in mail.outbox[0].body


def test_who_approves_needs_nobody_to_be_told(world, person, client_for, office):
    person(LEITUNG, world.traeger_a)
    client_for(person(FREIGABE, world.traeger_a), world.traeger_a).post(address(office), sent())
    assert is_closed(office)
    assert mail.outbox == []


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
def test_the_office_of_another_traeger_does_not_exist(world, person, client_for, editor, office, role):
    announce(office, localdate(), localdate(), "Teamtag", by=editor)
    client = client_for(person(role, world.traeger_b), world.traeger_b)
    assert client.get(address(office)).status_code == 404
    assert client.post(address(office), sent()).status_code == 404
    assert client.post(take_back_address(office)).status_code == 404
    assert closures(office).count() == 1


def test_a_grant_does_not_close_an_office(world, person, client_for, office):
    guest = person(REDAKTION, world.coordination)
    grant(guest, office, "change")
    client = client_for(guest, world.coordination)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[office.pk])).status_code == 200
    assert client.get(address(office)).status_code == 404
    assert client.post(address(office), sent()).status_code == 404


def test_the_database_refuses_what_python_would_forget(world, person, office):
    """Who edits a draft by a grant, and people of another Träger, write no closure."""
    guest = person(REDAKTION, world.coordination)
    grant(guest, office, "change")
    for user, traeger in ((guest, world.coordination), (person(LEITUNG, world.traeger_b), world.traeger_b)):
        with web_process(user, traeger), pytest.raises(DatabaseError), transaction.atomic():
            OpeningException.objects.create(
                page_id=office.pk, first=localdate(), last=localdate(), at_once=True
            )


def test_other_rows_are_not_taken_back_by_it(world, client_for, editor, office):
    row = OpeningException.objects.create(page=office, first=localdate(), last=localdate())
    url = reverse("portal_closure_take_back", args=[office.pk, row.pk])
    assert client_for(editor, world.traeger_a).post(url).status_code == 404
    assert OpeningException.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("days", "complaint"),
    [
        ((-3, -1), "These days are over. Choose today or a later day."),
        ((3, 1), "The last day is before the first day. Please swap them, or correct one of the two."),
    ],
)
def test_days_that_cannot_be_are_refused_and_stay_in_the_form(
    world, client_for, editor, office, days, complaint
):
    first, last = (localdate() + timedelta(n) for n in days)
    response = client_for(editor, world.traeger_a).post(address(office), sent(first, last))
    assert said(complaint) in response.content.decode()
    assert f"{first:%Y-%m-%d}" in response.content.decode()
    assert not closures(office).exists()


def test_openings_for_fewer_days_hold_and_are_named(world, client_for, editor, office):
    day = localdate() + timedelta(1)
    OpeningException.objects.create(
        page=office, first=day, last=day, closed=False, opens="10:00", closes="11:00", reason="Basar"
    )
    client = client_for(editor, world.traeger_a)
    client.post(address(office), sent(localdate(), localdate() + timedelta(6)))
    assert "Basar" in client.get(address(office)).content.decode()
    assert not as_stored(office).opening_hours.on(day).is_closed


def test_a_reason_that_is_too_long_is_refused_in_the_form(world, client_for, editor, office):
    answer = client_for(editor, world.traeger_a).post(address(office), sent(reason="x" * 10_000))
    assert answer.status_code == 200
    assert "Zeichen" in answer.content.decode()
    assert not is_closed(office)


def test_the_same_days_are_closed_once(world, client_for, editor, office):
    client = client_for(editor, world.traeger_a)
    assert client.post(address(office), sent()).status_code == 302
    assert client.post(address(office), sent()).status_code == 200
    assert OpeningException.objects.filter(page=office, at_once=True).count() == 1


def test_what_is_taken_back_twice_is_noted_once(world, client_for, editor, office):
    client_for(editor, world.traeger_a).post(address(office), sent())
    row = closures(office).get()
    take_back(office, row, by=editor)
    take_back(office, row, by=editor)
    assert PageLogEntry.objects.filter(page=office.pk, action=TAKEN_BACK).count() == 1
