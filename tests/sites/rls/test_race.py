"""Somebody closes a section while somebody else puts pages into it: none of them must stay public."""

from functools import partial

import pytest
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from home.models import ContentPage
from sites.models import Traeger
from sites.rls.install import wrong_readers
from tests.factories import ContentPageFactory
from tests.sites.rls.racing import race


class Section:
    """A page `above` a `parent`, and an `other` one with a page below, which moves there; all committed."""

    def __init__(self, start):
        self.above = ContentPageFactory(parent=start, title="Wettlauf")
        self.parent = ContentPageFactory(parent=self.above, title="Bereich")
        self.other = ContentPageFactory(parent=start, title="Daneben")
        ContentPageFactory(parent=self.other, title="Darunter")

    def restrict_parent(self):
        PageViewRestriction.objects.create(page=self.parent, restriction_type=PageViewRestriction.LOGIN)

    def restrict_above(self):
        PageViewRestriction.objects.create(page=self.above, restriction_type=PageViewRestriction.LOGIN)

    def make_child(self):
        ContentPageFactory(parent=Page.objects.get(pk=self.parent.pk), title="Kind")

    def move_there(self):
        Page.objects.get(pk=self.other.pk).move(Page.objects.get(pk=self.parent.pk), pos="last-child")

    def inside(self) -> list[list[str]]:
        """Return the readers of the pages below the parent."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT readers FROM wagtailcore_page WHERE path ^@ %s AND path <> %s",
                [self.parent.path, self.parent.path],
            )
            return [row[0] for row in cursor.fetchall()]


CLOSING = (Section.restrict_parent, Section.restrict_above)
FILLING = {Section.make_child: 1, Section.move_there: 2}
# What is done first, and not committed yet while the second begins.
ORDERS = [order for close in CLOSING for fill in FILLING for order in ((close, fill), (fill, close))]


@pytest.fixture
def section(committed_world):
    """Taken away again afterwards: what two connections see no test can roll back."""
    section = Section(committed_world.traeger_a.site.root_page)
    yield section
    for page in (section.above, section.other):
        # What was moved is gone with what is above it.
        for found in ContentPage.objects.filter(pk=page.pk):
            found.delete()


@pytest.mark.parametrize(("first", "second"), ORDERS)
def test_what_comes_into_a_section_that_is_being_closed_is_closed(first, second, section):
    assert race(partial(first, section), partial(second, section)) == []
    inside = section.inside()
    assert len(inside) == next(FILLING[each] for each in (first, second) if each in FILLING)
    assert all("staff" in readers and "public" not in readers for readers in inside)
    assert wrong_readers() == []


@pytest.fixture
def shared(committed_world):
    """A section of the knowledge base, whose kind is put back afterwards."""
    traeger = committed_world.knowledge
    section = Section(traeger.site.root_page)
    yield traeger, section
    Traeger.objects.filter(pk=traeger.pk).update(kind=Traeger.Kind.KNOWLEDGE)
    for page in (section.above, section.other):
        ContentPage.objects.get(pk=page.pk).delete()


@pytest.mark.parametrize("page_first", [True, False], ids=["page first", "page second"])
def test_a_page_that_is_made_while_its_traeger_ceases_to_be_shared_is_not_shared(page_first, shared):
    traeger, section = shared
    cease = partial(Traeger.objects.filter(pk=traeger.pk).update, kind=Traeger.Kind.TRAEGER)
    assert race(*((section.make_child, cease) if page_first else (cease, section.make_child))) == []
    assert ["shared" in readers for readers in section.inside()] == [False]
    assert wrong_readers() == []
