"""Texts and questions are read alike, whatever stands between words or inside of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import question, tokens
from search.text.folding import fold

WORDS = st.sampled_from(
    [
        "Eltern",
        "Kind",
        "Wohngeld",
        "Schuldnerberatung",
        "Räumung",
        "Straße",
        "Kurse",
        "café",
        "SGB",
        "ALG",
        "übt",
    ]
)
APART = " \n\t\u00a0\u2003/|,;.!?+&=()[]{}<>\\#%§…–—→\x00\x07\u2028\u2029・"
BETWEEN = st.text(st.sampled_from([c for c in APART if c not in "–・"]), min_size=1, max_size=3)
UNSEEN = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\ufeff\ufe0f\u061c")


def terms(text: str, language: str = "de") -> list[tuple[tuple[str, float], ...]]:
    return [token.terms for token in tokens(text, language)]


@given(WORDS, WORDS, BETWEEN)
def test_what_stands_between_words_says_nothing(one, other, between):
    assert terms(one + between + other) == terms(f"{one} {other}")


@given(WORDS, UNSEEN, st.data())
def test_what_nobody_sees_says_nothing(word, unseen, data):
    at = data.draw(st.integers(1, len(word)))

    assert terms(word[:at] + unseen + word[at:]) == terms(word)


@given(WORDS, WORDS, st.sampled_from("-‐‑·•‧"))
def test_hyphens_and_mediopoints_join_alike(one, other, joint):
    assert terms(one + joint + other) == terms(f"{one}-{other}")


@given(WORDS, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_unicode_forms_are_alike(word, form):
    assert terms(unicodedata.normalize(form, word)) == terms(word)


@given(WORDS)
def test_case_says_nothing(word):
    assert terms(word.upper()) == terms(word.lower()) == terms(word.capitalize()) == terms(word)


@given(WORDS)
def test_umlauts_may_be_written_out(word):
    spelt = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")

    assert terms(spelt) == terms(word)


@given(st.text(max_size=60), st.sampled_from(["de", "de-simple", "en", "uk", "ar", "fa", "xx"]))
def test_any_text_is_read(text, language):
    for token in tokens(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert token.word
        assert token.terms[0][1] == 1
        assert len(dict(token.terms)) == len(token.terms)
        for term, weight in token.terms:
            assert term
            assert 0 < weight <= 1
            assert len(term.encode()) < 1_000  # PostgreSQL takes no longer ones
            # They are held in a whitespace-analysed field, and by a database that takes no NUL.
            assert not any(c.isspace() or not c.isprintable() for c in term)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    once = fold(text.lower())

    assert fold(once) == once


@given(st.text(st.characters(categories=["L", "Nd", "Zs"]), max_size=60))
def test_questions_are_read_like_texts(text):
    asked = {token.word: token.terms for token in question(text, "en").words}
    read = {token.word: token.terms for token in tokens(text, "en")}

    assert asked.items() <= read.items()


def test_a_token_says_where_it_stands():
    text = "Für Eltern-\u00adKind: SGB II (Café)."

    assert [text[token.start : token.end] for token in tokens(text, "de")] == [
        "Für",
        "Eltern-\u00adKind",
        "SGB II",
        "Café",
    ]


@pytest.mark.parametrize("text", ["9-12", "9–12 Uhr", "9:00 – 12:00", "24.12.2026", "über 9", "bis 12"])
def test_ranges_and_dates_are_numbers(text):
    assert {token.word for token in tokens(text, "de")} <= {
        "9",
        "12",
        "uhr",
        "00",
        "24",
        "2026",
        "uber",
        "bis",
    }
