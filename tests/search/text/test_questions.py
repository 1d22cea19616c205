"""What a typed question means."""

import pytest

from search.text import question
from tests.waiting import own_time


def words(text: str, language: str = "de") -> list[str]:
    return [token.word for token in question(text, language).words]


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("de", "Wo finde ich Hilfe bei Schulden?", ["hilfe", "schulden"]),
        ("de", "Was bedeutet Bürgergeld?", ["burgergeld"]),
        ("en", "Where can I get help with debts?", ["debts"]),
        ("uk", "де знайти допомогу з переїздом", ["допомогу", "переїздом"]),
        ("ar", "أين أجد السكن", ["السكن"]),
    ],
)
def test_question_words_are_left_out(language, text, left):
    assert words(text, language) == left


def test_question_words_stay_where_nothing_else_is_left():
    assert words("Wer ist wer?") == ["wer", "ist"]


@pytest.mark.parametrize("quotes", ['""', "„“", "„”", "“”", "»«", "«»", "‹›", "›‹"])
def test_a_phrase_stands_in_any_quotation_marks(quotes):
    asked = question(f"Kurs {quotes[0]}Hilfe bei Schulden{quotes[1]}", "de")

    assert asked.phrases == (("hilf", "bei", "schuld"),)
    assert [token.word for token in asked.words] == ["kurs", "hilfe", "schulden"]


def test_one_quoted_word_is_a_word():
    assert question('"Schulden"', "de").phrases == ()
    assert words('"Schulden') == ["schulden"]


def test_a_word_with_minus_is_excluded():
    asked = question("Beratung -Schulden –Miete", "de")

    assert [token.word for token in asked.words] == ["beratung"]
    assert asked.excluded == ("schuld", "miet")


@pytest.mark.parametrize("text", ["Eltern-Kind", "Eltern - Kind", "Eltern -"])
def test_a_hyphen_excludes_nothing(text):
    assert question(text, "de").excluded == ()


def test_words_are_asked_for_once():
    assert words("Kurs kurs KURS") == ["kurs"]


HOSTILE = [
    "a" * 10_000,
    "ä ö " * 2_500,
    " ".join(f"wort{number}" for number in range(2_000)),
    "\x00" * 10_000,
    "Kurs\x00\u202eeflih\u202c 😀👩‍👩‍👧",
    '"' * 10_000,
    "-" * 10_000,
    "-a " * 3_000,
    '"a b" ' * 1_600,
    "„“" * 5_000,
    "0361 " * 2_000,
    "0" * 10_000,
    "(" * 5_000 + ")" * 5_000,
    "a-" * 5_000,
    "a." * 5_000,
    "a'" * 5_000,
    "\u0301" * 10_000,
    "schulden" * 1_200,
    "\u00ad" * 10_000,
    "Ich:innen" * 1_000,
    "AND OR NOT * ? ~ ^ : \\ / & | ! ( ) { } [ ]",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_question_costs_little(text):
    question("Kurs", "de")  # the dictionary is read once

    with own_time() as spent:
        asked = question(text, "de")

    assert spent() < 0.1
    assert len(asked.words) <= 20
    assert len(asked.phrases) <= 20
    assert len(asked.excluded) <= 20
    # What the index is asked for.
    assert sum(len(word.terms) for word in asked.words) <= 400


def test_bidi_marks_and_emoji_disturb_no_word():
    assert words("\u202bKurs\u202c 😀 \u2067Miete\u2069") == ["kurs", "miete"]
