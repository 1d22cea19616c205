"""What a guest sees and does with a page of another Träger, as data: view × level of the grant → answer.

A guest is a head elsewhere who holds a grant here. What is foreign does not exist for them. What a
grant shows but does not allow is refused: Wagtail leads to the first page of the editing area and says so.
Source of the rules: design, section 5.2.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from home.models import ContentPage
from sites.models import PageGroupGrant, Traeger, User
from sites.roles import FREIGABE, LEITUNG, REDAKTION
from sites.translating import CONVERT, RESTART
from tests.factories import ContentPageFactory, UserFactory
from tests.home.editing import approve
from tests.sites.granting import grant
from tests.web_role import web_process

TITLE = "Wasseramsel"
WORD = "Rotmilan"
NEW = "Neue Fassung"

# Answers. Only DONE changes anything.
UNKNOWN = "404"
REFUSED = "sent to the first page"
IDLE = "sent on, not done"
DONE = "sent on, done"
SHOWN = "shown"
MISSING = "shown without the page"

P, R = "wagtailadmin_pages:", "wagtailadmin_reports:"


@dataclass
class Scene:
    """A page of `host` with a draft below, a page above and one beside it; `guest` works for `home`."""

    host: Traeger
    home: Traeger
    owner: User
    guest: User
    above: ContentPage
    page: ContentPage
    below: ContentPage
    beside: ContentPage

    def now(self) -> ContentPage:
        return ContentPage.objects.get(pk=self.page.pk)

    def newest(self):
        return self.page.revisions.latest("pk")

    def change(self, **fields) -> None:
        Page.objects.filter(pk=self.page.pk).update(**fields)


@pytest.fixture
def scene(traeger_a, person, coordination) -> Scene:
    start, owner = traeger_a.site.root_page, person(LEITUNG, traeger_a)
    above = ContentPageFactory(parent=start, title=f"Darüber {WORD}")
    page = ContentPageFactory(parent=above, title=f"{TITLE} {WORD}")
    page.save_revision(user=owner, log_action=True)
    below = ContentPageFactory(parent=page, title=f"Darunter {WORD}", draft=True)
    beside = ContentPageFactory(parent=above, title=f"Daneben {WORD}")
    guest = person(LEITUNG, coordination)
    return Scene(traeger_a, coordination, owner, guest, above, page, below, beside)


# What somebody holds → (the column of the tables below, what makes it so).
HELD = {
    "around": (
        0,
        lambda scene: [grant(scene.guest, each, "publish") for each in (scene.above, scene.beside)],
    ),
}
for column, level in enumerate(("view", "change", "publish"), start=1):
    HELD[level] = (column, lambda scene, level=level: grant(scene.guest, scene.page, level))
    HELD[f"{level}, from above"] = (
        column,
        lambda scene, level=level: grant(scene.guest, scene.above, level, subtree=True),
    )


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the database what happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(response, done: bool) -> str:
    """Name an answer; `done`: what was asked for has happened."""
    if response.status_code == 302 and not done:
        return REFUSED if response.url == reverse("wagtailadmin_home") else IDLE
    if response.status_code in (200, 302) and done:
        return DONE
    if response.status_code != 200:
        return str(response.status_code)
    text = (response.getvalue() if response.streaming else response.content).decode()
    return SHOWN if TITLE in text else MISSING


# What was there before


def nothing(scene) -> None:
    pass


def submitted(scene) -> None:
    scene.now().get_workflow().start(scene.now(), scene.owner)


def submitted_by_guest(scene) -> None:
    scene.now().get_workflow().start(scene.now(), scene.guest)


def locked(scene) -> None:
    scene.change(locked=True, locked_by=scene.owner, locked_at=timezone.now())


def locked_by_guest(scene) -> None:
    scene.change(locked=True, locked_by=scene.guest, locked_at=timezone.now())


def internal(scene) -> None:
    restriction = PageViewRestriction.objects.create(page=scene.page, restriction_type="groups")
    restriction.groups.set([scene.host.group(LEITUNG)])


def unpublished(scene) -> None:
    scene.now().unpublish()


def scheduled(scene) -> None:
    page = scene.now()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def translated(scene) -> None:
    """The page is the translation of an English one, and its own since somebody has ended that."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    source = scene.above.add_child(
        instance=ContentPage(
            title="English", summary="X", locale=english, translation_key=scene.page.translation_key
        )
    )
    source, _created = TranslationSource.get_or_create_from_instance(source)
    Translation.objects.create(source=source, target_locale=scene.page.locale, enabled=False)


