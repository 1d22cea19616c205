"""Excerpts: why a page was found, never more than its own text, never markup of somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.models import EventIndexPage, OfferIndexPage, Verification
from knowledge.models import MethodIndexPage
from search.excerpts import excerpt as excerpt_of
from search.text import tokens
from tests.factories import (
    ContentPageFactory,
    EventPageFactory,
    MethodPageFactory,
    OfferPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.world import list_page


@pytest.fixture
def excerpt(traeger_a, ask):
    """`excerpt(words, **fields)` → (title, excerpt) as HTML of a page with these fields."""

    def make(words, **fields):
        ContentPageFactory(parent=traeger_a.site.root_page, **fields)
        (result,) = ask(words, traeger_a).context["results"]
        return result.title, result.excerpt

    return make


def test_inflected_words_are_marked_in_title_and_text(excerpt):
    title, text = excerpt("Briefe", title="Der Brief vom Amt", summary="Wir lesen Ihre Briefe mit Ihnen.")
    assert title == "Der <mark>Brief</mark> vom Amt"
    assert text == "Wir lesen Ihre <mark>Briefe</mark> mit Ihnen."


def test_a_long_text_is_cut_where_the_word_is(excerpt):
    filler = "Hier steht ein Satz von vielen. " * 40
    _title, text = excerpt(
        "Bauwagen", title="Lang", body=[("text", f"<p>{filler} Der Bauwagen. {filler}</p>")]
    )
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "<mark>Bauwagen</mark>" in text
    assert len(text) < 500


def test_found_by_the_title_only(excerpt):
    title, text = excerpt("Kranichfeld", title="Kranichfeld", summary="Ein ganz anderer Satz.")
    assert title == "<mark>Kranichfeld</mark>"
    assert text == "Ein ganz anderer Satz."


def test_blocks_are_not_glued_with_commas(excerpt):
    body = [
        ("heading", "Vögel"),
        ("text", "<p>Erster Satz.</p>"),
        ("text", "<p>Zweiter Kranich.</p>"),
        ("contact", {"title": "Beispiel"}),
    ]
    _title, text = excerpt("Kranich", title="Blöcke", summary="", body=body)
    assert text == "Vögel · Erster Satz. Zweiter <mark>Kranich</mark>. Beispiel"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</mark><svg/onload=alert(1)>",
        "&lt;b&gt;",
    ],
)
def test_markup_of_editors_and_visitors_stays_text(traeger_a, ask, attack):
    ContentPageFactory(
        parent=traeger_a.site.root_page,
        title=f"Kranich {attack}",
        slug="kranich",
        summary=f"Kranich {attack}",
    )
    answer = ask(f"Kranich {attack}", traeger_a)
    assert answer.titles == [f"Kranich {attack}"]
    for evil in ("<script>alert", "<img src=x", "<svg/onload"):
        assert evil not in answer.html
    (result,) = answer.context["results"]
    assert "<" not in (result.title + result.excerpt).replace("<mark>", "").replace("</mark>", "")


@given(st.lists(st.sampled_from(["<", ">", "&", '"', "Kranich", " ", "."]), max_size=30).map("".join))
def test_any_text_is_balanced_and_escaped(text):
    html = excerpt_of(text, "de", frozenset(term for term, _weight in tokens("Kranich", "de")[0].terms))
    assert html.count("<mark>") == html.count("</mark>") == html.count("<") / 2
    rest = html.replace("<mark>", "").replace("</mark>", "").strip("… ")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        rest = rest.replace(entity, character)
    assert rest in text


class TestWhatElseIsShown:
    def test_dates_and_place_of_an_event(self, traeger_a, ask):
        event = EventPageFactory(
            parent=list_page(traeger_a, EventIndexPage),
            title="Kranichfest",
            place="Hof am Rieth",
            weekly=True,
        )
        html = ask("Kranichfest", traeger_a).html
        assert "Hof am Rieth" in html
        assert f'datetime="{event.next_start.date().isoformat()}' in html

    def test_when_a_method_was_checked(self, knowledge, ask):
        method = MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), title="Kranichmethode")
        Verification.objects.create(page_id=method.pk, verified_until="2027-03-05")
        assert "5. März 2027" in ask("Kranichmethode", knowledge, UserFactory()).html

    def test_the_words_stay_in_the_form_and_the_filter_stays_in_the_paging(self, traeger_a, ask):
        for _number in range(11):
            OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), summary="Kranich & Co")
        html = ask("Kranich & Co", traeger_a, kind="offer").html
        assert 'value="Kranich &amp; Co"' in html
        assert 'href="?q=Kranich+%26+Co&amp;scope=site&amp;kind=offer&amp;page=2"' in html

    def test_help_without_hits(self, traeger_a, ask):
        html = ask("Xylophonorchester", traeger_a).html
        assert "Xylophonorchester" in html
        assert "?q=Xylophonorchester&amp;scope=all" in html, "the way to all websites"
        assert 'href="/angebote/"' in html, "the way on through the menu"


def test_they_are_made_of_prose_and_not_of_words_of_the_vocabulary(traeger_a, ask):
    """A hit by its topic alone shows what the page says."""
    OfferPageFactory(
        parent=list_page(traeger_a, OfferIndexPage),
        title="Sprechstunde",
        summary="Wir hören zu.",
        topics=[TopicFactory(name="Kranichkunde"), TopicFactory(name="Storchenpflege")],
    )
    (result,) = ask("Kranichkunde", traeger_a).context["results"]
    assert result.excerpt.startswith("Wir hören zu.")
    assert "Storchenpflege" not in result.excerpt
