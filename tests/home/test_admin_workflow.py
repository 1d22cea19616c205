"""Four eyes: the Redaktion submits, Freigabe or Leitung of the same Träger publish, and mail tells them."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import NewsIndexPage, NewsPage
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import NewsPageFactory
from tests.home.editing import approve, create, form_values
from tests.world import list_page


@pytest.fixture
def news(traeger_a):
    return list_page(traeger_a, NewsIndexPage)


@pytest.fixture
def people(traeger_a, traeger_b, person):
    """One person per role here, and an approver elsewhere."""
    here = {role: person(role, traeger_a) for role in (REDAKTION, FREIGABE, LEITUNG)}
    return here | {"elsewhere": person(FREIGABE, traeger_b)}


def data() -> dict:
    return nested_form_data({"title": "Sommerfest", "slug": "sommerfest", "body": streamfield([])})


def submit(client, news, capture) -> NewsPage:
    """Make a page and submit it; mails leave after the commit."""
    with capture(execute=True):
        return create(client, NewsPage, news, data())


@pytest.mark.parametrize("role", [FREIGABE, LEITUNG])
def test_submit_mail_approve(
    role, news, traeger_a, people, client_for, settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.beispiel.test"
    page = submit(client_for(people[REDAKTION], traeger_a), news, django_capture_on_commit_callbacks)
    assert not page.live
    assert {address for message in mail.outbox for address in message.to} == {
        people[FREIGABE].email,
        people[LEITUNG].email,
    }
    text = mail.outbox[0].body
    assert f"https://portal.beispiel.test{reverse('wagtailadmin_pages:edit', args=[page.pk])}" in text
    assert "Sommerfest" in mail.outbox[0].subject
    assert "Seite" in text

    mail.outbox.clear()
    client = client_for(people[role], traeger_a)
    # The task stands on the approver's first page.
    assert "Sommerfest" in client.get("/admin/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        approve(client, page)
    page.refresh_from_db()
    assert page.live
    assert people[REDAKTION].email in {address for message in mail.outbox for address in message.to}
    assert client_for(None, traeger_a).get(page.url).status_code == 200


def told(client) -> tuple[str, list[str]]:
    """Return the words and the links of the message on the next page."""
    soup = BeautifulSoup(client.get("/admin/").content, "html.parser")
    message = soup.select_one(".messages li")
    return " ".join(message.text.split()), [link["href"] for link in message.select("a")]


@pytest.mark.parametrize("where", ["list", "editor"])
def test_who_approves_is_told_that_it_worked_and_where_the_page_stands(
    where, news, traeger_a, people, client_for, django_capture_on_commit_callbacks
):
    page = submit(client_for(people[REDAKTION], traeger_a), news, django_capture_on_commit_callbacks)
    client = client_for(people[FREIGABE], traeger_a)
    decide(client, page, where, "approve")
    words, links = told(client)
    assert "„Sommerfest“ ist freigegeben und veröffentlicht." in words
    page.refresh_from_db()
    assert links == [page.url, reverse("wagtailadmin_pages:edit", args=[page.pk])]


@pytest.mark.parametrize("where", ["list", "editor"])
def test_who_approves_for_later_is_told_when_it_appears(
    where, news, traeger_a, people, client_for, django_capture_on_commit_callbacks
):
    page = submit(client_for(people[REDAKTION], traeger_a), news, django_capture_on_commit_callbacks)
    page.go_live_at = datetime(2090, 5, 1, 9, tzinfo=UTC)
    waiting = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    waiting.revision = page.save_revision()
    waiting.save()
    client = client_for(people[FREIGABE], traeger_a)
    decide(client, page, where, "approve")
    words, links = told(client)
    assert "„Sommerfest“ ist freigegeben und erscheint am 1. Mai 2090" in words
    assert links == [reverse("wagtailadmin_pages:edit", args=[page.pk])]


@pytest.mark.parametrize("where", ["list", "editor"])
def test_who_gives_a_page_back_is_told_so(
    where, news, traeger_a, people, client_for, django_capture_on_commit_callbacks
):
    page = submit(client_for(people[REDAKTION], traeger_a), news, django_capture_on_commit_callbacks)
    client = client_for(people[FREIGABE], traeger_a)
    decide(client, page, where, "reject")
    assert "„Sommerfest“ ging zurück an die Redaktion." in told(client)[0]


def decide(client, page, where: str, action: str) -> None:
    """Approve or give back a page that waits, from the list of tasks or in the editor."""
    if where == "list":
        waiting = TaskState.objects.get(workflow_state__object_id=str(page.pk))
        url = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, action, waiting.pk))
        client.post(url, {"comment": ""})
    else:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        decision = data() | {"action-workflow-action": "1", "workflow-action-name": action}
        assert client.post(url, form_values(client, url) | decision).status_code == 302


def test_another_traeger_has_no_part_in_it(
    news, traeger_a, traeger_b, people, client_for, django_capture_on_commit_callbacks
):
    page = submit(client_for(people[REDAKTION], traeger_a), news, django_capture_on_commit_callbacks)
    client = client_for(people["elsewhere"], traeger_b)
    assert "Sommerfest" not in client.get("/admin/").content.decode()
    waiting = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waiting.pk]))
    page.refresh_from_db()
    assert not page.live


def test_the_redaktion_does_not_publish(
    news, traeger_a, people, client_for, django_capture_on_commit_callbacks
):
    client = client_for(people[REDAKTION], traeger_a)
    page = submit(client, news, django_capture_on_commit_callbacks)
    live = NewsPageFactory(parent=news, title="Vorher")
    waiting = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waiting.pk]))
    url = reverse("wagtailadmin_pages:edit", args=[live.pk])
    changes = nested_form_data({"title": "Nachher", "body": streamfield([])})
    client.post(url, form_values(client, url) | changes | {"action-publish": "1"})
    client.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk]))
    page.refresh_from_db()
    live.refresh_from_db()
    assert not page.live
    assert (live.live, live.title) == (True, "Vorher")


def test_rejecting_gives_it_back_with_a_reason(
    news, traeger_a, people, client_for, django_capture_on_commit_callbacks
):
    page = submit(client_for(people[REDAKTION], traeger_a), news, django_capture_on_commit_callbacks)
    mail.outbox.clear()
    waiting = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", waiting.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client_for(people[FREIGABE], traeger_a).post(url, {"comment": "Bitte das Datum prüfen."})
    page.refresh_from_db()
    assert not page.live
    (message,) = mail.outbox
    assert message.to == [people[REDAKTION].email]
    assert "Bitte das Datum prüfen." in message.body


def test_the_approver_looks_at_what_was_submitted(
    news, traeger_a, people, client_for, django_capture_on_commit_callbacks
):
    page = submit(client_for(people[REDAKTION], traeger_a), news, django_capture_on_commit_callbacks)
    task, revision = TaskState.objects.get().task_id, page.latest_revision_id
    client = client_for(people[FREIGABE], traeger_a)
    for name, number in (("workflow_preview", task), ("revisions_view", revision)):
        response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, number]))
        assert response.status_code == 200
        assert "Sommerfest" in response.content.decode()
