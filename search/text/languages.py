"""Which language reads a word how."""

from collections.abc import Callable

from search.text import german, others, stopwords
from search.text.folding import fold, letters, plain
from search.text.scanning import joints

GERMAN = frozenset({"de", "de-simple"})
STOP_WORDS: dict[str, frozenset[str]] = {
    "de": stopwords.GERMAN,
    "de-simple": stopwords.GERMAN,
    "en": stopwords.ENGLISH,
    "uk": stopwords.UKRAINIAN,
    "ar": stopwords.ARABIC,
}
_STEMMERS: dict[str, Callable[[str], str]] = {
    "en": others.english,
    "uk": others.ukrainian,
    "ar": others.arabic,
}
# Where other letters are used, words in Latin ones are German: Jobcenter, Wohngeld, the names of streets.
_OTHER_LETTERS = frozenset({"uk", "ar"})


def terms_of(
    text: str, language: str, vocabulary: frozenset[str]
) -> tuple[str, tuple[tuple[str, float], ...]] | None:
    """Return the folded word and the terms of `text`, a match of the scanner; None where nothing is left."""
    text = plain(text)
    if language in GERMAN or (language in _OTHER_LETTERS and fold(letters(text)).isascii()):
        return german.terms(text, vocabulary)
    stem = _STEMMERS.get(language, fold)
    parts = [letters(part) for part in joints(text)]
    parts = [part for part in parts if fold(part)]
    if not parts:
        return None
    word = "".join(parts)
    terms = {stem(word): 1.0}
    if len(parts) > 1:
        for part in parts:
            terms.setdefault(stem(part), german.PART)
    return fold(word), tuple(terms.items())
