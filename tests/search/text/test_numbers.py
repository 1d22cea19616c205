"""Telephone numbers are found however they are written."""

import pytest

from search.text import question, tokens

WRITTEN = [
    "0361/123456",
    "0361 123456",
    "0361 12 34 56",
    "(0361) 12 34 56",
    "(03 61) 12 34 56",
    "03 61 / 12 34 56",
    "0361-123456",
    "0361.123456",
    "+49 361 123456",
    "+49 (0)361 123456",
    "+49(0)361-12 34 56",
    "0049 361 123456",
    "0049 (0) 361 / 123456",
    "0361\u00a0123\u00a0456",
    "0361123456",
    "+49361123456",
    "03\u00ad61 123456",
]


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("text", ["{}", "Tel. {}, Fax 0", "Telefon: {}.", "Tel.{}", "Ruf {} an"])
def test_a_number_has_one_term(written, text):
    assert "0361123456" in {token.terms[0][0] for token in tokens(text.format(written), "de")}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("asked", ["123456", "12 34 56", "123-456", "12-34-56"])
def test_a_number_is_found_without_its_area_code(written, asked):
    [token] = question(asked, "de").words

    assert token.terms[0][0] in {term for found in tokens(written, "de") for term, _ in found.terms}


def test_a_number_is_found_without_its_extension():
    assert {"1234567", "12345"} <= {
        term for token in tokens("0361 12345-67", "de") for term, _ in token.terms
    }


def test_numbers_beside_each_other_stay_two():
    found = [token.terms[0][0] for token in tokens("0361 123456, 0171 1234567", "de")]

    assert found == ["0361123456", "01711234567"]


def test_a_foreign_number_keeps_its_country():
    assert tokens("+43 1 1234567", "de")[0].word == "004311234567"


@pytest.mark.parametrize(
    "text", ["08.30-12.00", "08:30 - 12:00", "01.02.2026", "01067 Dresden", "0,5", "2026"]
)
def test_times_and_dates_are_no_telephone_numbers(text):
    assert all(len(token.word) <= 7 for token in tokens(text, "de"))