# What is asked for


def view(name: str, *more) -> Callable:
    """The address called `name`, of the page."""
    return lambda client, scene: client.get(reverse(name, args=[scene.page.pk, *more]))


def view_above(name: str) -> Callable:
    """The address called `name`, of the page above."""
    return lambda client, scene: client.get(reverse(name, args=[scene.above.pk]))


def view_revision(name: str) -> Callable:
    return lambda client, scene: client.get(reverse(name, args=[scene.page.pk, scene.newest().pk]))


def listing(name: str, query: str = "") -> Callable:
    """A list of what is within reach."""
    return lambda client, scene: client.get(reverse(name) + query)


def on_its_site(path: Callable) -> Callable:
    """A path on the public site of the page's Träger."""

    def ask(client, scene):
        site = scene.host.site
        return client.get(path(scene), headers={"host": f"{site.hostname}:{site.port}"})

    return ask


def address(scene) -> str:
    return scene.page.get_url_parts()[2]


OBJECT = (UNKNOWN, UNKNOWN, SHOWN, SHOWN)
IN_LIST = (MISSING, MISSING, SHOWN, SHOWN)
# The page above can be opened with the grant on that one.
IN_LIST_BELOW = (MISSING, UNKNOWN, SHOWN, SHOWN)
CLOSED = (UNKNOWN,) * 4
# For who publishes, as with a role.
PUBLISHED = (MISSING, MISSING, MISSING, SHOWN)
# name → (what is asked for, what was before, answers: with grants around the page only, granted to read, to
# edit, to publish)
VIEWS = {
    "explorer": (view("wagtailadmin_explore"), nothing, OBJECT),
    "explorer, page above": (view_above("wagtailadmin_explore"), nothing, IN_LIST_BELOW),
    "editor": (view(P + "edit"), nothing, OBJECT),
    "editor, submitted": (view(P + "edit"), submitted, OBJECT),
    "draft": (view(P + "view_draft"), nothing, OBJECT),
    "history": (view(P + "history"), nothing, OBJECT),
    "history of approvals": (view(P + "workflow_history"), submitted, OBJECT),
    "usage": (view(P + "usage"), nothing, OBJECT),
    "compare versions": (view(P + "revisions_compare", "earliest", "latest"), nothing, OBJECT),
    "compare with the public one": (view(P + "revisions_compare", "live", "latest"), nothing, OBJECT),
    "former version": (view_revision(P + "revisions_view"), nothing, OBJECT),
    "back to a former version": (view_revision(P + "revisions_revert"), nothing, OBJECT),
    "scripts": (view("wagtailadmin_api:pages:detail"), nothing, OBJECT),
    "scripts, search": (listing("wagtailadmin_api:pages:listing", f"?search={WORD}"), nothing, IN_LIST),
    "chooser": (view_above("wagtailadmin_choose_page_child"), nothing, IN_LIST_BELOW),
    "chooser, search": (listing("wagtailadmin_choose_page_search", f"?q={WORD}"), nothing, IN_LIST),
    "search": (listing(P + "search", f"?q={WORD}"), nothing, IN_LIST),
    "search, results": (listing(P + "search_results", f"?q={WORD}"), nothing, IN_LIST),
    "site history": (listing(R + "site_history"), nothing, IN_LIST),
    "aging pages": (listing(R + "aging_pages"), nothing, PUBLISHED),
    "aging pages, export": (listing(R + "aging_pages", "?export=csv"), nothing, PUBLISHED),
    "approvals": (listing("portal_approvals"), submitted, IN_LIST),
    "approvals, export": (listing("portal_approvals", "?export=csv"), submitted, IN_LIST),
    "first page, what one has submitted": (listing("wagtailadmin_home"), submitted_by_guest, IN_LIST),
    # Wagtail lists it to everybody who may still read it.
    "first page, what one has locked": (
        listing("wagtailadmin_home"),
        locked_by_guest,
        (MISSING, SHOWN, SHOWN, SHOWN),
    ),
    "locked pages": (listing(R + "locked_pages"), locked, CLOSED),
    "workflows of all": (listing(R + "workflow"), submitted, CLOSED),
    "tasks of all": (listing(R + "workflow_tasks"), submitted, CLOSED),
    "page on its site": (on_its_site(address), internal, (UNKNOWN, SHOWN, SHOWN, SHOWN)),
    "page on its site, unpublished": (on_its_site(address), unpublished, CLOSED),
    "search on its site": (
        on_its_site(lambda scene: f"/suche/?q={WORD}"),
        internal,
        (MISSING, SHOWN, SHOWN, SHOWN),
    ),
}


