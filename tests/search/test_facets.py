"""Narrowing hits down: what can be chosen, how many hits it leaves, and that nothing hidden is counted."""

from datetime import date

import pytest

from home.models import NewsIndexPage, OfferIndexPage
from knowledge.models import MethodIndexPage
from search.own import own_facets
from tests.factories import (
    AnlaufstellePageFactory,
    InternalPageFactory,
    MethodPageFactory,
    NewsPageFactory,
    OfferPageFactory,
    SozialraumFactory,
    TopicFactory,
    UserFactory,
)
from tests.indexing import drain
from tests.world import list_page


@pytest.fixture
def terms(db):
    return {
        "debts": TopicFactory(name="Schulden", slug="schulden"),
        "housing": TopicFactory(name="Wohnen", slug="wohnen"),
        "rieth": SozialraumFactory(name="Rieth", slug="rieth"),
        "berg": SozialraumFactory(name="Roter Berg", slug="roter-berg"),
    }


@pytest.fixture
def pages(traeger_a, traeger_b, knowledge, terms):
    """Offers of both Träger, and methods of the knowledge base: one for Rieth, one for everywhere."""
    for traeger, topics in (
        (traeger_a, ["debts"]),
        (traeger_a, ["debts", "housing"]),
        (traeger_b, ["housing"]),
    ):
        OfferPageFactory(
            parent=list_page(traeger, OfferIndexPage),
            title=f"Kranich {traeger.short_name} {len(topics)}",
            topics=[terms[name] for name in topics],
        )
    methods = list_page(knowledge, MethodIndexPage)
    MethodPageFactory(parent=methods, title="Kranich Rieth", sozialraeume=[terms["rieth"]])
    MethodPageFactory(parent=methods, title="Kranich überall")


def counts(answer, name: str) -> dict[str, int]:
    return {
        option.value: option.count
        for state in answer.context["filters"]
        if state.name == name
        for option in state.options
    }


@pytest.mark.usefixtures("pages")
class TestCounts:
    def test_what_each_choice_leaves(self, traeger_a, ask):
        answer = ask("Kranich", traeger_a, scope="all")
        assert counts(answer, "topic") == {"schulden": 2, "wohnen": 2}
        assert counts(answer, "traeger") == {traeger_a.slug: 2, "beispiel-sued": 1}

    def test_a_word_stands_for_those_that_belong_to_it(self, traeger_a, ask, terms):
        terms["debts"].parent = TopicFactory(name="Geld", slug="geld", sort_order=1)
        terms["debts"].save()
        drain()
        answer = ask("Kranich", traeger_a, scope="all", topic="geld")
        assert answer.hits.total == 2
        assert counts(answer, "topic") == {"geld": 2, "schulden": 2, "wohnen": 2}
        [topics] = [state for state in answer.context["filters"] if state.name == "topic"]
        levels = [(option.value, option.level) for option in topics.options]
        assert levels == [("wohnen", 0), ("geld", 0), ("schulden", 1)]

    def test_together_with_the_other_choices(self, traeger_a, ask):
        answer = ask("Kranich", traeger_a, scope="all", topic="schulden", traeger=traeger_a.slug)
        assert answer.hits.total == 2
        assert counts(answer, "topic") == {"schulden": 2, "wohnen": 1}, "whatever topic is chosen"
        assert counts(answer, "traeger") == {traeger_a.slug: 2}, "of those with the topic"

    def test_values_of_one_facet_add_up(self, traeger_a, ask):
        assert ask("Kranich", traeger_a, scope="all", topic=["schulden", "wohnen"]).hits.total == 3

    def test_what_is_for_everywhere_is_for_each_sozialraum(self, knowledge, ask, person):
        answer = ask("Kranich", knowledge, UserFactory(), sozialraum="rieth")
        assert sorted(answer.titles) == ["Kranich Rieth", "Kranich überall"]
        assert counts(answer, "sozialraum") == {"rieth": 2}

    def test_a_choice_that_leaves_nothing_can_be_taken_back(self, traeger_a, ask):
        answer = ask("Kranich", traeger_a, topic="schulden", kind="news")
        assert answer.hits.total == 0
        assert answer.hits.unchosen == 2
        assert counts(answer, "kind") == {"news": 0, "offer": 2}

    @pytest.mark.parametrize("value", ["gibt-es-nicht", "", "'; --", "schulden:wohnen", "*"])
    @pytest.mark.parametrize("facet", ["topic", "traeger", "kind", "sozialraum"])
    def test_unknown_values_narrow_nothing(self, traeger_a, ask, facet, value):
        assert ask("Kranich", traeger_a, scope="all", **{facet: value}).hits.total == 3

    def test_methods_are_counted_for_staff_only(self, traeger_a, ask):
        assert "method" not in counts(ask("Kranich", traeger_a, scope="all"), "kind")
        assert counts(ask("Kranich", traeger_a, UserFactory(), scope="all"), "kind")["method"] == 2


