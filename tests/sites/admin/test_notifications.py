"""Wagtail's mails about a page reach only people who still work on it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Locale, PageSubscription, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import NewsIndexPage
from sites.access.roles import FREIGABE, LESEN, REDAKTION
from sites.models import PageUserGrant
from tests.factories import NewsPageFactory
from tests.home.editing import form_values
from tests.sites.grants.granting import grant
from tests.world import list_page


@pytest.fixture
def page(traeger_a):
    return NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Sommerfest")


@pytest.fixture
def guest(page, person, coordination):
    user = person(REDAKTION, coordination)
    grant(user, page, "change", expires_at=timezone.now() + timedelta(days=1))
    return user


@pytest.fixture
def colleague(traeger_a, person):
    return person(REDAKTION, traeger_a)


@pytest.fixture
def editor(traeger_a, person):
    return person(FREIGABE, traeger_a)


def end_grants(*_people) -> None:
    PageUserGrant.grants.update(expires_at=timezone.now() - timedelta(minutes=1))


def only_read(*_people) -> None:
    for held in PageUserGrant.grants.all():
        user, page = held.user, held.content_object
        held.delete()
        grant(user, page, "view")


def lose_role(*people) -> None:
    for user in people:
        reading = [role.traeger.group(LESEN) for role in (g.traeger_role for g in user.groups.all())]
        user.groups.set(reading)


def receivers() -> set[str]:
    return {address for message in mail.outbox for address in message.to}


def comment(page, user) -> Comment:
    return Comment.objects.create(page=page, user=user, text="Darf das so bleiben?", contentpath="title")


def change_comments(client, page, comments) -> None:
    """Send the editor's form with `comments` as it would send them."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    changes = {"title": page.title, "body": streamfield([])}
    changes["comments"] = inline_formset(comments, initial=len(comments))
    response = client.post(url, form_values(client, url) | nested_form_data(changes) | {"action-save": "1"})
    assert response.status_code in (200, 302)


def as_sent(each: Comment, replies=(), **changes) -> dict:
    return {
        "id": str(each.pk),
        "contentpath": each.contentpath,
        "text": each.text,
        "position": "",
        "resolved": "",
        "DELETE": "",
        "replies": inline_formset(list(replies), initial=0),
    } | changes


def reply(client, page, each) -> None:
    change_comments(client, page, [as_sent(each, [{"text": "Ja, bitte.", "id": ""}])])


def resolve(client, page, each) -> None:
    change_comments(client, page, [as_sent(each, resolved="1")])


ENDINGS = [end_grants, only_read, lose_role]


@pytest.mark.parametrize("act", [reply, resolve])
@pytest.mark.parametrize("ending", [None, *ENDINGS])
def test_who_commented(ending, act, page, guest, colleague, editor, traeger_a, client_for):
    mine = comment(page, guest)
    CommentReply.objects.create(comment=mine, user=colleague, text="Ich frage nach.")
    if ending:
        ending(guest, colleague)
    act(client_for(editor, traeger_a), page, mine)
    expected = {guest.email, colleague.email}
    if ending in (end_grants, only_read):
        expected.remove(guest.email)
    if ending is lose_role:
        # The guest's grant is no role.
        expected.remove(colleague.email)
    assert receivers() == expected


@pytest.mark.parametrize("ending", [None, *ENDINGS])
def test_who_follows_the_comments(ending, page, guest, colleague, editor, traeger_a, client_for):
    for user in (guest, colleague):
        PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    if ending:
        ending(guest, colleague)
    resolve(client_for(editor, traeger_a), page, comment(page, editor))
    expected = {guest.email, colleague.email}
    if ending:
        expected.remove(colleague.email if ending is lose_role else guest.email)
    assert receivers() == expected


@pytest.mark.parametrize("ending", [None, end_grants, only_read])
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_who_submitted(
    action, ending, page, guest, editor, traeger_a, client_for, django_capture_on_commit_callbacks
):
    page.get_workflow().start(page, guest)
    if ending:
        ending(guest)
    waiting = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client_for(editor, traeger_a).post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, waiting.pk]),
            {"comment": "Bitte das Datum prüfen."},
        )
    waiting.refresh_from_db()
    assert waiting.status == {"approve": "approved", "reject": "rejected"}[action]
    assert receivers() == (set() if ending else {guest.email})


def test_a_guest_on_the_original_hears_of_its_translation(page, guest, editor, traeger_a, client_for):
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = page.copy_for_translation(english, copy_parents=True)
    resolve(client_for(editor, traeger_a), translation, comment(translation, guest))
    assert receivers() == {guest.email}
