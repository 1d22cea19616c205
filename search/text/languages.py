"""Which language reads a word how."""

from search.text import german, stopwords
from search.text.folding import fold, letters, plain

GERMAN = frozenset({"de", "de-simple"})
STOP_WORDS: dict[str, frozenset[str]] = {
    "de": stopwords.GERMAN,
    "de-simple": stopwords.GERMAN,
    "en": stopwords.ENGLISH,
    "uk": stopwords.UKRAINIAN,
}


def terms_of(
    text: str, language: str, vocabulary: frozenset[str]
) -> tuple[str, tuple[tuple[str, float], ...]] | None:
    """Return the folded word and the terms of `text`, a match of the scanner; None where nothing is left."""
    if language in GERMAN:
        return german.terms(text, vocabulary)
    folded = fold(letters(plain(text)))
    return (folded, ((folded, 1.0),)) if folded else None
