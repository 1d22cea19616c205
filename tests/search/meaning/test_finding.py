"""What is found by its meaning: in every language, each page once, and only what somebody may read."""

import json

import pytest
from django.db import connection
from wagtail.models import Locale

from search import postgresql
from search.indexing import drain
from search.meaning import filling, model, storage
from search.models import Passage
from search.postgresql import Asked
from sites.access.roles import LESEN
from tests.factories import ContentPageFactory, InternalPageFactory
from tests.search.meaning.stand_in import make_vectors

pytestmark = pytest.mark.usefixtures("vectors", "stand_in")


@pytest.fixture
def find(ask):
    """`find("борги", traeger_a, user)` → the Answer, with all vectors made."""

    def make(words, where, user=None, **parameters):
        drain()
        make_vectors()
        return ask(words, where, user, **parameters)

    return make


@pytest.fixture
def debts(traeger_a):
    return ContentPageFactory(
        parent=traeger_a.site.root_page, title="Schulden", summary="Bei Zahlungsschwierigkeiten."
    )


@pytest.fixture
def crane(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page, title="Kranich", summary="Ein Vogel.")


@pytest.mark.usefixtures("crane")
class TestWhatIsMeant:
    @pytest.mark.parametrize("question", ["debts", "борги", "Zahlungsschwierigkeiten"])
    def test_in_whatever_language_it_is_asked(self, question, debts, find, traeger_a):
        answer = find(question, traeger_a)
        assert answer.titles == ["Schulden"]
        assert answer.hits.total == 1

    def test_nothing_means_nothing(self, debts, find, traeger_a):
        assert find("Zqwx", traeger_a).hits.total == 0

    def test_facets_and_numbers_count_it(self, debts, find, traeger_a):
        hits = find("борги", traeger_a).hits
        assert (hits.total, hits.unchosen, hits.facets["kind:page"]) == (1, 1, 1)

    def test_words_that_are_there_come_before(self, debts, find, traeger_a):
        other = ContentPageFactory(
            parent=traeger_a.site.root_page, title="Sonstiges", summary="Zahlungsschwierigkeiten."
        )
        # Both mean it, one says it.
        assert find("Schulden", traeger_a).titles == ["Schulden", other.title]

    def test_a_hit_tells_its_language_and_the_passage_that_comes_nearest(self, debts, find, traeger_a):
        [hit] = find("борги", traeger_a).hits.hits
        assert hit.language == "de"
        assert hit.passage.startswith("Bei Zahlungsschwierigkeiten.")

    def test_what_was_found_by_words_tells_no_passage(self, debts, find, traeger_a):
        [hit] = find("Schulden", traeger_a).hits.hits
        assert hit.passage is None

    def test_excluded_words_are_not_meant(self, debts, find, traeger_a):
        assert find("Kranich -Schulden", traeger_a).titles == ["Kranich"]

    def test_nor_found(self, debts, find, traeger_a):
        assert find("борги -Schulden", traeger_a).hits.total == 0

    def test_what_stands_in_quotation_marks_must_stand_there(self, debts, find, traeger_a):
        assert find('"debts debts"', traeger_a).hits.total == 0

    def test_switched_off_only_words_are_found(self, debts, find, traeger_a, settings):
        find("борги", traeger_a)
        settings.SEARCH_SEMANTIC = False
        assert find("борги", traeger_a).hits.total == 0
        assert find("Schulden", traeger_a).titles == ["Schulden"]

    def test_so_it_is_without_the_extension(self, debts, find, traeger_a):
        find("борги", traeger_a)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE search_passage DROP COLUMN vector")
        assert not storage.ready()
        drain()
        answer = postgresql.search(Asked(((("schuld", 1.0),),), language="de", vector=model.query("борги")))
        assert [hit.passage for hit in answer.hits] in ([], [None])

    def test_so_it_is_until_vectors_of_this_model_are_made(self, debts, find, traeger_a, monkeypatch):
        find("борги", traeger_a)
        Passage.objects.update(model="another")
        monkeypatch.setattr(filling, "fill", lambda: None)
        with_meaning = postgresql.search(
            Asked((((("x", 1.0),)),), language="de", vector=model.query("борги"))
        )
        assert with_meaning.total == 0


