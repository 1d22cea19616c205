"""What the wall refuses is told from what went wrong."""

import pytest
from django.db import DatabaseError, connection
from wagtail.models import Page

from sites.wall.middleware import refused
from tests.factories import ContentPageFactory


def test_a_change_of_a_row_that_may_not_be_written_is_refused(traeger_a):
    """An UPDATE finds no row that the person sees but may not write, and Django finds that wrong."""
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    pk = page.pk
    page.delete()
    with pytest.raises(DatabaseError) as caught:
        Page(pk=pk, path=page.path, depth=page.depth).save(update_fields=["locked"], clean=False)
    assert refused(caught.value)


def test_an_error_in_the_program_is_not(db):
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert not refused(caught.value)
