"""What one vector stands for."""

import pytest

from search.meaning.passages import LENGTH, LONGEST, MOST, texts_of

SENTENCE = "Wir helfen beim Umzug und bei allem, was dazu gehört."
PIECES = {
    "nothing": ("", []),
    "a line": ("Wir helfen.", ["Wir helfen."]),
    "lines belong together": ("Wir helfen\n\n beim  Umzug.", ["Wir helfen beim Umzug."]),
    "a list without any mark": ("\n".join(["Umzug"] * 60), ["Umzug " * 49 + "Umzug", "Umzug " * 9 + "Umzug"]),
    "as many sentences as there is room for": (
        " ".join([SENTENCE] * 7),
        [" ".join([SENTENCE] * 5), " ".join([SENTENCE] * 2)],
    ),
    "a question in Arabic": ("هل تحتاج إلى مساعدة؟ " * 20, None),
    "one word without an end": ("x" * 2_000, ["x" * LONGEST] * 3 + ["x" * (2_000 - 3 * LONGEST)]),
}


@pytest.mark.parametrize(("text", "pieces"), PIECES.values(), ids=PIECES)
def test_pieces(text, pieces):
    title, whole, *found = texts_of("Umzugshilfe", text)
    assert (title, whole) == ("Umzugshilfe", "")
    if pieces is not None:
        assert found == pieces
    assert "".join("".join(found).split()) == "".join(text.split()), "nothing is lost"
    assert all(0 < len(piece) <= max(LENGTH, LONGEST) for piece in found)


def test_of_a_book_the_beginning():
    assert len(texts_of("Buch", " ".join([SENTENCE] * 1_000))) == 2 + MOST
