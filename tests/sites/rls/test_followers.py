"""Aliases and translations stay as closed as they are when what they follow goes."""

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from psycopg.errors import InsufficientPrivilege
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import NewsIndexPage
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from tests.factories import NewsPageFactory
from tests.web_role import web_process
from tests.world import list_page

LOGIN, GROUPS = PageViewRestriction.LOGIN, PageViewRestriction.GROUPS


def readers(page) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [page.pk])
        return cursor.fetchone()[0]


def restrict(page, kind, groups=()) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind).groups.set(groups)


def translation_of(page):
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = page.copy_for_translation(english, copy_parents=True)
    Page.objects.filter(locale=english).update(live=True)
    return translation


def alias_of(page):
    return page.create_alias(parent=page.get_site().root_page, update_slug="anderswo")


def readers_if_published(page) -> list[str]:
    """Return the readers of a page; Wagtail unpublishes the aliases of a page that is deleted."""
    Page.objects.filter(pk=page.pk).update(live=True)
    return readers(page)


def ask(client, view, page):
    """Do what `view` of the editing area does with a page, after looking at its question."""
    address = reverse(f"wagtailadmin_pages:{view}", args=[page.pk])
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302


@pytest.fixture
def section(traeger_a):
    return list_page(traeger_a, NewsIndexPage)


@pytest.fixture
def page(section):
    return NewsPageFactory(parent=section, title="Quelle")


@pytest.fixture
def head(person, traeger_a, client_for):
    return client_for(person(LEITUNG, traeger_a), traeger_a)


@pytest.mark.parametrize("restricted", ["page", "section"])
@pytest.mark.parametrize("kind", [LOGIN, GROUPS])
@pytest.mark.parametrize("follow", [translation_of, alias_of])
def test_what_follows_a_deleted_page_stays_closed(follow, kind, restricted, page, section, traeger_a, head):
    follower = follow(page)
    assert "public" in readers(follower)
    restrict(page if restricted == "page" else section, kind, [traeger_a.group(LESEN)])
    before = readers(follower)
    assert "public" not in before
    ask(head, "delete", page)
    assert readers_if_published(follower) == before


@pytest.mark.parametrize("follow", [translation_of, alias_of])
def test_what_was_open_stays_open(follow, page, head):
    follower = follow(page)
    ask(head, "delete", page)
    assert "public" in readers_if_published(follower)
    assert not PageViewRestriction.objects.filter(page=follower).exists()


def test_a_section_is_closed_once(page, section, head):
    """What is below the translation of a deleted section is closed by that."""
    follower = translation_of(page)
    restrict(section, LOGIN)
    before, count = readers(follower), PageViewRestriction.objects.count()
    Page.objects.get(pk=section.pk).specific.delete()
    # What was copied so that a translation has a place is an alias, too.
    Page.objects.filter(locale=follower.locale).update(live=True)
    assert readers(follower) == before
    assert PageViewRestriction.objects.filter(page=follower.get_parent()).count() == 1
    assert PageViewRestriction.objects.count() == count


@pytest.mark.parametrize("own", [LOGIN, GROUPS])
def test_its_own_restriction_and_the_lost_one_become_one(own, page, traeger_a, head):
    follower = alias_of(page)
    left, both, right = (Group.objects.create(name=name) for name in ("links", "beide", "rechts"))
    restrict(follower, own, [both, right])
    restrict(page, GROUPS, [left, both])
    before = readers(follower)
    assert (f"g:{left.pk}" in before) == (own == LOGIN)
    ask(head, "delete", page)
    assert readers_if_published(follower) == before
    assert PageViewRestriction.objects.filter(page=follower).count() == 1


def test_what_is_an_alias_no_longer_stays_closed(page, traeger_a, head):
    follower = alias_of(page)
    restrict(page, LOGIN)
    before = readers(follower)
    ask(head, "convert_alias", follower)
    assert Page.objects.get(pk=follower.pk).alias_of_id is None
    assert readers(follower) == before


@pytest.mark.parametrize("role", [REDAKTION, LEITUNG])
def test_an_alias_is_not_opened_by_ending_that_it_is_one(role, page, traeger_a, person):
    """Past Wagtail, which closes it first."""
    opened, followers = NewsPageFactory(parent=page.get_parent()), [alias_of(page)]
    followers.append(opened.create_alias(parent=opened.get_site().root_page, update_slug="offen"))
    restrict(page, LOGIN)
    with web_process(person(role, traeger_a), traeger_a):
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            Page.objects.filter(pk=followers[0].pk).update(alias_of=None)
        assert isinstance(refused.value.__cause__, InsufficientPrivilege)
        assert Page.objects.filter(pk=followers[1].pk).update(alias_of=None) == 1
    assert "public" not in readers(followers[0])
    assert "public" in readers(followers[1])


def test_asking_converts_nothing_and_closes_nothing(page, head):
    follower = alias_of(page)
    restrict(page, LOGIN)
    assert head.get(reverse("wagtailadmin_pages:convert_alias", args=[follower.pk])).status_code == 200
    assert not PageViewRestriction.objects.filter(page=follower).exists()


def test_a_follower_that_the_person_does_not_see_stays_closed(page, traeger_b, person, traeger_a, client_for):
    """An administrator shows a page of one Träger at another; the Redaktion of the first deletes it."""
    follower = page.create_alias(parent=list_page(traeger_b, NewsIndexPage), update_slug="bei-sued")
    restrict(page, LOGIN)
    before = readers(follower)
    page.unpublish()
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    ask(client, "delete", page)
    assert not Page.objects.filter(pk=page.pk).exists()
    assert readers_if_published(follower) == before
