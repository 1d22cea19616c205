"""Texts to tokens: what a document is looked up by."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.text import numbers, scanning
from search.text.folding import fold
from search.text.german import last_part
from search.text.languages import GERMAN, STOP_WORDS, terms_of

NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, or what is looked up like one.

    `start`, `end`: its place in the original text, in characters.
    `word`: the whole word, normalised and folded, for spelling correction and suggestions.
    `terms`: what it is looked up by, each with its weight; the first, of weight 1, is the whole word's stem.
    """

    start: int
    end: int
    word: str
    terms: tuple[tuple[str, float], ...]


# Longer ones are no words; no term gets longer than what PostgreSQL takes.
_LONGEST = 100


@lru_cache(maxsize=32_768)
def _analysed(
    text: str, language: str, vocabulary: frozenset[str]
) -> tuple[str, tuple[tuple[str, float], ...]] | None:
    return terms_of(text, language, vocabulary)


@lru_cache(maxsize=4_096)
def _digits(text: str) -> tuple[tuple[str, float], ...]:
    return numbers.digits(text)


def _with_meant(
    terms: tuple[tuple[str, float], ...], text: str, full: str, vocabulary: frozenset[str]
) -> tuple[tuple[str, float], ...]:
    """Add what is meant by `text` before `full`: Schuldnerberatung in "Schuldner- und Insolvenzberatung"."""
    last = last_part(full, vocabulary)
    analysed = last and _analysed(text + last, "de", vocabulary)
    if not analysed:
        return terms
    known = {term for term, _ in terms}
    return (*terms, *((term, weight) for term, weight in analysed[1] if term not in known))


def read(text: str, language: str, vocabulary: frozenset[str] = NO_WORDS) -> Iterator[Token]:
    """Yield the tokens of `text` one after the other: who needs only the first ones can stop."""
    german = language in GERMAN
    stop_words = STOP_WORDS.get(language, NO_WORDS)
    for match in scanning.scan(text, german):
        start, end = match.span()
        if match["digits"]:
            terms = _digits(match["digits"])
            if terms:
                yield Token(start, end, terms[0][0], terms)
                continue
        # A number belongs to the word before it, unless that is "bis" or "ab".
        elif not german or not match["number"] or fold(match["before"].lower()) not in stop_words:
            analysed = _analysed(text[start : min(end, start + _LONGEST)], language, vocabulary)
            if analysed:
                word, terms = analysed
                if german and (meant := scanning.shortened(text, end)):
                    terms = _with_meant(terms, text[start:end], meant, vocabulary)
                yield Token(start, end, word, terms)
            continue
        for part in scanning.words(text, start, end):
            analysed = _analysed(part[0][:_LONGEST], language, vocabulary)
            if analysed:
                yield Token(part.start(), part.end(), *analysed)


def tokens(text: str, language: str, vocabulary: frozenset[str] = NO_WORDS) -> list[Token]:
    """Return the tokens of `text`, a document in `language`.

    `vocabulary` are further words that compounds are made of; pass the same object each time, it is a key of
    the cache.
    """
    return list(read(text, language, vocabulary))