# What is done


def send(name: str, data: dict | None = None) -> Callable:
    """Send `data` to the address called `name`, of the page."""
    return lambda client, scene: client.post(reverse(name, args=[scene.page.pk]), data)


def form() -> dict:
    return nested_form_data({"title": NEW, "slug": "neu", "body": streamfield([])})


def save(button: str) -> Callable:
    """Send the editor's form with another title, by `button`."""
    return send(P + "edit", form() | {button: "1"})


def bulk(action: str) -> Callable:
    """Do `action` with the ticked page; pages are moved to the guest's own Träger."""

    def ask(client, scene):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        target = {"chooser": scene.home.site.root_page_id}
        return client.post(f"{url}?id={scene.page.pk}&next=/admin/pages/", target)

    return ask


def on_task(action: str) -> Callable:
    def ask(client, scene):
        task = WorkflowState.objects.get(object_id=str(scene.page.pk)).current_task_state_id
        return client.post(reverse(P + "workflow_action", args=[scene.page.pk, action, task]))

    return ask


def move(client, scene):
    target = scene.home.site.root_page_id
    return client.post(reverse(P + "move_confirm", args=[scene.page.pk, target]))


def copy(client, scene):
    target = scene.home.site.root_page_id
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": target}
    return client.post(reverse(P + "copy", args=[scene.page.pk]), data)


def add_below(client, scene):
    url = reverse(P + "add", args=["home", "contentpage", scene.page.pk])
    return client.post(url, form())


def reshare(client, scene):
    newcomer = scene.home.group(FREIGABE).traeger_role.pk
    data = {"group": newcomer, "email": "", "level": "view", "until": "", "reason": ""}
    return client.post(reverse("portal_grants", args=["page", scene.page.pk]), data)


def in_progress(scene) -> bool:
    return WorkflowState.objects.filter(object_id=str(scene.page.pk), status="in_progress").exists()


def gone(scene) -> bool:
    return not Page.objects.filter(pk=scene.page.pk).exists()


