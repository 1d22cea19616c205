"""What administrators and people who have left did stays usable, and does not tell who they were."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Locale, Page, PageSubscription
from wagtail_localize.operations import TranslationCreator

from home.models import ContentPage
from sites.access.roles import LEITUNG, REDAKTION
from sites.models import User
from sites.wagtail_patches.hidden_people import VisiblePerson
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, UserFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process

NAME = "Unbekannt-Verborgen"
VIEWS = ("edit", "history", "workflow_history", "usage", "view_draft", "delete", "unpublish", "move", "copy")
ACTIONS = ("save", "publish", "unpublish", "copy", "move", "delete", "unlock", "approve")


@pytest.fixture
def hidden(db) -> User:
    return UserFactory(admin=True, first_name="Vera", last_name=NAME)


@pytest.fixture
def page(hidden, traeger_a) -> ContentPage:
    """A page on which somebody hidden did all that leaves a name behind."""
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    page.save_revision(user=hidden, log_action=True).publish(user=hidden)
    page.refresh_from_db()
    page.summary = "Geändert."
    page.save_revision(user=hidden, log_action=True)
    comment = Comment.objects.create(page=page, user=hidden, text="Bitte kürzen", contentpath="title")
    CommentReply.objects.create(comment=comment, user=hidden, text="Oder streichen")
    PageSubscription.objects.create(page=page, user=hidden, comment_notifications=True)
    return ContentPage.objects.get(pk=page.pk)


@pytest.fixture
def client(traeger_a, person, client_for):
    return client_for(person(LEITUNG, traeger_a), traeger_a)


def url(name: str, page) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def form(client, page) -> dict:
    """What the browser would send back from the form of `page`, with another title."""
    shown = client.get(url("edit", page)).context["form"]
    comment = Comment.objects.get(page=page)
    return {
        **{name: shown.initial.get(name) or "" for name in ("slug", "summary")},
        "title": "Neu",
        "body-count": 0,
        "comments-TOTAL_FORMS": 1,
        "comments-INITIAL_FORMS": 1,
        "comments-0-id": comment.pk,
        "comments-0-text": comment.text,
        "comments-0-contentpath": comment.contentpath,
        "comments-0-replies-TOTAL_FORMS": 1,
        "comments-0-replies-INITIAL_FORMS": 1,
        "comments-0-replies-0-id": comment.replies.get().pk,
        "comments-0-replies-0-text": comment.replies.get().text,
    }


def test_every_field_that_names_a_person_hides():
    fields = [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.related_model is User and field.many_to_one
    ]
    assert len(fields) > 10
    assert [f for f in fields if not isinstance(vars(f.model)[f.name], VisiblePerson)] == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("state", ["free", "locked", "in workflow"])
def test_the_page_opens(view, state, page, hidden, client, traeger_a):
    if state == "locked":
        page.locked, page.locked_by, page.locked_at = True, hidden, timezone.now()
        page.save()
    elif state == "in workflow":
        page.get_workflow().start(page, hidden)
    response = client.get(url(view, page))
    # What is locked is not unpublished.
    assert response.status_code == (302 if (state, view) == ("locked", "unpublish") else 200)
    assert NAME not in response.content.decode()
    assert "gelöscht)" not in response.content.decode()


@pytest.mark.parametrize("action", ACTIONS)
def test_the_page_can_be_worked_on(action, page, hidden, client, traeger_a):
    if action == "unlock":
        page.locked, page.locked_by, page.locked_at = True, hidden, timezone.now()
        page.save()
    approve = None
    if action == "approve":
        state = page.get_workflow().start(page, hidden)
        approve = [page.pk, "approve", state.current_task_state_id]
    home = traeger_a.site.root_page
    target = ContentPageFactory(parent=home)
    values, where = {
        "save": (lambda: form(client, page), url("edit", page)),
        "publish": (lambda: form(client, page) | {"action-publish": "1"}, url("edit", page)),
        "unpublish": (dict, url("unpublish", page)),
        "copy": (
            lambda: {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": home.pk},
            url("copy", page),
        ),
        "move": (dict, reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])),
        "delete": (dict, url("delete", page)),
        "unlock": (dict, url("unlock", page)),
        "approve": (dict, approve and reverse("wagtailadmin_pages:workflow_action", args=approve)),
    }[action]
    response = client.post(where, values())
    assert response.status_code == 302, response.content.decode()[:3000]
    now = Page.objects.filter(pk=page.pk).first()
    done = {
        "save": lambda: now.get_latest_revision_as_object().title == "Neu",
        "publish": lambda: now.title == "Neu",
        "unpublish": lambda: not now.live,
        "copy": lambda: Page.objects.filter(slug="kopie").exists(),
        "move": lambda: now.path.startswith(target.path),
        "delete": lambda: now is None,
        "unlock": lambda: not now.locked,
        "approve": lambda: not now.has_unpublished_changes,
    }[action]
    assert done()
    if now:
        assert set(Comment.objects.filter(page=now).values_list("user", "text")) == {
            (hidden.pk, "Bitte kürzen")
        }


def test_a_translation_that_somebody_hidden_published_opens(page, hidden, client):
    english = Locale.objects.get_or_create(language_code="en")[0]
    for each in [*page.get_ancestors()[1:], page]:
        if not each.has_translation(english):
            TranslationCreator(hidden, [english]).create_translations(each.specific)
    translation = page.get_translation(english)
    translation.get_latest_revision().publish(user=hidden)
    translation.save_revision(user=hidden).publish(user=hidden)
    response = client.get(url("edit", translation))
    assert response.status_code == 200
    assert NAME not in response.content.decode()


def test_files_of_somebody_hidden_open(hidden, client, traeger_a):
    image = ImageFactory(collection=traeger_a.collection, uploaded_by_user=hidden)
    document = DocumentFactory(collection=traeger_a.collection, uploaded_by_user=hidden)
    for name, pk in (("wagtailimages:edit", image.pk), ("wagtaildocs:edit", document.pk)):
        response = client.get(reverse(name, args=[pk]))
        assert response.status_code == 200
        assert NAME not in response.content.decode()


@pytest.mark.parametrize("report", ["wagtailadmin_reports:site_history", "wagtailadmin_reports:aging_pages"])
def test_reports_say_that_it_was_somebody_else(report, page, client):
    content = client.get(reverse(report)).content.decode()
    assert page.title in content
    assert NAME not in content
    assert "Jemand anderes" in content
    assert "(gelöscht)" not in content


def test_who_is_known_by_name(hidden, world, person):
    """A guest also after the grant has ended: the list of grants names them, too."""
    page = ContentPageFactory(parent=world.traeger_a.site.root_page)
    guest, stranger = (person(REDAKTION, world.traeger_b) for _number in range(2))
    grant(guest, page, "change", expires_at=timezone.now() - timedelta(days=1))
    known = {
        "colleague": person(REDAKTION, world.traeger_a),
        "coordination": person(REDAKTION, world.coordination),
        "guest of former times": guest,
    }
    left = person(REDAKTION, world.traeger_a)
    left.groups.clear()
    strangers = {"administrator": hidden, "of another Träger": stranger, "has left": left}
    with web_process(person(REDAKTION, world.traeger_a), world.traeger_a):
        seen = set(User.objects.values_list("pk", flat=True))
    assert {name for name, each in (known | strangers).items() if each.pk in seen} == known.keys()
