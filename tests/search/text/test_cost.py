"""What reading text costs."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest

from search.text import tokens
from tests.waiting import own_time

TEXT = """Die Schuldnerberatung hilft Mieter:innen am Roten Berg, wenn eine Räumungsklage droht. Wer
Bürgergeld (SGB II) bezieht, bekommt kostenlos einen Termin: Tel. 0361/12 34 56, montags 9–12 Uhr. Auch die
Eltern-Kind-Gruppe und das Sprachcafé sind barrierefrei; Dolmetscher*innen kommen mit. """


def test_words_are_analysed_once():
    tokens(TEXT, "de")

    with patch("search.text.tokens.terms_of") as analyse, patch("search.text.numbers.digits") as read_digits:
        found = tokens(TEXT * 60, "de")

    assert len(found) > 2_000
    assert not analyse.called
    assert not read_digits.called


def test_nothing_heavy_is_imported_before_it_is_needed():
    code = "import sys, search.text; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not {"simplemma", "snowballstemmer", "django"} & set(loaded)


def test_threads_read_alike():
    texts = [f"{TEXT} Nummer{number} Beratung{number}" for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: tokens(text, "de"), texts))

    assert found == [tokens(text, "de") for text in texts]


HOSTILE = ["a", "a-", "a.", "a'", "0 ", "12/", "+0", "(", "\u0301", "ä-\n", "schulden", "Ich:innen", "e. "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_document_is_read_in_linear_time(piece):
    tokens("Kurs", "de")
    text = piece * 40_000

    with own_time() as spent:
        found = tokens(text, "de")

    # A tenth of a second; what grows with the square of the length takes minutes.
    assert spent() < 3
    assert all(len(term) <= 200 for token in found for term, _ in token.terms)
