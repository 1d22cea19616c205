"""A page is moved together with what follows, or not at all."""

import pytest
from wagtail.models import Page
from wagtail.signals import post_page_move

from tests.factories import ContentPageFactory, InternalPageFactory


@pytest.fixture
def broken():
    """Something fails after a page was moved."""

    def fail(**kwargs):
        raise RuntimeError("The database is away.")

    post_page_move.connect(fail)
    yield
    post_page_move.disconnect(fail)


def test_a_page_stays_where_it_is_when_something_fails_after_the_move(traeger_a, broken):
    home = traeger_a.site.root_page
    page = ContentPageFactory(parent=InternalPageFactory(parent=home))
    before = page.path
    with pytest.raises(RuntimeError):
        Page.objects.get(pk=page.pk).move(home, pos="last-child")
    assert Page.objects.get(pk=page.pk).path == before
