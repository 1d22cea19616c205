"""What a card shows of a page without a template for its type."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from home.models import NewsIndexPage, OfferIndexPage, OfferPage
from home.shown import shown_values
from tests.factories import (
    AnlaufstellePageFactory,
    NewsPageFactory,
    OfferPageFactory,
    TopicFactory,
)
from tests.world import list_page


@pytest.fixture
def offer(traeger_a):
    return OfferPageFactory(
        parent=list_page(traeger_a, OfferIndexPage),
        anlaufstelle=AnlaufstellePageFactory(parent=traeger_a.site.root_page, title="Büro Nord"),
        when="donnerstags",
        topics=[TopicFactory(name="Schulden")],
    )


def test_values_and_words_in_the_order_of_their_names(offer):
    values, terms = shown_values(offer, ("topics", "when", "place", "anlaufstelle"))
    assert [str(value) for value in values] == ["donnerstags", "Büro Nord"], "the place is empty"
    assert [term.name for term in terms] == ["Schulden"]


def test_a_choice_is_shown_by_its_name(offer):
    offer.illustration = "haeuser"
    ((shown,), _terms) = shown_values(offer, ("illustration",))
    assert shown == offer.get_illustration_display() != "haeuser"


def test_the_card_shows_what_the_type_says(offer, monkeypatch):
    monkeypatch.setattr(OfferPage, "card_fields", ("when", "topics"))
    card = render_to_string("components/card_page.html", {"page_item": offer})
    assert "donnerstags" in card
    assert "Schulden" in card
    assert "Büro Nord" not in card


def test_a_date_is_written_as_people_write_it(traeger_a):
    news = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), date=date(2026, 3, 9))
    assert "9. März 2026" in render_to_string("components/card_page.html", {"page_item": news})