class TestLanguages:
    @pytest.fixture
    def ukrainian(self, debts):
        locale = Locale.objects.get_or_create(language_code="uk")[0]
        for page in debts.get_ancestors(inclusive=True).filter(depth__gte=3).specific():
            translation = page.copy_for_translation(locale)
            if page.pk == debts.pk:
                translation.title, translation.summary = "Борги", "Борги"
            translation.save_revision().publish()
        return translation

    def test_each_page_is_found_once_in_the_language_of_the_visitor(self, ukrainian, debts, find, traeger_a):
        assert find("debts", traeger_a).titles == ["Schulden"]
        assert find("debts", traeger_a, path="/uk/suche/").titles == ["Борги"]

    def test_where_there_is_none_the_german_one_is_found(self, ukrainian, crane, find, traeger_a):
        assert find("crane", traeger_a, path="/uk/suche/").titles == ["Kranich"]

    def test_the_version_that_others_may_not_read_gives_way(self, ukrainian, find, traeger_a, person):
        restriction = ukrainian.view_restrictions.create(restriction_type="groups")
        restriction.groups.set([traeger_a.group(LESEN)])
        assert find("debts", traeger_a, path="/uk/suche/").titles == ["Schulden"]
        reader = person(LESEN, traeger_a)
        assert find("debts", traeger_a, reader, path="/uk/suche/").titles == ["Борги"]


class TestNothingHidden:
    def test_what_others_may_not_read_is_not_found(self, traeger_a, traeger_b, find, person):
        InternalPageFactory(parent=traeger_b.site.root_page, title="Schulden")
        assert find("борги", traeger_a, scope="all").hits.total == 0
        assert find("борги", traeger_a, person(LESEN, traeger_a), scope="all").hits.total == 0
        assert find("борги", traeger_a, person(LESEN, traeger_b), scope="all").hits.total == 1

    def test_it_changes_no_score(self, debts, crane, traeger_a, traeger_b, find):
        questions = ("борги", "Schulden", "Schulden Umzug", "Kranich debts")
        before = [find(question, traeger_a, scope="all").hits for question in questions]
        for number in range(6):
            InternalPageFactory(
                parent=traeger_b.site.root_page,
                title="Schulden debts борги",
                slug=f"intern-{number}",
                summary="Umzug",
            )
        assert [find(question, traeger_a, scope="all").hits for question in questions] == before


class TestAmongMany:
    """Somebody who reads one in a hundred finds as many as everybody."""

    NEAREST = 20

    @pytest.fixture
    def fill(self, db):
        """`fill(20_000)` makes so many vectors; returns the ids of the entries, and of one in a hundred."""

        def make(number: int, *, with_index: bool) -> tuple[list[int], list[int]]:
            with connection.cursor() as cursor:
                if not with_index:
                    cursor.execute("DROP INDEX search_passage_nearest")
                cursor.execute("SELECT setseed(0.5)")
                # Pieces of one long row of numbers, each of which begins one further.
                cursor.execute(
                    "WITH row AS MATERIALIZED"
                    " (SELECT array_agg((random() - 0.5)::real) AS n FROM generate_series(1, %s + 384))"
                    " INSERT INTO search_passage (entry_id, number, text, model, vector)"
                    " SELECT -i, 1, '', %s, (row.n[i:i + 383])::halfvec(384)"
                    " FROM row, generate_series(1, %s) i",
                    [number, model.name(), number],
                )
                cursor.execute("ANALYZE search_passage")
            return [-i for i in range(1, number + 1)], [-i for i in range(1, number + 1, 100)]

        return make

    def nearest(self, reach: list[int], exact: int) -> list[int]:
        question = [(-1) ** (number // 3) / 20 for number in range(model.DIMENSIONS)]
        asked = {"meaning": postgresql._meaning(question) | {"nearest": self.NEAREST, "exact": exact}}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT entry FROM portal_search_meant(%s, %s, '{}') ORDER BY likeness DESC",
                [json.dumps(asked), reach],
            )
            return [entry for (entry,) in cursor.fetchall()]

    def test_of_20_000_exactly(self, fill):
        everything, readable = fill(20_000, with_index=False)
        best = self.nearest(everything, exact=20_000)
        found = self.nearest(readable, exact=storage.EXACT)
        assert len(best) == len(found) == self.NEAREST
        assert set(found) <= set(readable)
        assert [entry for entry in best if entry in readable] == [entry for entry in found if entry in best]

    def test_of_what_an_index_holds(self, fill):
        _everything, readable = fill(3_000, with_index=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;"
                "SET LOCAL enable_sort = off"
            )
        found = self.nearest(readable, exact=0)
        assert len(found) == self.NEAREST
        assert set(found) <= set(readable)
        # It may miss one or two of them, no more; random vectors are the hardest.
        assert len(set(found) & set(self.nearest(readable, exact=3_000))) >= self.NEAREST * 0.8
