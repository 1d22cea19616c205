"""What is shared with a person: the own grants in force, each thing once, if readable here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sites.access.roles import LESEN, REDAKTION
from sites.grants.received import received
from sites.rls.identity import SITE
from tests.factories import DocumentFactory, ImageFactory, InternalPageFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def page(traeger_b):
    return InternalPageFactory(parent=traeger_b.site.root_page, title="Plakat", internal=True).page_ptr


@pytest.fixture
def guest(person, traeger_a):
    return person(REDAKTION, traeger_a)


@pytest.fixture
def found(traeger_a):
    """What is shown, as a web process on the site of another Träger than the one that shares."""

    def found(user) -> list[tuple]:
        with web_process(user, traeger_a, SITE):
            return [(each.obj.title, each.level.action, each.until) for each in received(user)]

    return found


def test_a_grant_shows_with_its_end(page, guest, found):
    until = NOW + timedelta(days=3)
    grant(guest, page, "change", expires_at=until, reason="Feinschliff Text")
    assert found(guest) == [("Plakat", "change", until)]


def test_only_who_holds_it_sees_it(page, guest, person, traeger_a, found):
    grant(guest, page, "view")
    assert not found(person(REDAKTION, traeger_a))


def test_what_has_ended_is_gone(page, guest, found):
    grant(guest, page, "view", expires_at=NOW - timedelta(minutes=1))
    assert not found(guest)


def test_what_is_not_published_is_not_shown(traeger_b, guest, found):
    draft = InternalPageFactory(parent=traeger_b.site.root_page, title="Entwurf", draft=True)
    grant(guest, draft.page_ptr, "change")
    assert not found(guest)


def test_a_grant_to_a_group_is_for_all_in_it(page, coordination, person, found):
    grant(coordination.group(REDAKTION), page, "change")
    assert [title for title, *_rest in found(person(REDAKTION, coordination))] == ["Plakat"]
    assert not found(person(LESEN, coordination))


def test_each_thing_stands_once_with_what_allows_most(page, coordination, person, found):
    guest, soon = person(REDAKTION, coordination), NOW + timedelta(days=1)
    grant(guest, page, "view")
    grant(coordination.group(REDAKTION), page, "change", expires_at=soon)
    assert found(guest) == [("Plakat", "change", soon)]


def test_what_ends_first_stands_first(page, traeger_b, guest, found):
    other = InternalPageFactory(parent=traeger_b.site.root_page, title="Zuerst", internal=True).page_ptr
    third = InternalPageFactory(parent=traeger_b.site.root_page, title="Danach", internal=True).page_ptr
    grant(guest, page, "view")
    grant(guest, third, "view", expires_at=NOW + timedelta(days=9))
    grant(guest, other, "view", expires_at=NOW + timedelta(days=2))
    assert [title for title, *_rest in found(guest)] == ["Zuerst", "Danach", "Plakat"]


def test_files_are_shown_to_who_works_in_the_editing_area(traeger_b, guest, person, traeger_a, found):
    document, image = (
        DocumentFactory(traeger=traeger_b, title="Vorlage"),
        ImageFactory(traeger=traeger_b, title="Foto"),
    )
    reader = person(LESEN, traeger_a)
    for somebody in (guest, reader):
        grant(somebody, document, "change")
        grant(somebody, image, "view")
    assert {title for title, *_rest in found(guest)} == {"Vorlage", "Foto"}
    assert not found(reader)
    with web_process(guest, traeger_a, SITE):
        urls = {each.obj.title: each.url for each in received(guest)}
    assert urls == {"Vorlage": f"/admin/documents/edit/{document.pk}/", "Foto": ""}
