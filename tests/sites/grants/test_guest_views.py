"""What a guest sees and does with a page of another Träger, as data: view × level of the grant → answer.

A guest is a head elsewhere who holds a grant here. What is foreign does not exist for them. What a
grant shows but does not allow is refused: Wagtail leads to the first page of the editing area and says so.
Source of the rules: design, section 5.2.
"""

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation

from home.models import ContentPage
from sites.access.roles import FREIGABE, REDAKTION
from sites.admin.translating import CONVERT, RESTART
from tests.factories import UserFactory
from tests.home.editing import approve
from tests.sites.grants.granting import grant
from tests.sites.grants.guest.actions import ACTIONS, NEW, P, bulk, save
from tests.sites.grants.guest.scene import (
    DONE,
    HELD,
    REFUSED,
    Scene,
    make,
    outcome,
    translated,
    undone,
    unpublished,
)
from tests.sites.grants.guest.views import VIEWS, address, on_its_site
from tests.web_role import web_process


@pytest.fixture
def scene(traeger_a, person, coordination) -> Scene:
    return make(traeger_a, person, coordination)


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
