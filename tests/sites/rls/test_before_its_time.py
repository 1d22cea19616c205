"""The database keeps no page live before its time, whoever stores it: commands and the service as well."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from home.models import ContentPage
from sites.access.roles import FREIGABE
from sites.rls.install import mend, wrong_readers
from tests.factories import ContentPageFactory
from tests.passing import let_pass
from tests.web_role import web_process

LATER, BEFORE = timedelta(hours=1), timedelta(seconds=-1)


def refused(change) -> bool:
    """Tell whether the database refuses `change`, a call; for another reason it is an error."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError as error:
        if "before its time" not in str(error):
            raise
        return True
    return False


def update(page, **values):
    return lambda: Page.objects.filter(pk=page.pk).update(**values)


@pytest.fixture
def start(traeger_a):
    return traeger_a.site.root_page


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("moment", [None, BEFORE, LATER])
def test_a_page_is_made_live_only_without_a_time_ahead(live, moment, start):
    at = moment and timezone.now() + moment
    page = ContentPage(title="Neu", live=live, go_live_at=at)
    assert refused(lambda: start.add_child(instance=page)) is (live and moment is LATER)


def test_a_page_becomes_live_only_when_its_time_has_come(start):
    page = ContentPageFactory(parent=start, publish=False)
    assert not refused(update(page, go_live_at=timezone.now() + LATER))
    assert refused(update(page, live=True))
    assert not refused(update(page, live=True, go_live_at=timezone.now() + BEFORE))


def test_a_live_page_gets_no_time_ahead(start):
    page = ContentPageFactory(parent=start)
    assert refused(update(page, go_live_at=timezone.now() + LATER))
    assert not refused(update(page, go_live_at=timezone.now() + BEFORE))
    assert not refused(update(page, live=False, go_live_at=timezone.now() + LATER))


def test_the_clock_counts_and_not_the_beginning_of_the_transaction(start):
    """A test is one transaction: by its beginning this time would still be ahead."""
    page = ContentPageFactory(parent=start, publish=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (at,) = cursor.fetchone()
    assert not refused(update(page, live=True, go_live_at=at))


def test_web_processes_are_bound_too(start, traeger_a, person):
    page = ContentPageFactory(parent=start, publish=False)
    with web_process(person(FREIGABE, traeger_a), traeger_a):
        assert refused(update(page, live=True, go_live_at=timezone.now() + LATER))
        assert not refused(update(page, live=True))


@pytest.fixture
def unguarded(db):
    """The database as before there was the rule; the end of the test undoes that."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wagtailcore_page DISABLE TRIGGER portal_guard_time")


@pytest.fixture
def early(unguarded, start):
    """What older versions left: live before its time, by what the page knows of its revisions."""
    at = timezone.now() + LATER

    def make(title: str, **values) -> ContentPage:
        page = ContentPageFactory(parent=start, title=title, publish=False)
        page.go_live_at = at
        page.latest_revision = page.save_revision()
        update(page, live=True, go_live_at=at, **values)()
        page.refresh_from_db()
        return page

    pages = {"broken off": make("Abgebrochen"), "published": make("Erschienen")}
    update(pages["published"], live_revision=pages["published"].latest_revision)()
    pages["without a revision"] = make("Halb", latest_revision=None)
    pages["without a revision"].revisions.all().delete()
    return pages


def test_what_is_live_before_its_time_waits_when_the_wall_comes(early, start):
    other = ContentPageFactory(parent=start, title="Ohne Zeit")
    mend()
    for name, page in early.items():
        page.refresh_from_db()
        assert (page.live, page.live_revision, page.has_unpublished_changes) == (False, None, True)
        assert "public" not in readers(page)
        assert bool(page.scheduled_revision) is (name != "without a revision")
    other.refresh_from_db()
    assert (other.live, other.has_unpublished_changes) == (True, False)
    assert wrong_readers() == []


def test_what_waits_then_is_published_in_time(early):
    mend()
    page = early["broken off"]
    let_pass(LATER, page)
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live


def readers(page) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [page.pk])
        return cursor.fetchone()[0]
