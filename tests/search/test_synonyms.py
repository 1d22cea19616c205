"""Synonyms of the coordination office: in effect at once, for everybody, and no way to what is hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from search.models import Synonym
from search.synonyms import kept, listed
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import (
    ContentPageFactory,
    InternalPageFactory,
    SynonymFactory,
    TopicFactory,
)

ADD = reverse("synonyms:add")


@pytest.fixture
def page(traeger_a):
    """`page(title)` → a public page that is called so."""
    return lambda title, **fields: ContentPageFactory(parent=traeger_a.site.root_page, title=title, **fields)


def test_a_synonym_holds_at_once_and_as_long_as_it_is_there(page, traeger_a, ask):
    page("Antrag auf Bürgergeld")
    assert ask("Hartz IV", traeger_a).titles == []
    synonym = SynonymFactory()
    assert ask("Hartz IV", traeger_a).titles == ["Antrag auf Bürgergeld"]
    synonym.words = "Bürgergeld, Stütze"
    synonym.save()
    assert ask("Hartz IV", traeger_a).titles == []
    assert ask("Stütze", traeger_a).titles == ["Antrag auf Bürgergeld"]
    synonym.delete()
    assert ask("Stütze", traeger_a).titles == []


def test_one_direction(page, traeger_a, ask):
    page("Bürgergeld")
    page("Stütze")
    SynonymFactory(words="Stütze", shown="Bürgergeld")
    assert sorted(ask("Stütze", traeger_a).titles) == ["Bürgergeld", "Stütze"]
    assert ask("Bürgergeld", traeger_a).titles == ["Bürgergeld"]


def test_the_word_itself_comes_before_its_synonyms(page, traeger_a, ask):
    page("Bürgergeld", summary="Ein Wort.")
    page("Hartz IV", summary="Ein Wort.")
    SynonymFactory()
    assert ask("Bürgergeld", traeger_a).titles == ["Bürgergeld", "Hartz IV"]
    assert ask("Hartz IV", traeger_a).titles == ["Hartz IV", "Bürgergeld"]


def test_the_vocabulary_has_synonyms_of_its_own(page, traeger_a, ask):
    page("Schulden und Geld")
    topic = TopicFactory(name="Schulden", synonyms="Miese, Kreide")
    assert ask("Miese", traeger_a).titles == ["Schulden und Geld"]
    topic.synonyms = ""
    topic.save()
    assert ask("Miese", traeger_a).titles == []


class TestSeveralWords:
    @pytest.fixture(autouse=True)
    def synonym(self, db):
        SynonymFactory(words="SPDi, Sozialpsychiatrischer Dienst")

    def test_they_count_only_together(self, page, traeger_a, ask):
        page("Der Dienst der Woche")
        page("Sozialpsychiatrischer Verein")
        page("Der sozialpsychiatrische Dienst")
        answer = ask("SPDi", traeger_a)
        assert answer.titles == ["Der sozialpsychiatrische Dienst"]
        assert answer.hits.total == 1
        assert not answer.hits.mistyped

    def test_what_was_found_is_marked(self, page, traeger_a, ask):
        page("Hilfe", summary="Hier sitzt der Sozialpsychiatrische Dienst.")
        page("SPDi", summary="Ein Dienst.")
        results = {result.page.title: result.excerpt for result in ask("SPDi", traeger_a).context["results"]}
        assert "<mark>Sozialpsychiatrische</mark> <mark>Dienst</mark>" in results["Hilfe"]
        assert "<mark>" not in results["SPDi"], "of „Dienst“ alone nothing is said"

    def test_they_are_asked_for_in_a_question(self, page, traeger_a, ask):
        page("SPDi Kranichfeld")
        answer = ask("Sozialpsychiatrischer Dienst Kranichfeld", traeger_a)
        assert answer.titles == ["SPDi Kranichfeld"]
        assert not answer.hits.loose, "one word stands for both"


def test_a_typo_in_a_word_with_synonyms(page, traeger_a, ask):
    page("Bürgergeld")
    page("Hartz IV")
    SynonymFactory()
    answer = ask("Bürgergled", traeger_a)
    assert answer.titles == ["Bürgergeld", "Hartz IV"]
    assert answer.hits.mistyped == ("Bürgergled",)


def test_each_language_has_its_own(page, traeger_a, ask):
    page("Bürgergeld")
    english, _created = Locale.objects.get_or_create(language_code="en")
    SynonymFactory(words="Bürgergeld, benefit", locale=english)
    assert ask("benefit", traeger_a).titles == []


def test_leichte_sprache_is_german(db):
    SynonymFactory()
    assert kept("de-simple").synonyms.instead.keys() == kept("de").synonyms.instead.keys()
    assert not kept("en").synonyms.instead


def test_a_synonym_opens_nothing(traeger_a, traeger_b, person, ask):
    """Neither a hit nor a count nor a correction comes of what the person may not read."""
    InternalPageFactory(parent=traeger_b.site.root_page, title="Umzugsplan Kranichfeld")
    SynonymFactory(words="Quartalsplan, Kranichfeld")
    answer = ask("Quartalsplan", traeger_a, person(LESEN, traeger_a), scope="all")
    assert (answer.titles, answer.hits.total, answer.hits.mistyped) == ([], 0, ())
    assert "Kranichfeld" not in answer.html
    answer = ask("Kranichfelt", traeger_a, scope="all")
    assert "Kranichfeld" not in answer.html


def test_all_is_read_in_one_query_however_much_there_is(db):
    for number in range(5):
        SynonymFactory(words=f"Wort {number}, Ding {number}")
        TopicFactory(name=f"Thema {number}", synonyms=f"Stoff {number}")
    with CaptureQueriesContext(connection) as captured:
        found = kept("de")
    assert len(captured) == 1
    assert len(found.synonyms.instead) == 20


@pytest.mark.parametrize("text", ["a, b", "a;b", "a\nb\r\n", " a ,, b , "])
def test_words_are_separated_in_several_ways(text):
    assert listed(text) == ["a", "b"]


class TestWhoKeepsThem:
    DATA = {"words": "Bürgergeld, Hartz IV", "shown": ""}

    @pytest.fixture
    def data(self, db):
        return self.DATA | {"locale": Locale.objects.get(language_code="de").pk}

    @pytest.mark.parametrize("role", [FREIGABE, LEITUNG])
    def test_the_knowledge_base(self, role, knowledge, person, client_for, data):
        client = client_for(person(role, knowledge), knowledge)
        response = client.post(ADD, data)
        assert response.status_code == 302, response.context["form"].errors
        synonym = Synonym.objects.get()
        edit = reverse("synonyms:edit", args=[synonym.pk])
        assert client.post(edit, data | {"shown": "ALG II"}).status_code == 302
        delete = reverse("synonyms:delete", args=[synonym.pk])
        assert client.post(delete).status_code == 302
        assert not Synonym.objects.exists()

    @pytest.mark.parametrize(
        ("role", "where"), [(LEITUNG, "traeger_a"), (REDAKTION, "knowledge"), (LEITUNG, "coordination")]
    )
    def test_nobody_else(self, role, where, world, person, client_for, data):
        traeger = getattr(world, where)
        client = client_for(person(role, traeger), traeger)
        assert client.get(ADD).status_code in (302, 403)
        client.post(ADD, data)
        assert not Synonym.objects.exists()

    @pytest.mark.parametrize(
        "words", ["Bürgergeld", "Bürgergeld, Bürgergeldes", "…, !", "und, Bürgergeld, ?"]
    )
    def test_words_that_mean_nothing_to_the_search_are_refused(
        self, words, knowledge, person, client_for, data
    ):
        response = client_for(person(LEITUNG, knowledge), knowledge).post(ADD, data | {"words": words})
        assert response.status_code == 200
        assert "words" in response.context["form"].errors
