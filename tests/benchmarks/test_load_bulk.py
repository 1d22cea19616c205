"""The portal with very many pages is a sound portal, and the same numbers give the same one."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page, PageViewRestriction, Revision

from benchmarks.access import person
from benchmarks.loader import Plan, load
from home.models import ContentPage, InternalPage
from sites.access.readers import may_read
from sites.access.role_check import differences
from sites.models import PageGroupGrant, PageUserGrant, Traeger
from sites.rls.install import wrong_readers

pytestmark = pytest.mark.long

PLAN = Plan(pages=400, traeger=2, section=100, grants=40, restrictions=20)


@pytest.fixture
def bulk(empty_portal) -> list[str]:
    """The loaded portal; the value is what was said meanwhile."""
    said = []
    load(PLAN, said.append)
    return said


def test_it_is_complete_and_sound(bulk):
    made = Page.objects.filter(slug__startswith="seite-")
    assert made.count() == PLAN.pages
    assert Page.find_problems() == ([], [], [], [], [])
    assert Traeger.objects.count() == PLAN.traeger
    assert PageUserGrant.objects.count() + PageGroupGrant.objects.count() == PLAN.grants
    assert PageViewRestriction.objects.filter(page__in=made).count() == PLAN.restrictions
    assert Revision.objects.filter(
        object_id__in=[str(pk) for pk in made.values_list("pk", flat=True)]
    ).count()
    assert differences() == []
    assert wrong_readers() == []
    section = made.child_of(Traeger.objects.get(slug="beispiel-001").site.root_page).order_by("-path").first()
    assert made.descendant_of(section, inclusive=True).count() == PLAN.section
    assert len(bulk) >= 4
    call_command("load_bulk", keep=True)
    assert made.count() == PLAN.pages


def test_a_page_opens_as_it_was_stored(bulk):
    for model in (ContentPage, InternalPage):
        page = model.objects.filter(slug__startswith="seite-", live=True).last()
        version = page.get_latest_revision_as_object()
        for field in ("pk", "title", "slug", "summary", "path", "url_path", "live", "translation_key"):
            assert getattr(version, field) == getattr(page, field), field
        assert str(version.body) == str(page.body) != ""


def test_people_are_who_they_seem(bulk):
    first, second = Traeger.objects.order_by("slug")
    internal = InternalPage.objects.descendant_of(first.folder).filter(live=True, depth__gt=4).first()
    assert may_read(internal, person(first, "lesen"))
    assert not person(second, "lesen").has_usable_password()
    assert not PageUserGrant.objects.filter(user__traeger=first).exists()


def test_the_same_numbers_give_the_same_portal(empty_portal):
    seen = []
    for _round in range(2):
        with transaction.atomic():
            load(PLAN, lambda line: None)
            titles = Page.objects.filter(slug__startswith="seite-").order_by("path")
            # The number of a page is part of its title and goes on after a rollback.
            seen.append([title.rsplit(" ", 1)[0] for title in titles.values_list("title", flat=True)])
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


def test_a_portal_with_content_is_refused(world):
    with pytest.raises(CommandError, match="--yes-this-is-a-test-database"):
        call_command("load_bulk", pages=100)
    assert not Traeger.objects.filter(slug="beispiel-001").exists()


def test_impossible_numbers_are_refused(empty_portal):
    with pytest.raises(CommandError, match="more pages"):
        call_command("load_bulk", pages=100, section=200)
