"""Nothing that is internal to another Träger shows in the search: no title, count, word or address."""

import pytest
from wagtail.models import Locale

from home.models import OfferIndexPage
from knowledge.models import MethodIndexPage
from tests.factories import (
    InternalPageFactory,
    MethodPageFactory,
    OfferPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.world import list_page

WORD = "Kranichfeld"


@pytest.fixture
def secrets(traeger_a, traeger_b, knowledge):
    """A page with the word for each: internal of A, internal of B, a method; and a public offer of A."""
    InternalPageFactory(parent=traeger_a.site.root_page, title=f"{WORD} intern A", summary="Geheimnis A")
    below = InternalPageFactory(parent=traeger_b.site.root_page, title="Ordner B")
    InternalPageFactory(parent=below, title=f"{WORD} intern B", summary="Geheimnis B")
    MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), title=f"{WORD} Methode")
    OfferPageFactory(
        parent=list_page(traeger_a, OfferIndexPage), title=f"{WORD} Angebot", topics=[TopicFactory()]
    )


READERS = {
    "visitor": ["Angebot"],
    "staff": ["Angebot", "Methode"],
    "a": ["Angebot", "Methode", "intern A"],
    "b": ["Angebot", "Methode", "intern B"],
    "coordination": ["Angebot", "Methode"],
    "admin": ["Angebot", "Methode", "intern A", "intern B"],
}


@pytest.fixture
def reader(person, world):
    def make(name: str):
        return {
            "visitor": lambda: None,
            "staff": UserFactory,
            "a": lambda: person("lesen", world.traeger_a),
            "b": lambda: person("leitung", world.traeger_b),
            "coordination": lambda: person("leitung", world.knowledge),
            "admin": lambda: UserFactory(admin=True),
        }[name]()

    return make


@pytest.mark.usefixtures("secrets")
class TestWhoFindsWhat:
    @pytest.mark.parametrize("name", READERS)
    @pytest.mark.parametrize("where", ["traeger_a", "traeger_b", "coordination", "knowledge"])
    def test_matrix(self, world, reader, ask, name, where):
        answer = ask(WORD, getattr(world, where), reader(name), scope="all")
        expected = [f"{WORD} {title}" for title in READERS[name]]
        assert sorted(answer.titles) == sorted(expected)
        assert answer.hits.total == sum(answer.counts.values()) == len(expected)
        for letter in "AB":
            assert (f"Geheimnis {letter}" in answer.html) == (f"intern {letter}" in READERS[name])

    def test_the_own_site_only(self, traeger_a, reader, ask):
        assert sorted(ask(WORD, traeger_a, reader("a")).titles) == [f"{WORD} Angebot", f"{WORD} intern A"]

    def test_words_of_foreign_internal_pages_find_nothing(self, traeger_b, reader, ask):
        answer = ask("Geheimnis A", traeger_b, reader("b"), scope="all")
        assert answer.titles == [f"{WORD} intern B"], "found by „Geheimnis“; nothing of A"
        assert answer.hits.loose
        assert not ask("intern A", traeger_b, scope="all").hits.total

    def test_internal_pages_say_so(self, traeger_a, reader, ask):
        answer = ask(WORD, traeger_a, reader("a"), scope="all")
        marked = {result.page.title for result in answer.context["results"] if result.internal}
        assert marked == {f"{WORD} intern A", f"{WORD} Methode"}

    def test_answers_for_people_are_not_kept_by_others(self, traeger_a, reader, ask):
        cache_control = ask(WORD, traeger_a, reader("a")).response["Cache-Control"]
        assert "private" in cache_control
        assert "no-store" in cache_control


class TestLanguages:
    @pytest.fixture
    def english(self, traeger_a):
        """The start page of A in English, with an English page below."""
        locale = Locale.objects.create(language_code="en")
        home = traeger_a.site.root_page.specific.copy_for_translation(locale)
        home.save_revision().publish()
        InternalPageFactory(parent=home, title="Secret minutes")
        offers = list_page(traeger_a, OfferIndexPage).copy_for_translation(locale)
        offers.save_revision().publish()
        OfferPageFactory(parent=offers, title="Debt advice")

    @pytest.mark.usefixtures("english", "secrets")
    def test_the_language_of_the_page_decides(self, traeger_a, ask):
        assert ask("debt", traeger_a, path="/en/suche/").titles == ["Debt advice"]
        assert ask("debt", traeger_a).titles == []

    @pytest.mark.usefixtures("english", "secrets")
    def test_without_hits_other_languages_are_named_where_they_have_some(self, traeger_a, ask):
        answer = ask(WORD, traeger_a, path="/en/suche/")
        assert answer.titles == []
        assert answer.context["other_languages"] == [("de", f"/suche/?q={WORD}&scope=site")]
        assert not ask("minutes", traeger_a).context["other_languages"], "an internal page tells nobody"

    @pytest.mark.usefixtures("english")
    def test_a_site_without_the_language_has_no_search_in_it(self, traeger_b, client_for):
        assert client_for(None, traeger_b).get("/en/suche/").status_code == 404
        assert client_for(None, traeger_b).get("/suche/").status_code == 200
