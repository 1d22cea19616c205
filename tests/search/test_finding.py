"""Saving, finding, and what is no longer found."""

import pytest

from home.models import EventIndexPage, NewsIndexPage, OfferIndexPage
from sites.models import Traeger
from tests.factories import (
    AnlaufstellePageFactory,
    ContentPageFactory,
    EventPageFactory,
    InternalPageFactory,
    NewsPageFactory,
    OfferPageFactory,
)
from tests.world import list_page


@pytest.fixture
def offer(traeger_a):
    """An offer with a word that nothing else has."""
    return OfferPageFactory(
        parent=list_page(traeger_a, OfferIndexPage), title="Schuldnerberatung Kranichfeld"
    )


class TestSaveThenSearch:
    def test_a_published_page_is_found_at_once(self, offer, traeger_a, ask):
        assert ask("Kranichfeld", traeger_a).titles == [offer.title]

    def test_inflected_words_are_found(self, offer, traeger_a, ask):
        assert offer.title in ask("Schuldnerberatungen", traeger_a).titles

    @pytest.mark.parametrize("words", ["schuldnerberatung", "SCHULDNERBERATUNG", "  Schuldnerberatung  "])
    def test_capitals_and_spaces_do_not_matter(self, offer, traeger_a, ask, words):
        assert offer.title in ask(words, traeger_a).titles

    def test_the_text_of_the_blocks_counts(self, traeger_a, ask):
        body = [("heading", "Öffnung"), ("text", "<p>Der Bauwagen steht am <b>Zoopark</b>.</p>")]
        page = ContentPageFactory(parent=traeger_a.site.root_page, body=body)
        assert ask("Bauwagen Zoopark", traeger_a).titles == [page.title]

    def test_a_changed_page_is_found_by_its_new_words_only(self, offer, traeger_a, ask):
        offer.title = "Mietberatung Neustadt"
        offer.save_revision().publish()
        assert ask("Neustadt", traeger_a).titles == ["Mietberatung Neustadt"]
        assert ask("Kranichfeld", traeger_a).titles == []

    def test_changes_that_are_not_published_are_not_found(self, offer, traeger_a, ask):
        offer.title = "Mietberatung Neustadt"
        offer.save_revision()
        assert ask("Neustadt", traeger_a).titles == []


class TestNoLongerFound:
    def test_unpublished(self, offer, traeger_a, ask):
        offer.unpublish()
        assert ask("Kranichfeld", traeger_a).titles == []

    def test_deleted(self, offer, traeger_a, ask):
        offer.delete()
        assert ask("Kranichfeld", traeger_a).titles == []

    def test_a_draft_never_was(self, traeger_a, ask):
        OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), title="Kranichfeld", draft=True)
        assert ask("Kranichfeld", traeger_a).titles == []

    def test_restricted(self, offer, traeger_a, traeger_b, person, ask):
        restriction = offer.view_restrictions.create(restriction_type="groups")
        restriction.groups.set([traeger_a.group("lesen")])
        assert ask("Kranichfeld", traeger_a).titles == []
        assert ask("Kranichfeld", traeger_a, person("lesen", traeger_b)).titles == []
        assert ask("Kranichfeld", traeger_a, person("lesen", traeger_a)).titles == [offer.title]

    def test_moved_below_an_internal_page(self, traeger_a, person, ask):
        page = ContentPageFactory(parent=traeger_a.site.root_page, title="Kranichfeld")
        internal = InternalPageFactory(parent=traeger_a.site.root_page)
        page.move(internal, pos="last-child")
        assert ask("Kranichfeld", traeger_a).titles == []
        assert ask("Kranichfeld", traeger_a, person("lesen", traeger_a)).titles == ["Kranichfeld"]

    def test_past_events(self, traeger_a, ask):
        calendar = list_page(traeger_a, EventIndexPage)
        EventPageFactory(parent=calendar, title="Hoffest im Mai", past=True)
        EventPageFactory(parent=calendar, title="Hoffest nächste Woche")
        EventPageFactory(parent=calendar, title="Hoffest jede Woche", past=True, weekly=True)
        answer = ask("Hoffest", traeger_a)
        assert sorted(answer.titles) == ["Hoffest jede Woche", "Hoffest nächste Woche"]
        assert answer.counts == {"event": 2}


