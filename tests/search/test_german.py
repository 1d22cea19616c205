"""German as people write it, asked of the search page; what counts as the same word: `tests/search/text`."""

import pytest

from tests.factories import ContentPageFactory

TITLE = "Schuldnerberatung für Mieter:innen"
TEXT = (
    "Hilfe bei Mietrückständen, Eltern/Kind-Gruppe, ALG II/Wohngeld, Telefon (0361) 123 45 67."
    " Straße am Café."
)

FOUND = [
    *("Schuldnerberatung", "Schuldnerberatungen", "Beratung", "Schuldner", "Beratung für Schuldner"),
    *("Mieter", "Mieterinnen", "Mieter*innen", "MieterInnen", "Mieter_innen"),
    *("Mietrückstand", "Mietrueckstand", "Mietruckstand", "mietrückstände"),
    *("Eltern", "Kind", "Eltern-Kind-Gruppe", "Wohngeld", "ALG II"),
    *("0361 1234567", "+49 361 1234567", "Strasse", "STRASSE", "Cafe", "Cafés"),
    *("Schuldnerberatng", "Schuldenrberatung", "Wohngelt"),
    *('"Hilfe bei Mietrückständen"', "Beratung -Ausweis", "wo bekomme ich Wohngeld?"),
]
NOT_FOUND = ["Rechtsanwalt", '"Hilfe Mietrückständen bei"', "Beratung -Wohngeld", "Bürgermeister"]


@pytest.fixture
def page(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page, title=TITLE, slug="beratung", summary=TEXT)


@pytest.mark.parametrize("words", FOUND)
def test_found(words, page, traeger_a, ask):
    assert ask(words, traeger_a).titles[:1] == [TITLE]


@pytest.mark.parametrize("words", NOT_FOUND)
def test_not_found(words, page, traeger_a, ask):
    assert TITLE not in ask(words, traeger_a).titles


def test_a_mistyped_word_is_said(page, traeger_a, ask):
    answer = ask("Wohngelt Beratung", traeger_a)
    assert answer.hits.mistyped == ("Wohngelt",)
    assert "„Wohngelt“ kommt nirgends vor." in answer.html


def test_parts_and_inflections_are_marked(page, traeger_a, ask):
    result = ask("Beratung Cafés", traeger_a).context["results"][0]
    assert result.title == "<mark>Schuldnerberatung</mark> für Mieter:innen"
    assert "<mark>Café</mark>" in result.excerpt
