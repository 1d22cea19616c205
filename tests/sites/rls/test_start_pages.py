"""Everybody finds the way through a start page; its text is only for who may read it."""

import pytest
from django.db import connection
from wagtail.models import Locale, Page, PageViewRestriction

from sites.access.roles import LESEN
from sites.rls.identity import SITE
from tests.factories import ContentPageFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process

ROWS = (
    "SELECT (SELECT count(*) FROM wagtailcore_page WHERE id = %(id)s),"
    " (SELECT count(*) FROM {} WHERE page_ptr_id = %(id)s)"
)


def rows(page, user, traeger) -> tuple[int, int]:
    """Return how many rows of the start page there are for `user`: of the page, and of its text."""
    with web_process(user, traeger, SITE), connection.cursor() as cursor:
        cursor.execute(ROWS.format(type(page)._meta.db_table), {"id": page.pk})
        return cursor.fetchone()


@pytest.fixture
def start(traeger_a):
    return traeger_a.site.root_page.specific


@pytest.fixture
def internal(start):
    return PageViewRestriction.objects.create(page=start, restriction_type=PageViewRestriction.LOGIN)


def test_a_public_start_page_is_read(start, traeger_a):
    assert rows(start, None, traeger_a) == (1, 1)


def test_of_an_internal_start_page_only_the_way_is_seen(start, internal, traeger_a):
    assert rows(start, None, traeger_a) == (1, 0)


def test_of_a_start_page_that_is_not_published_only_the_way_is_seen(start, traeger_a):
    Page.objects.filter(pk=start.pk).update(live=False)
    assert rows(start, None, traeger_a) == (1, 0)


def test_nothing_is_seen_of_its_translation_that_is_not_published(start, traeger_a):
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = start.copy_for_translation(english)
    assert rows(translation, None, traeger_a) == (0, 0)
    Page.objects.filter(pk=translation.pk).update(live=True)
    assert rows(translation, None, traeger_a) == (1, 1)


@pytest.mark.parametrize(("path", "status"), [("/", 404), ("/impressum/", 404), ("/anmelden/", 200)])
def test_people_still_log_in_where_the_start_page_is_not_published(
    path, status, start, traeger_a, client_for
):
    Page.objects.filter(pk=start.pk).update(live=False)
    assert client_for(None, traeger_a).get(path).status_code == status


def test_visitors_of_an_internal_site_get_the_login(internal, traeger_a, client_for):
    answer = client_for(None, traeger_a).get("/", follow=True)
    assert answer.status_code == 200
    assert 'name="username"' in answer.text


def test_staff_reads_the_internal_start_page(start, internal, traeger_a, person, client_for):
    user = person(LESEN, traeger_a)
    assert rows(start, user, traeger_a) == (1, 1)
    assert client_for(user, traeger_a).get("/").status_code == 200


def test_a_guest_finds_the_way_through_the_start_page(start, traeger_a, traeger_b, person, client_for):
    page = ContentPageFactory(parent=start, title="Freigegeben")
    only_us = PageViewRestriction.objects.create(page=start, restriction_type=PageViewRestriction.GROUPS)
    only_us.groups.set([traeger_a.group(LESEN)])
    guest = person(LESEN, traeger_b)
    grant(guest, page, "view")
    assert client_for(guest, traeger_a).get(page.get_url()).status_code == 200