class TestScope:
    @pytest.fixture(autouse=True)
    def pages(self, traeger_a, traeger_b):
        for traeger, title in ((traeger_a, "Kranichfeld A"), (traeger_b, "Kranichfeld B")):
            ContentPageFactory(parent=traeger.site.root_page, title=title)

    def test_a_traegers_site_looks_at_home_first(self, traeger_a, ask):
        assert ask("Kranichfeld", traeger_a).titles == ["Kranichfeld A"]

    def test_all_websites(self, traeger_a, ask):
        assert sorted(ask("Kranichfeld", traeger_a, scope="all").titles) == ["Kranichfeld A", "Kranichfeld B"]

    def test_the_portal_and_the_knowledge_base_look_everywhere(self, coordination, knowledge, ask):
        for where in (coordination, knowledge):
            assert len(ask("Kranichfeld", where).titles) == 2

    def test_addresses_lead_to_the_right_host(self, traeger_a, traeger_b, ask):
        answer = ask("Kranichfeld", traeger_a, scope="all")
        urls = {result.page.title: result.url for result in answer.context["results"]}
        assert urls["Kranichfeld A"] == "/kranichfeld-a/"
        assert urls["Kranichfeld B"] == f"{traeger_b.site.root_url}/kranichfeld-b/"

    def test_a_foreign_page_says_whose_it_is(self, traeger_a, traeger_b, ask):
        answer = ask("Kranichfeld", traeger_a, scope="all")
        assert {result.traeger for result in answer.context["results"]} == {
            traeger_a.short_name,
            traeger_b.short_name,
        }


class TestKinds:
    @pytest.fixture(autouse=True)
    def pages(self, traeger_a):
        home = traeger_a.site.root_page
        OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), title="Kranichfeld Angebot")
        NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Kranichfeld Neues")
        AnlaufstellePageFactory(parent=home, title="Kranichfeld Büro", street="Beispielweg 5")
        ContentPageFactory(parent=home, title="Kranichfeld Text")
        InternalPageFactory(parent=home, title="Kranichfeld Protokoll")

    def test_counts_are_of_what_is_readable(self, traeger_a, person, ask):
        assert ask("Kranichfeld", traeger_a).counts == {"offer": 1, "news": 1, "office": 1, "page": 1}
        answer = ask("Kranichfeld", traeger_a, person("lesen", traeger_a))
        assert answer.counts == {"offer": 1, "news": 1, "office": 1, "page": 2}

    @pytest.mark.parametrize(
        ("kinds", "titles"),
        [
            (["offer"], ["Kranichfeld Angebot"]),
            (["page"], ["Kranichfeld Text"]),
            (["news", "page"], ["Kranichfeld Neues", "Kranichfeld Text"]),
            (["method"], []),
            (
                ["unknown"],
                ["Kranichfeld Angebot", "Kranichfeld Büro", "Kranichfeld Neues", "Kranichfeld Text"],
            ),
        ],
    )
    def test_narrowing(self, traeger_a, ask, kinds, titles):
        answer = ask("Kranichfeld", traeger_a, kind=kinds)
        assert sorted(answer.titles) == titles
        assert answer.hits.total == len(titles)
        assert sum(answer.counts.values()) == 4, "the filter's counts stay, so that others can be chosen"

    def test_an_office_shows_its_address(self, traeger_a, ask):
        assert "Beispielweg 5" in ask("Kranichfeld", traeger_a, kind="office").html

    def test_all_words_before_some(self, traeger_a, ask):
        answer = ask("Kranichfeld Angebot", traeger_a)
        assert answer.titles[0] == "Kranichfeld Angebot"
        assert not answer.hits.loose
        answer = ask("Kranichfeld Rechtsanwalt", traeger_a)
        assert answer.hits.loose
        assert len(answer.titles) == 4


class TestQueries:
    def test_constant_number(self, world, traeger_a, ask, django_assert_num_queries):
        self._fill(traeger_a)
        ask("Kranichfeld", traeger_a)  # the addresses of the sites are kept in memory after the first visit
        with django_assert_num_queries(10):
            ask("Kranichfeld", traeger_a, scope="all")
        self._fill(traeger_a)
        with django_assert_num_queries(10):
            ask("Kranichfeld", traeger_a, scope="all")

    def _fill(self, traeger: Traeger):
        home, calendar = traeger.site.root_page, list_page(traeger, EventIndexPage)
        number = home.get_children().count()
        office = AnlaufstellePageFactory(parent=home, title=f"Kranichfeld Büro {number}")
        EventPageFactory(parent=calendar, title=f"Kranichfeld Fest {number}", anlaufstelle=office)
        NewsPageFactory(parent=list_page(traeger, NewsIndexPage), title=f"Kranichfeld Neues {number}")
        OfferPageFactory(parent=list_page(traeger, OfferIndexPage), title=f"Kranichfeld Angebot {number}")