def test_languages_that_are_spoken(traeger_a, ask):
    for title, languages in (("Kranich 1", ["ar", "de"]), ("Kranich 2", ["uk", "de"])):
        AnlaufstellePageFactory(parent=traeger_a.site.root_page, title=title, languages=languages)
    answer = ask("Kranich", traeger_a)
    assert counts(answer, "language") == {"de": 2, "ar": 1, "uk": 1}
    assert ask("Kranich", traeger_a, language="ar").titles == ["Kranich 1"]


class TestOwn:
    def test_the_own_traeger_and_the_sozialraeume_of_its_offices(self, traeger_a, terms, person, knowledge):
        AnlaufstellePageFactory(parent=traeger_a.site.root_page, sozialraum=terms["rieth"])
        AnlaufstellePageFactory(parent=traeger_a.site.root_page, sozialraum=terms["rieth"])
        expected = {f"traeger:{traeger_a.folder.path}", "sozialraum:rieth"}
        assert set(own_facets(person("lesen", traeger_a))) == expected
        assert own_facets(person("leitung", knowledge)) == ()
        assert own_facets(UserFactory(admin=True)) == ()

    @pytest.mark.usefixtures("pages")
    def test_it_comes_first_among_equals(self, traeger_a, traeger_b, coordination, person, ask, terms):
        for traeger in (traeger_a, traeger_b):
            OfferPageFactory(parent=list_page(traeger, OfferIndexPage), title="Storch")
        for traeger in (traeger_a, traeger_b):
            answer = ask("Storch", coordination, person("lesen", traeger))
            assert answer.context["results"][0].traeger == traeger.short_name


@pytest.mark.usefixtures("pages")
class TestOrder:
    def test_the_newest_first(self, traeger_a, ask):
        for day, title in (
            (1, "Kranich Kranich"),
            (3, "Alles über den Kranich im Stadtpark"),
            (2, "Ein Kranich"),
        ):
            NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title=title, date=date(2026, 3, day))
        best = ask("Kranich", traeger_a, kind="news")
        assert best.titles[0] == "Kranich Kranich"
        newest = ask("Kranich", traeger_a, kind="news", order="date")
        assert newest.titles == ["Alles über den Kranich im Stadtpark", "Ein Kranich", "Kranich Kranich"]
        assert "order=date" in newest.context["filters"][0].options[0].toggle_url


class TestElsewhere:
    def test_where_one_site_has_nothing_the_others_answer(self, traeger_a, traeger_b, ask, pages):
        OfferPageFactory(parent=list_page(traeger_b, OfferIndexPage), title="Storchenwiese")
        InternalPageFactory(parent=traeger_b.site.root_page, title="Storchenwiese intern")
        answer = ask("Storchenwiese", traeger_a)
        assert answer.titles == []
        assert [result.page.title for result in answer.context["results_elsewhere"]] == ["Storchenwiese"]
        assert ask("Kranich", traeger_a).context.get("results_elsewhere") is None
