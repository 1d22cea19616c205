"""What is suggested while somebody types: titles, of what they may read."""

import pytest

from home.models import OfferIndexPage
from knowledge.models import MethodIndexPage
from tests.factories import (
    ContentPageFactory,
    InternalPageFactory,
    MethodPageFactory,
    OfferPageFactory,
    UserFactory,
)
from tests.world import list_page


@pytest.fixture
def suggest(client_for):
    """`suggest("kran", traeger_a)` → {kind: titles}."""

    def make(text, where, user=None, path="/suche/vorschlaege/", **parameters) -> dict[str, list[str]]:
        response = client_for(user, where).get(path, {"q": text, **parameters})
        assert response.status_code == 200
        return {each["kind"]: [page["title"] for page in each["pages"]] for each in response.json()}

    return make


@pytest.fixture
def pages(traeger_a, traeger_b, knowledge):
    offers = list_page(traeger_a, OfferIndexPage)
    OfferPageFactory(parent=offers, title="Schuldnerberatung im Kranichfeld")
    ContentPageFactory(parent=traeger_a.site.root_page, title="Über das Kranichfeld")
    InternalPageFactory(parent=traeger_a.site.root_page, title="Kranichfeld, Protokoll")
    InternalPageFactory(parent=traeger_b.site.root_page, title="Kranichgeheimnis")
    MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), title="Kranichmethode")


@pytest.mark.usefixtures("pages")
class TestSuggestions:
    def test_titles_by_kind(self, traeger_a, suggest):
        assert suggest("kran", traeger_a) == {
            "Angebote": ["Schuldnerberatung im Kranichfeld"],
            "Seiten": ["Über das Kranichfeld"],
        }

    @pytest.mark.parametrize(
        "text", ["schuldner kran", "KRANICHF", "im kranich", "beratung kran", "uber kran", "ueber kran"]
    )
    def test_the_last_word_is_a_beginning(self, traeger_a, suggest, text):
        assert sum(map(len, suggest(text, traeger_a).values())) == 1 + (text == "KRANICHF")

    @pytest.mark.parametrize(
        "text", ["", "k", "%", "__", "\x00", "\\", "kranichgeh", "protok", "🦢", "-", '"']
    )
    def test_nothing(self, traeger_a, suggest, text):
        assert suggest(text, traeger_a, scope="all") == {}

    def test_only_what_the_person_may_read(self, traeger_a, traeger_b, suggest, person):
        assert suggest("protok", traeger_a, person("lesen", traeger_a)) == {
            "Seiten": ["Kranichfeld, Protokoll"]
        }
        assert suggest("kranich", traeger_b, scope="all")["Seiten"] == ["Über das Kranichfeld"]
        assert suggest("kranichm", traeger_a, UserFactory(), scope="all") == {"Methoden": ["Kranichmethode"]}

    def test_at_most_six(self, traeger_a, suggest):
        for number in range(8):
            ContentPageFactory(parent=traeger_a.site.root_page, title=f"Kranichpfad {number}")
        assert sum(map(len, suggest("kran", traeger_a).values())) == 6

    def test_no_cache_keeps_what_people_are_told(self, traeger_a, client_for, person):
        response = client_for(person("lesen", traeger_a), traeger_a).get("/suche/vorschlaege/", {"q": "kran"})
        assert "no-store" in response["Cache-Control"]

    def test_constant_number_of_queries(self, traeger_a, suggest, django_assert_num_queries):
        suggest("kran", traeger_a)
        with django_assert_num_queries(5):
            suggest("kran", traeger_a)
