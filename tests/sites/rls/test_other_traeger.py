"""What goes to another Träger leaves the grants behind, and what stays doesn't follow it there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Collection, Locale, Page, PageLogEntry
from wagtail_localize.models import TranslationSource

from home.models import NewsIndexPage
from sites.access.page_policy import granted_permissions
from sites.access.readers import may_read
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.grants.log import ENDED
from sites.models import (
    DocumentUserGrant,
    ImageGroupGrant,
    ImageUserGrant,
    PageGroupGrant,
    PageUserGrant,
    TraegerFolder,
)
from tests.factories import DocumentFactory, ImageFactory, NewsPageFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.world import list_page


def count(sql: str, *arguments) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchone()[0]


@pytest.fixture
def guest(person, coordination):
    return person(LEITUNG, coordination)


@pytest.fixture
def section(traeger_a):
    return list_page(traeger_a, NewsIndexPage)


@pytest.fixture
def page(section):
    return NewsPageFactory(parent=section, title="Zieht um", internal=True)


def move(page, traeger) -> Page:
    Page.objects.get(pk=page.pk).move(list_page(traeger, NewsIndexPage), pos="last-child")
    return Page.objects.get(pk=page.pk)


def test_grants_on_pages_end_at_another_traeger(page, section, guest, coordination, traeger_b):
    grant(guest, page, "publish", subtree=True)
    grant(coordination.group(LESEN), page, "view")
    kept = grant(guest, section, "change")
    moved = move(page, traeger_b)
    assert list(PageUserGrant.objects.all()) == [kept]
    assert not PageGroupGrant.objects.exists()
    assert not may_read(moved, guest)


def ended(pages) -> list[tuple]:
    """What the history says of grants that have ended: page, holder, level, by whom."""
    entries = PageLogEntry.objects.filter(page__in=pages, action=ENDED).order_by("pk")
    return [(e.page_id, e.data["holder"]["name"], e.data["level"], e.user) for e in entries]


def test_the_history_says_which_grants_have_ended(section, guest, coordination, person, traeger_a, traeger_b):
    mover = person(LEITUNG, traeger_a)
    mover.groups.add(traeger_b.group(LEITUNG))
    page = NewsPageFactory(parent=section)
    below = NewsPageFactory(parent=section)
    Page.objects.get(pk=below.pk).move(page, pos="last-child")
    group = coordination.group(LESEN)
    grant(guest, page, "publish", subtree=True)
    grant(group, below, "view")
    grant(guest, below, "view", expires_at=timezone.now() - timedelta(hours=1))
    grant(guest, section, "change")
    with web_process(mover, traeger_a), LogContext(mover):
        move(page, traeger_b)
    assert ended([page, below, section]) == [
        (page.pk, str(guest), "publish", mover),
        (below.pk, group.name, "view", mover),
    ]


def test_grants_stay_within_the_traeger(page, guest, traeger_a):
    given = grant(guest, page, "publish")
    page.move(traeger_a.site.root_page, pos="last-child")
    assert list(PageUserGrant.objects.all()) == [given]
    assert ended([page]) == []


def test_grants_stay_where_a_whole_traeger_changes_its_place(page, guest, traeger_a, traeger_b):
    given = grant(guest, page, "publish")
    TraegerFolder.objects.get(pk=traeger_a.folder_id).move(traeger_b.folder, pos="right")
    TraegerFolder.objects.get(pk=traeger_a.folder_id).move(Page.get_first_root_node(), pos="first-child")
    assert list(PageUserGrant.objects.all()) == [given]
    assert ended([page]) == []


def test_grants_on_files_end_at_another_traeger(guest, coordination, traeger_a, traeger_b):
    image, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    grant(guest, image, "change")
    grant(coordination.group(LESEN), image, "view")
    grant(guest, document, "view")
    inner = Collection.objects.child_of(traeger_a.collection).first()
    for file in (image, document):
        file.collection = inner
        file.save()
    assert ImageUserGrant.objects.count() == DocumentUserGrant.objects.count() == 1
    for file in (image, document):
        file.collection = traeger_b.collection
        file.save()
    for model in (ImageUserGrant, ImageGroupGrant, DocumentUserGrant):
        assert not model.objects.exists()


def test_grants_on_files_end_where_their_collection_goes_to_another_traeger(guest, traeger_a, traeger_b):
    inner = traeger_a.collection.add_child(name="Fotos")
    grant(guest, ImageFactory(collection=inner), "change")
    kept = grant(guest, ImageFactory(traeger=traeger_a), "change")
    inner.move(Collection.objects.get(pk=traeger_b.collection_id), pos="sorted-child")
    assert list(ImageUserGrant.objects.all()) == [kept]


@pytest.fixture
def left_behind(page, traeger_b):
    """The English page at Träger A whose source has gone to Träger B."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = page.copy_for_translation(english, copy_parents=True)
    Page.objects.filter(locale=english).update(live=True)
    TranslationSource.update_or_create_from_instance(Page.objects.get(pk=page.pk).specific)
    move(page, traeger_b)
    return translation


def test_a_grant_on_the_source_opens_no_translation_elsewhere(left_behind, page, guest, traeger_a):
    there = grant(guest, page, "change")
    assert not may_read(left_behind, guest)
    assert {each.page_id for each in granted_permissions(guest)} == {page.pk}
    with web_process(guest, traeger_a):
        assert not count("SELECT count(*) FROM wagtailcore_page WHERE id = %s", left_behind.pk)
        assert not count("SELECT count(*) FROM wagtailcore_page WHERE id = %s", left_behind.get_parent().pk)
        assert not count(
            "SELECT count(*) FROM wagtailcore_revision WHERE object_id = %s", str(left_behind.pk)
        )
    assert there.pk


def test_who_keeps_a_translation_sees_nothing_of_the_source_elsewhere(left_behind, page, traeger_a, person):
    with web_process(person(REDAKTION, traeger_a), traeger_a):
        assert count("SELECT count(*) FROM wagtailcore_page WHERE id = %s", left_behind.pk)
        assert not count(
            "SELECT count(*) FROM wagtail_localize_translationsource WHERE object_id = %s",
            page.translation_key,
        )


def test_who_has_the_source_translates_it(left_behind, page, traeger_b, person):
    with web_process(person(REDAKTION, traeger_b), traeger_b):
        assert count(
            "SELECT count(*) FROM wagtail_localize_translationsource WHERE object_id = %s",
            page.translation_key,
        )
