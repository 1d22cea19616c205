"""Vectors are made by the background service, and hold nothing else up."""

import pytest
from django.db import connection
from django.db.models import Q

from search.indexing import drain, index_pages
from search.meaning import filling, model, storage
from search.meaning.filling import fill
from search.models import Change, Passage
from sites.jobs import queue
from tests.factories import ContentPageFactory

pytestmark = pytest.mark.usefixtures("vectors")


@pytest.fixture
def page(traeger_a, stand_in):
    """A page in the index, the only one whose passages wait."""
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Kranich", summary="Umzug in Jena.")
    drain()
    Passage.objects.exclude(entry__page=page).delete()
    return page


def passages(page):
    return Passage.objects.filter(entry__page=page).order_by("number")


def filled(page) -> list[bool]:
    """Whether each passage of `page` has a vector of the model."""
    found = passages(page).annotate(missing=Q(vector=None)).values_list("missing", "model")
    return [not missing and name == model.name() for missing, name in found]


def test_title_whole_and_passages_are_read(page, stand_in):
    title, whole, first = passages(page)[:3]
    assert (title.text, whole.text) == ("Kranich", "")
    assert first.text.startswith("Umzug in Jena.")
    assert not any(filled(page))
    fill()
    assert all(filled(page))
    assert stand_in.read[0] == "Kranich"
    assert stand_in.read[1].startswith("Kranich\nUmzug in Jena.")
    assert stand_in.read[2] == first.text


def test_they_are_stored_as_they_are(page, stand_in):
    fill()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT -(vector <#> %s::halfvec) FROM search_passage WHERE id = %s",
            [storage.written(model.query("Kranich")), passages(page)[0].pk],
        )
        assert cursor.fetchone()[0] == pytest.approx(1, abs=1e-3)


def test_what_was_read_is_not_read_again(page, stand_in):
    fill()
    read = len(stand_in.read)
    page.save()
    drain()
    fill()
    assert len(stand_in.read) == read


def test_another_text_is_read(page, stand_in):
    fill()
    page.title = "Storch"
    page.save_revision().publish()
    drain()
    assert not any(filled(page))
    fill()
    assert all(filled(page))
    assert "Storch" in stand_in.read


@pytest.mark.parametrize("other", ["a model", "z model"])
def test_another_model_reads_everything_anew(page, other):
    fill()
    passages(page).update(model=other)
    fill()
    assert all(filled(page))


def test_a_page_takes_its_passages_along(page):
    page.unpublish()
    assert not Passage.objects.exists()


def test_so_does_an_entry_that_is_taken_out_of_the_index(page):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE;ALTER TABLE wagtailcore_page DISABLE TRIGGER portal_search_updated"
        )
    page.unpublish()
    index_pages([page.pk])
    assert not Passage.objects.exists()


def test_what_can_not_be_read_is_left_out_and_named(page, stand_in, monkeypatch, caplog):
    passage = stand_in.passage
    monkeypatch.setattr(stand_in, "passage", lambda text: 1 / 0 if text == "Kranich" else passage(text))
    fill()
    assert filled(page) == [False] + [True] * (passages(page).count() - 1)
    assert f"passage 0 of the entry {passages(page)[0].entry_id}" in caplog.text
    caplog.clear()
    fill()
    assert not caplog.text, "it is not tried again"


class TestNothingWaitsForIt:
    def test_it_works_for_a_moment_at_a_stretch(self, page, monkeypatch):
        monkeypatch.setattr(filling, "TURN", 0)
        fill()
        assert not any(filled(page))

    def test_mails_come_first(self, page, monkeypatch):
        monkeypatch.setattr(queue, "lag", lambda: 0.1)
        fill()
        assert not any(filled(page))

    def test_so_do_words(self, page):
        Change.objects.create(object_id=page.pk)
        fill()
        assert not any(filled(page))

    def test_the_service_does_it_after_the_words(self):
        regular = list(queue.REGULAR)
        assert regular.index(drain) < regular.index(fill)

    def test_where_nothing_is_left_the_table_is_not_read(self, page, django_assert_num_queries):
        fill()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        with django_assert_num_queries(3):
            fill()


@pytest.mark.parametrize("reason", ["switched off", "no extension", "no model"])
def test_without_meaning_it_does_nothing(reason, page, settings, monkeypatch):
    if reason == "switched off":
        settings.SEARCH_SEMANTIC = False
    elif reason == "no extension":
        monkeypatch.setattr(storage, "ready", lambda: False)
    else:
        monkeypatch.setattr(model, "_loaded", None)
        monkeypatch.setattr(model, "_failure", "there is none")
    fill()
    assert not any(filled(page))
