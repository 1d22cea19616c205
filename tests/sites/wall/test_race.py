"""A parent is being restricted while a child is being made: the child must not stay public."""

import threading

import pytest
from django.db import connection, transaction
from wagtail.models import PageViewRestriction

from home.models import ContentPage
from sites.wall.install import wrong_readers
from tests.factories import ContentPageFactory


@pytest.fixture
def parent(committed_world):
    """A committed page, because two connections must see it; taken away afterwards."""
    page = ContentPageFactory(parent=committed_world.traeger_a.site.root_page, title="Wettlauf")
    yield page
    ContentPage.objects.get(pk=page.pk).delete()


def readers(page) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [page.pk])
        return cursor.fetchone()[0]


def test_a_child_made_while_its_parent_is_being_restricted_is_restricted(parent):
    made, started = [], threading.Event()

    def make_child():
        started.set()
        try:
            made.append(ContentPageFactory(parent=ContentPage.objects.get(pk=parent.pk), title="Kind"))
        finally:
            connection.close()

    other = threading.Thread(target=make_child)
    with transaction.atomic():
        PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
        other.start()
        assert started.wait(10)
        # It has to wait for this transaction; without the lock it would be done long before.
        other.join(1)
        assert other.is_alive()
    other.join(20)
    assert "staff" in readers(made[0])
    assert "public" not in readers(made[0])
    assert wrong_readers() == []
