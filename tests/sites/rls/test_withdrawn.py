"""What is withdrawn, or has lost what is above it, has no audience any more."""

import pytest
from django.db import connection
from wagtail.models import Page

from home.models import NewsIndexPage
from sites.access.roles import REDAKTION
from tests.factories import NewsPageFactory
from tests.web_role import web_process
from tests.world import list_page


def audience(page) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [page.pk])
        return set(cursor.fetchone()[0]) & {"public", "staff", "shared"}


@pytest.fixture
def section(traeger_a):
    return list_page(traeger_a, NewsIndexPage)


@pytest.fixture
def page(section):
    return NewsPageFactory(parent=section, title="Quelle")


@pytest.fixture
def alias(page, traeger_b):
    """An administrator shows the page at another Träger."""
    return page.create_alias(parent=list_page(traeger_b, NewsIndexPage), update_slug="bei-sued")


@pytest.fixture
def editor(person, traeger_a):
    return person(REDAKTION, traeger_a)


def test_an_alias_is_withdrawn_with_its_source(alias, page, editor, traeger_a):
    assert audience(alias) == {"public"}
    with web_process(editor, traeger_a):
        Page.objects.get(pk=page.pk).unpublish()
    assert Page.objects.get(pk=alias.pk).live
    assert not audience(alias)
    Page.objects.filter(pk=page.pk).update(live=True)
    assert audience(alias) == {"public"}


def test_an_alias_is_withdrawn_with_what_is_above_its_source(alias, page, section):
    second = alias.create_alias(parent=section, update_slug="wieder-hier")
    Page.objects.filter(pk=section.pk).update(live=False)
    assert not audience(alias)
    assert not audience(second)


def test_an_alias_is_withdrawn_where_its_source_is_deleted(alias, page, editor, traeger_a):
    with web_process(editor, traeger_a):
        Page.objects.get(pk=page.pk).delete()
    left = Page.objects.get(pk=alias.pk)
    assert left.alias_of_id is None
    assert not left.live
    assert not audience(alias)


def test_an_alias_is_withdrawn_where_its_source_is_deleted_at_once(alias, page):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM home_newspage WHERE page_ptr_id = %s", [page.pk])
        cursor.execute("DELETE FROM wagtailcore_page WHERE id = %s", [page.pk])
    assert not audience(alias)


def test_a_page_without_the_page_above_has_no_audience(page, section):
    assert audience(page) == {"public"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET path = path || '9999' WHERE id = %s", [section.pk])
        cursor.execute("UPDATE wagtailcore_page SET title = title, live = live WHERE id = %s", [page.pk])
        cursor.execute("SELECT portal_refresh(ARRAY[%s])", [page.pk])
    assert not audience(page)
