"""A text that is to appear later is nowhere to be read before, whatever is done with its page.

A visitor looks from outside after everything that is committed. What is done is also stored as a whole: from
outside a page is what it was before, or what it is afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from home.models import ContentPage, InternalPage
from sites.access.roles import FREIGABE, REDAKTION
from sites.rls.identity import SITE
from tests.conftest import cloned_database, using_database
from tests.factories import ContentPageFactory, UserFactory
from tests.home.editing import approve, create, form_values
from tests.home.test_admin_copy import copy_by_form
from tests.passing import let_pass
from tests.sites.wagtail_patches.watching import after_each_commit
from tests.web_role import web_process
from tests.world import load

pytestmark = pytest.mark.xdist_group("embargo")

# What is not to be read yet, and what may be.
SECRET, OLD = "Vor der Zeit", "Alt"
EMPTY = nested_form_data({"body": streamfield([])})


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker):
    """A database of its own with an English site: what is committed no test can roll back."""

    def build(world) -> None:
        english, _created = Locale.objects.get_or_create(language_code="en")
        start = world.traeger_a.site.root_page.specific
        start.copy_for_translation(english).save_revision().publish()

    with cloned_database("embargo", build, django_db_blocker) as (name, _built):
        yield name


@dataclass(frozen=True)
class Office:
    """The people of a Träger in the editing area."""

    traeger: object
    editor: Client
    approver: Client

    @property
    def start(self):
        return self.traeger.site.root_page

    def page(self, **fields):
        return ContentPageFactory(parent=self.start, **fields)


@pytest.fixture
def office(database, django_db_blocker, client_for_nobody):
    with django_db_blocker.unblock(), using_database(database):
        traeger = load().traeger_a
        yield Office(
            traeger, *(client_for_nobody(traeger, UserFactory(role=role, traeger=traeger)) for role in ROLES)
        )
        Page.objects.filter(Q(title__in=(SECRET, OLD)) | Q(draft_title=SECRET)).delete()


ROLES = (REDAKTION, FREIGABE)


@pytest.fixture
def client_for_nobody():
    """As `client_for`, but without a transaction around the test."""

    def make(traeger, user) -> Client:
        client = Client(headers={"host": f"{traeger.site.hostname}:{traeger.site.port}"})
        client.force_login(user, backend="sites.accounts.backend.PortalBackend")
        return client

    return make


def tomorrow() -> str:
    return f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"


def visible(traeger) -> bool:
    """Tell whether a visitor can read the secret."""
    with web_process(None, traeger, SITE):
        return ContentPage.objects.filter(Q(title=SECRET) | Q(summary=SECRET)).exists() or (
            InternalPage.objects.filter(title=SECRET).exists()
        )


def stored() -> list[tuple]:
    """Return what there is of the secret."""
    found = []
    for page in Page.objects.filter(Q(draft_title=SECRET) | Q(title=SECRET)).order_by("pk"):
        revisions = Revision.objects.filter(object_id=str(page.pk))
        planned = revisions.exclude(approved_go_live_at=None).count()
        waiting = WorkflowState.objects.filter(object_id=str(page.pk), status="in_progress").count()
        found.append((page.title, page.live, page.expired, revisions.count(), planned, waiting))
    return found


def submit(office: Office, url: str, action: str, **changes) -> None:
    client = office.approver if action == "action-publish" else office.editor
    values = form_values(client, url) | EMPTY | changes
    response = client.post(url, values | {action: "1"})
    assert response.status_code == 302, response.context["form"].errors


def edit(office: Office, page, action: str, **changes) -> None:
    submit(office, reverse("wagtailadmin_pages:edit", args=[page.pk]), action, **changes)


def make(office: Office, action: str, model=ContentPage, **changes):
    client = office.approver if action == "action-publish" else office.editor
    data = EMPTY | {"title": SECRET, "slug": "vor-der-zeit", "summary": SECRET} | changes
    return create(client, model, office.start, data, action)


def secret(**changes) -> dict:
    return {"title": SECRET, "summary": SECRET, "go_live_at": tomorrow()} | changes


# What is done: what there has to be before, and then the thing itself.


def _nothing(office: Office) -> None:
    """Nothing has to be there."""


def _live(office: Office):
    return office.page(title=OLD)


def _draft(office: Office):
    return office.page(title=OLD, publish=False)


def _planned(office: Office):
    page = _draft(office)
    edit(office, page, "action-publish", **secret())
    return page


def _submitted_draft(office: Office):
    page = _draft(office)
    edit(office, page, "action-submit", **secret())
    return page


def _submitted_live(office: Office):
    page = _live(office)
    edit(office, page, "action-submit", **secret())
    return page


def _with_alias(office: Office):
    page = _draft(office)
    page.create_alias(update_slug="zweitname", parent=office.start)
    return page


def _planned_with_live_alias(office: Office):
    page = _live(office)
    page.create_alias(update_slug="zweitname", parent=office.start)
    page.unpublish()
    return page


def _unschedule(office: Office, page) -> None:
    revision = Revision.objects.exclude(approved_go_live_at=None).get(object_id=str(page.pk))
    url = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk])
    assert office.approver.post(url).status_code == 302


def _translated(page, publish: bool) -> None:
    source, _created = TranslationSource.update_or_create_from_instance(ContentPage.objects.get(pk=page.pk))
    english = Locale.objects.get(language_code="en")
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
    translation.save_target(publish=publish)


def _planned_after_translation(office: Office):
    """Its translation is online; the page itself was withdrawn and has got a new text and a time."""
    page = _live(office)
    _translated(page, publish=True)
    page.refresh_from_db()
    page.unpublish()
    edit(office, page, "action-publish", **secret())
    return page


def _planned_with_draft_translation(office: Office):
    page = _draft(office)
    _translated(page, publish=False)
    edit(office, page, "action-publish", **secret())
    return page


@dataclass(frozen=True)
class Deed:
    name: str
    before: Callable
    do: Callable
    # wagtail-localize publishes a translation after it has stored it.
    whole: bool = True


DEEDS = [
    Deed("create", _nothing, lambda o, p: make(o, "action-publish", go_live_at=tomorrow())),
    Deed("create a draft", _nothing, lambda o, p: make(o, "action-save", go_live_at=tomorrow())),
    Deed("create and submit", _nothing, lambda o, p: make(o, "action-submit", go_live_at=tomorrow())),
    Deed("create what is internal", _nothing, lambda o, p: make(o, "action-publish", InternalPage)),
    Deed("edit a live page", _live, lambda o, p: edit(o, p, "action-publish", **secret())),
    Deed("edit a draft", _draft, lambda o, p: edit(o, p, "action-publish", **secret())),
    Deed("submit", _live, lambda o, p: edit(o, p, "action-submit", **secret())),
    Deed("approve a draft", _submitted_draft, lambda o, p: approve(o.approver, p)),
    Deed("approve on a live page", _submitted_live, lambda o, p: approve(o.approver, p)),
    Deed("copy", _planned, lambda o, p: copy_by_form(o.approver, p, new_title=SECRET, new_slug="kopie")),
    Deed("unschedule", _planned, _unschedule),
    Deed("plan what has an alias", _with_alias, lambda o, p: edit(o, p, "action-publish", **secret())),
    Deed(
        "plan what had a live alias",
        _planned_with_live_alias,
        lambda o, p: edit(o, p, "action-publish", **secret()),
    ),
    Deed("translate", _planned, lambda o, p: _translated(p, publish=True), whole=False),
    Deed("submit for translation", _planned, lambda o, p: _translated(p, publish=False), whole=False),
    Deed(
        "update a live translation",
        _planned_after_translation,
        lambda o, p: _translated(p, publish=True),
        whole=False,
    ),
    Deed(
        "update a draft translation",
        _planned_with_draft_translation,
        lambda o, p: _translated(p, publish=True),
        whole=False,
    ),
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_nobody_reads_it_at_any_moment(deed, office):
    page = deed.before(office)
    first = (visible(office.traeger), stored())
    assert not first[0]
    with after_each_commit(lambda: (visible(office.traeger), stored())) as seen:
        deed.do(office, page)
    last = stored()
    assert last != first[1]
    assert {read for read, _state in seen} == {False}
    if deed.whole:
        assert [state for state, _times in groupby(state for _read, state in [first, *seen])] == [
            first[1],
            last,
        ]


def test_it_appears_at_its_time_and_with_it_what_follows(office):
    page = _with_alias(office)
    edit(office, page, "action-publish", **secret())
    let_pass(timedelta(days=1, minutes=1), page)
    with after_each_commit(lambda: [(title, live) for title, live, *_rest in stored()]) as seen:
        call_command("publish_scheduled")
    assert seen[-1] == [(SECRET, True), (SECRET, True)]
    assert all(live == seen[-1] or not any(shown for _title, shown in live) for live in seen)


def test_a_translation_appears_at_the_time_of_its_source(office):
    page = _planned(office)
    _translated(page, publish=True)
    translation = page.get_translation(Locale.objects.get(language_code="en"))
    assert translation.status_string == page.status_string
    for each in (page, translation):
        let_pass(timedelta(days=1, minutes=1), each)
    call_command("publish_scheduled")
    translation.refresh_from_db()
    assert (translation.live, translation.title) == (True, SECRET)


def test_what_is_unscheduled_while_the_command_runs_stays_a_draft(office, monkeypatch):
    """The command has read what is due; before it comes to the second page, somebody takes its time away."""
    planned = _planned(office)
    also = office.page(title=OLD, publish=False, slug="zweite")
    edit(office, also, "action-publish", **secret())
    waiting = {str(page.pk): page for page in (planned, also)}
    for page in waiting.values():
        let_pass(timedelta(days=1, minutes=1), page)
    stock, published = Revision.publish, []

    def publish(self, **kwargs):
        stock(self, **kwargs)
        # Which one comes first is left to the database.
        if not published:
            published.append(self.object_id)
            _unschedule(office, *(page for key, page in waiting.items() if key != self.object_id))

    monkeypatch.setattr(Revision, "publish", publish)
    call_command("publish_scheduled")
    live = Page.objects.filter(pk__in=waiting, live=True).values_list("pk", flat=True)
    assert [str(pk) for pk in live] == published


def test_what_follows_an_alias_of_a_draft_stays_a_draft(office):
    """As when wagtail-localize turns a page into an alias."""
    alias = _draft(office).create_alias(update_slug="zweitname", parent=office.start)
    second = alias.create_alias(update_slug="drittname", parent=office.start)
    alias.update_aliases()
    second.refresh_from_db()
    assert not second.live


def test_what_a_hook_refuses_is_a_draft(office):
    """A hook may answer in the place of publishing."""
    with hooks.register_temporarily("before_publish_page", lambda request, page: HttpResponse("Nein")):
        url = reverse("wagtailadmin_pages:add", args=("home", "contentpage", office.start.pk))
        values = form_values(office.approver, url) | EMPTY
        answer = office.approver.post(
            url, values | secret(go_live_at="", slug="nein", **{"action-publish": "1"})
        )
    assert answer.content == b"Nein"
    assert [live for _title, live, *_rest in stored()] == [False]
    assert not visible(office.traeger)


def test_an_error_in_the_middle_leaves_nothing(office):
    def fail(request, page):
        raise RuntimeError

    with (
        hooks.register_temporarily("before_publish_page", fail),
        pytest.raises(RuntimeError),
    ):
        make(office, "action-publish")
    assert stored() == []
