"""The nearest known word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import closest, damerau_levenshtein


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("kurs", "kurs", 0), ("kurs", "kusr", 1), ("kurs", "kur", 1), ("kita", "kiste", 2)],
)
def test_slips_are_counted(one, other, distance):
    assert damerau_levenshtein(one, other, 3) == distance


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_counting_stops_at_the_limit(one, other, at_most):
    assert damerau_levenshtein(one, other, at_most) == min(damerau_levenshtein(one, other, 20), at_most + 1)
    assert damerau_levenshtein(one, other, at_most) == damerau_levenshtein(other, one, at_most)


@pytest.mark.parametrize(
    ("word", "candidates", "found"),
    [
        ("wohngelt", ["wohnung", "wohngeld"], "wohngeld"),
        ("insolvens", ["insolvenz"], "insolvenz"),
        ("sgb", ["sgd"], None),
        ("miete", ["mitte", "meute"], "mitte"),
        ("kurse", ["burse", "kurve"], "kurve"),
        ("mieten", ["mutter"], None),
        ("schuldnerberatng", ["schuldnerberatung"], "schuldnerberatung"),
        ("schuldnebreatng", ["schuldnerberatung"], None),
        ("kurs", [], None),
        ("", ["kurs"], None),
    ],
)
def test_the_nearest_word_is_found(word, candidates, found):
    assert closest(word, candidates) == found


@given(
    st.one_of(st.text("abc", min_size=4, max_size=7), st.text("abc", min_size=8, max_size=12)),
    st.lists(st.text("abc", min_size=2, max_size=14), min_size=1, max_size=30),
)
def test_no_near_word_is_overlooked(word, candidates):
    at_most = 1 if len(word) < 8 else 2
    near = {
        other: rank
        for other in candidates
        if (rank := (damerau_levenshtein(word, other, at_most), other[0] != word[0]))[0] <= at_most
    }

    found = closest(word, candidates)

    assert found == (min(near, key=lambda other: near[other]) if near else None)