EDITS = (UNKNOWN, UNKNOWN, DONE, DONE)
PUBLISHES = (UNKNOWN, UNKNOWN, IDLE, DONE)
PUBLISHES_ONLY = (UNKNOWN, UNKNOWN, REFUSED, DONE)
NEVER = (UNKNOWN, UNKNOWN, REFUSED, REFUSED)
NEVER_IN_BULK = (UNKNOWN, UNKNOWN, IDLE, IDLE)
# name → (what is asked for, what was before, whether it is done, answers as above)
ACTIONS = {
    "save": (save("action-save"), nothing, lambda s: s.newest().content["title"] == NEW, EDITS),
    "publish": (save("action-publish"), nothing, lambda s: s.now().title == NEW, PUBLISHES),
    "unpublish": (send(P + "unpublish"), nothing, lambda s: not s.now().live, PUBLISHES_ONLY),
    "unschedule": (
        lambda c, s: c.post(reverse(P + "revisions_unschedule", args=[s.page.pk, s.newest().pk])),
        scheduled,
        lambda s: not s.newest().approved_go_live_at,
        PUBLISHES_ONLY,
    ),
    "lock": (send(P + "lock"), nothing, lambda s: s.now().locked, EDITS),
    "unlock": (send(P + "unlock"), locked, lambda s: not s.now().locked, EDITS),
    "submit": (save("action-submit"), nothing, in_progress, EDITS),
    "take back": (save("action-cancel-workflow"), submitted_by_guest, lambda s: not in_progress(s), EDITS),
    "approve": (on_task("approve"), submitted, lambda s: not in_progress(s), NEVER),
    "reject": (on_task("reject"), submitted, lambda s: not in_progress(s), NEVER),
    "publish ticked": (bulk("publish"), unpublished, lambda s: s.now().live, PUBLISHES),
    "unpublish ticked": (bulk("unpublish"), nothing, lambda s: not s.now().live, PUBLISHES),
    # What a grant never allows.
    "delete": (send(P + "delete"), nothing, gone, NEVER),
    "delete ticked": (bulk("delete"), nothing, gone, NEVER_IN_BULK),
    "move": (move, nothing, lambda s: s.now().path != s.page.path, NEVER),
    "move ticked": (bulk("move"), nothing, lambda s: s.now().path != s.page.path, NEVER_IN_BULK),
    "reorder": (
        lambda c, s: c.post(reverse(P + "set_page_position", args=[s.page.pk]) + "?position=1"),
        nothing,
        lambda s: s.now().path != s.page.path,
        NEVER,
    ),
    "copy": (copy, nothing, lambda s: Page.objects.filter(slug="kopie").exists(), NEVER),
    "add below": (add_below, nothing, lambda s: Page.objects.filter(title=NEW).exists(), NEVER),
    "restrict": (
        send(P + "set_privacy", {"restriction_type": "login"}),
        nothing,
        lambda s: PageViewRestriction.objects.filter(page=s.page).exists(),
        NEVER,
    ),
    "open": (
        send(P + "set_privacy", {"restriction_type": "none"}),
        internal,
        lambda s: not PageViewRestriction.objects.filter(page=s.page).exists(),
        NEVER,
    ),
    "translate": (
        lambda c, s: c.post(
            reverse("wagtail_localize:submit_page_translation", args=[s.page.pk]),
            {"locales": [Locale.objects.get_or_create(language_code="en")[0].pk]},
        ),
        nothing,
        lambda s: Page.objects.filter(translation_key=s.page.translation_key).count() > 1,
        NEVER,
    ),
    "begin the translation again": (
        save(RESTART),
        translated,
        lambda s: Translation.objects.filter(enabled=True).exists(),
        NEVER,
    ),
    "turn into an alias": (
        send("wagtail_localize:convert_to_alias"),
        translated,
        lambda s: s.now().alias_of_id is not None,
        NEVER,
    ),
    # Also whoever may only read sees the own grant there.
    "share": (
        reshare,
        nothing,
        lambda s: PageGroupGrant.objects.exists(),
        (UNKNOWN, REFUSED, REFUSED, REFUSED),
    ),
}


@pytest.mark.parametrize("name", VIEWS)
def test_what_a_guest_sees(name, scene, client_for):
    ask, before, columns = VIEWS[name]
    found = {}
    for held, (_column, give) in HELD.items():
        with undone():
            before(scene)
            give(scene)
            found[held] = outcome(ask(client_for(scene.guest, scene.home), scene), done=False)
    assert found == {held: columns[column] for held, (column, _give) in HELD.items()}


@pytest.mark.parametrize("name", ACTIONS)
def test_what_a_guest_does(name, scene, client_for):
    ask, before, done, columns = ACTIONS[name]
    found = {}
    for held, (_column, give) in HELD.items():
        with undone():
            before(scene)
            give(scene)
            response = ask(client_for(scene.guest, scene.home), scene)
            found[held] = outcome(response, done(scene))
    assert found == {held: columns[column] for held, (column, _give) in HELD.items()}


@pytest.mark.parametrize("name", ACTIONS)
def test_what_is_refused_works_for_who_may(name, scene, client_for):
    ask, before, done, _columns = ACTIONS[name]
    before(scene)
    assert not done(scene)
    response = ask(client_for(UserFactory(admin=True), scene.home), scene)
    assert outcome(response, done(scene)) == DONE


@pytest.mark.parametrize(
    ("role", "offered"), [(None, set()), (REDAKTION, {RESTART}), (FREIGABE, {RESTART, CONVERT})]
)
def test_what_becomes_of_a_translation_is_said_by_who_may_by_role(role, offered, scene, person, client_for):
    """None: a guest who may publish. What is offered works, what is not is refused."""
    grant(scene.guest, scene.page, "publish", subtree=True)
    client = client_for(person(role, scene.host), scene.host) if role else client_for(scene.guest, scene.home)
    translated(scene)
    editor = client.get(reverse(P + "edit", args=[scene.page.pk])).content.decode()
    assert {button for button in (RESTART, CONVERT) if f'name="{button}"' in editor} == offered
    for button, action in ((CONVERT, "turn into an alias"), (RESTART, "begin the translation again")):
        ask, _before, done, _columns = ACTIONS[action]
        with undone():
            answer = ask(client, scene)
            assert outcome(answer, done(scene)) == (DONE if button in offered else REFUSED)
    Translation.objects.update(enabled=True)
    editor = client.get(reverse(P + "edit", args=[scene.page.pk])).content.decode()
    assert "js-translation-editor" in editor
    assert ("convert_to_alias" in editor) == (CONVERT in offered)


