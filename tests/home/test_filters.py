"""Filters of lists: what they offer and how they narrow."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from home.filters import apply_filters, choices_of
from home.models import NewsIndexPage, NewsPage, OfferIndexPage, OfferPage, Topic
from knowledge.models import MethodIndexPage, MethodPage, PartnerIndexPage, PartnerPage
from tests.factories import (
    FormOfSupportFactory,
    MethodPageFactory,
    NewsPageFactory,
    OfferPageFactory,
    PartnerPageFactory,
    SozialraumFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.world import list_page


def narrow(entries, names, query: str):
    """Return (titles of the narrowed entries, states by name)."""
    narrowed, states = apply_filters(entries, names, QueryDict(query))
    return sorted(narrowed.values_list("title", flat=True)), {state.name: state for state in states}


def counts(state) -> dict[str, int]:
    return {option.value: option.count for option in state.options}


@pytest.fixture
def offers(traeger_a):
    """Three offers: two topics, one topic with a target group, nothing at all."""
    debts, housing = TopicFactory(name="Schulden"), TopicFactory(name="Wohnen")
    families = TargetGroupFactory(name="Familien")
    parent = list_page(traeger_a, OfferIndexPage)
    OfferPageFactory(parent=parent, title="Beides", topics=[debts, housing])
    OfferPageFactory(parent=parent, title="Schulden", topics=[debts], target_groups=[families])
    OfferPageFactory(parent=parent, title="Ohne")
    return OfferPage.objects.child_of(parent)


class TestTerms:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", ["Beides", "Ohne", "Schulden"]),
            ("topic=schulden", ["Beides", "Schulden"]),
            ("topic=schulden&topic=wohnen", ["Beides", "Schulden"]),
            ("topic=wohnen&target_group=familien", []),
            ("topic=schulden&target_group=familien", ["Schulden"]),
            ("topic=gibt-es-nicht", ["Beides", "Ohne", "Schulden"]),
            ("topic=%00&topic=%27", ["Beides", "Ohne", "Schulden"]),
        ],
    )
    def test_or_within_and_between(self, offers, query, titles):
        assert narrow(offers, ("topic", "target_group"), query)[0] == titles

    def test_an_entry_with_two_of_the_terms_comes_once(self, offers):
        narrowed, _states = apply_filters(offers, ("topic",), QueryDict("topic=schulden&topic=wohnen"))
        assert len(narrowed) == narrowed.count() == 2

    def test_only_terms_in_use_are_offered_in_the_order_of_the_vocabulary(self, offers):
        TopicFactory(name="Unbenutzt")
        TopicFactory._meta.model.objects.filter(slug="wohnen").update(sort_order=0)
        TopicFactory._meta.model.objects.filter(slug="schulden").update(sort_order=1)
        assert choices_of(offers, ["topic"]) == {
            "topic": [("wohnen", "Wohnen", 1, 0), ("schulden", "Schulden", 2, 0)]
        }

    def test_umlauts_stand_where_people_look_for_them(self, traeger_a):
        topics = [TopicFactory(name=name, slug=name.lower()) for name in ("Zoff", "Ämter", "Arbeit")]
        parent = list_page(traeger_a, OfferIndexPage)
        OfferPageFactory(parent=parent, topics=topics)
        found = choices_of(OfferPage.objects.child_of(parent), ["topic"])["topic"]
        assert [text for _value, text, _count, _level in found] == ["Ämter", "Arbeit", "Zoff"]

    def test_a_word_stands_for_those_that_belong_to_it(self, offers):
        money = TopicFactory(name="Geld")
        Topic.objects.filter(slug="schulden").update(parent=money, sort_order=7)
        Topic.objects.filter(slug="wohnen").update(sort_order=3)
        Topic.objects.filter(pk=money.pk).update(sort_order=4)
        assert choices_of(offers, ["topic"]) == {
            "topic": [("wohnen", "Wohnen", 1, 0), ("geld", "Geld", 2, 0), ("schulden", "Schulden", 2, 1)]
        }
        # Named itself by an entry that has a word below it, too, it counts that entry once.
        OfferPage.objects.get(title="Schulden").topics.add(money)
        titles, states = narrow(offers, ("topic",), "topic=geld")
        assert counts(states["topic"])["geld"] == len(titles) == 2
        assert [option.level for option in states["topic"].options] == [0, 0, 1]

    def test_one_choice_is_no_choice_unless_it_is_in_use(self, offers):
        assert "target_group" not in narrow(offers, ("target_group",), "")[1]
        assert "target_group" in narrow(offers, ("target_group",), "target_group=familien")[1]

    def test_a_choice_can_be_taken_back_and_paging_starts_anew(self, offers):
        _titles, states = narrow(offers, ("topic",), "topic=schulden&page=3")
        urls = {option.value: option.toggle_url for option in states["topic"].options}
        assert urls == {"schulden": "?", "wohnen": "?topic=schulden&topic=wohnen"}

    def test_all_choices_cost_one_query(self, offers, django_assert_num_queries):
        with django_assert_num_queries(1):
            choices_of(offers, ("topic", "target_group", "form_of_support"))

    def test_each_choice_says_how_many_entries_it_leaves(self, offers):
        _titles, states = narrow(offers, ("topic", "target_group"), "")
        assert counts(states["topic"]) == {"schulden": 2, "wohnen": 1}
        # Within one filter any of the choices will do, between filters all must fit.
        _titles, states = narrow(offers, ("topic", "target_group"), "topic=wohnen&target_group=familien")
        assert counts(states["topic"]) == {"schulden": 1, "wohnen": 0}
        assert counts(states["target_group"]) == {"familien": 0}

    def test_where_nothing_is_left_each_filter_says_what_there_is_without_it(
        self, offers, traeger_a, client_for
    ):
        address = list_page(traeger_a, OfferIndexPage).url
        client = client_for(None, traeger_a)
        content = client.get(f"{address}?topic=wohnen&target_group=familien&page=2").content
        links = BeautifulSoup(content, "html.parser").select(".tp-empty a")
        assert [(" ".join(link.text.split()), link["href"]) for link in links] == [
            ("Ohne „Thema: Wohnen“: 1 Eintrag", "?target_group=familien"),
            ("Ohne „Zielgruppe: Familien“: 1 Eintrag", "?topic=wohnen"),
            ("Alle Filter entfernen", "?"),
        ]
        for link in links:
            assert client.get(address + link["href"]).context["entry_count"]

    def test_where_giving_up_one_filter_is_not_enough_there_is_what_each_finds_alone(
        self, offers, traeger_a, client_for
    ):
        visit = FormOfSupportFactory(name="Hausbesuch")
        OfferPageFactory(
            parent=list_page(traeger_a, OfferIndexPage), title="Vierte", forms_of_support=[visit]
        )
        query = "?topic=wohnen&target_group=familien&form_of_support=hausbesuch"
        response = client_for(None, traeger_a).get(list_page(traeger_a, OfferIndexPage).url + query)
        links = BeautifulSoup(response.content, "html.parser").select(".tp-empty a")
        assert [(" ".join(link.text.split()), link["href"]) for link in links] == [
            ("Nur „Thema: Wohnen“: 1 Eintrag", "?topic=wohnen"),
            ("Nur „Zielgruppe: Familien“: 1 Eintrag", "?target_group=familien"),
            ("Nur „Form der Hilfe: Hausbesuch“: 1 Eintrag", "?form_of_support=hausbesuch"),
            ("Alle Filter entfernen", "?"),
        ]


class TestSozialraum:
    """A method or partner without a Sozialraum is there for everybody."""

    @pytest.mark.parametrize(
        ("index", "factory", "model"),
        [
            (MethodIndexPage, MethodPageFactory, MethodPage),
            (PartnerIndexPage, PartnerPageFactory, PartnerPage),
        ],
    )
    def test_everywhere_is_found_by_every_filter(self, knowledge, index, factory, model):
        rieth, berg = SozialraumFactory(name="Rieth"), SozialraumFactory(name="Roter Berg")
        parent = list_page(knowledge, index)
        factory(parent=parent, title="Überall")
        factory(parent=parent, title="Im Rieth", sozialraeume=[rieth])
        factory(parent=parent, title="In beiden", sozialraeume=[rieth, berg])
        entries = model.objects.child_of(parent)
        assert narrow(entries, ("sozialraum",), "sozialraum=rieth")[0] == ["Im Rieth", "In beiden", "Überall"]
        assert narrow(entries, ("sozialraum",), "sozialraum=roter-berg")[0] == ["In beiden", "Überall"]
        for query in ("", "sozialraum=rieth"):
            _titles, states = narrow(entries, ("sozialraum",), query)
            assert counts(states["sozialraum"]) == {"rieth": 3, "roter-berg": 2}


class TestPlainFields:
    def test_kind_of_partner(self, knowledge):
        parent = list_page(knowledge, PartnerIndexPage)
        for title, kind in (("A", "Wohnungsunternehmen"), ("B", "Ämter"), ("C", "")):
            PartnerPageFactory(parent=parent, title=title, kind=kind)
        titles, states = narrow(PartnerPage.objects.child_of(parent), ("kind",), "kind=%C3%84mter")
        assert titles == ["B"]
        assert [option.label for option in states["kind"].options] == ["Ämter", "Wohnungsunternehmen"]

    @pytest.mark.parametrize("query", ["year=2025", "year=2025&year=abc", "year=2025&year=-1"])
    def test_year_newest_first(self, traeger_a, query):
        parent = list_page(traeger_a, NewsIndexPage)
        for year in (2024, 2025, 2026):
            NewsPageFactory(parent=parent, title=str(year), date=date(year, 5, 1))
        titles, states = narrow(NewsPage.objects.child_of(parent), ("year",), query)
        assert titles == ["2025"]
        assert [option.value for option in states["year"].options] == ["2026", "2025", "2024"]