@pytest.mark.parametrize(("subtree", "below_too"), [(False, False), (True, True)])
@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_ticked_pages_with_those_below_as_far_as_granted(action, subtree, below_too, scene, client_for):
    grant(scene.guest, scene.page, "publish", subtree=subtree)
    publishes = action == "publish"
    if not publishes:
        scene.below.save_revision().publish()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client = client_for(scene.guest, scene.home)
    response = client.post(f"{url}?id={scene.page.pk}&next=/admin/pages/", {"include_descendants": "on"})
    assert response.status_code == 302
    assert scene.now().live is publishes
    below = ContentPage.objects.get(pk=scene.below.pk)
    assert below.live is (publishes if below_too else not publishes)


def test_what_a_guest_submits_waits_for_the_approvers(scene, person, client_for):
    """They find it and see who it was; the guest's own colleagues do not."""
    grant(scene.guest, scene.page, "change")
    assert save("action-submit")(client_for(scene.guest, scene.home), scene).status_code == 302
    colleague = client_for(person(FREIGABE, scene.home), scene.home)
    approver = client_for(person(FREIGABE, scene.host), scene.host)
    for path in (reverse("wagtailadmin_home"), reverse("portal_approvals")):
        assert NEW not in colleague.get(path).content.decode()
        page = approver.get(path).content.decode()
        assert NEW in page
        assert str(scene.guest) in page
    approve(approver, scene.page)
    assert scene.now().title == NEW


def test_who_may_read_an_unpublished_page_goes_on_working(scene, client_for):
    grant(scene.guest, scene.page, "view")
    unpublished(scene)
    client = client_for(scene.guest, scene.home)
    for path in (reverse("wagtailadmin_home"), reverse("wagtailadmin_explore_root")):
        assert client.get(path, follow=True).status_code == 200


def test_publishing_by_a_guest_does_not_lose_the_pages_below(scene, client_for):
    """Not even those that are hidden from the guest."""
    grant(scene.guest, scene.page, "publish")
    assert save("action-publish")(client_for(scene.guest, scene.home), scene).status_code == 302
    assert scene.now().numchild == 1


def test_a_new_address_holds_for_the_pages_below(scene, client_for, django_capture_on_commit_callbacks):
    """Published by a guest from whom those are hidden; the old address leads to the new one."""
    page, old = scene.now(), address(scene)
    page.slug = "neu"
    page.save_revision(user=scene.owner)
    grant(scene.guest, scene.page, "publish")
    with django_capture_on_commit_callbacks() as callbacks:
        response = bulk("publish")(client_for(scene.guest, scene.home), scene)
    assert response.status_code == 302
    with web_process(scene.guest, scene.home):
        for callback in callbacks:
            callback()
    assert scene.now().url_path == f"{scene.above.url_path}neu/"
    below = ContentPage.objects.get(pk=scene.below.pk)
    assert below.url_path == f"{scene.now().url_path}{below.slug}/"
    answer = on_its_site(lambda scene: old)(client_for(None, scene.home), scene)
    assert answer.status_code == 301
    assert answer.url.endswith(scene.now().get_url_parts()[2])


@pytest.mark.parametrize(("by_role", "slug"), [(True, "neu"), (False, "wasseramsel-rotmilan")])
def test_a_guest_leaves_the_address_as_it_is(by_role, slug, scene, client_for):
    """It moves the pages below, and the guest can't see which addresses are taken."""
    grant(scene.guest, scene.page, "publish", subtree=True)
    user = scene.owner if by_role else scene.guest
    form = client_for(user, scene.home).get(reverse("wagtailadmin_pages:edit", args=[scene.page.pk]))
    assert ("Die Adresse ändert nur, wer" in form.content.decode()) != by_role
    response = save("action-publish")(client_for(user, scene.host if by_role else scene.home), scene)
    assert response.status_code == 302
    assert (scene.now().title, scene.now().slug) == (NEW, slug)
