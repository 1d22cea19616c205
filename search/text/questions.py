"""What somebody types into the search, read with the eyes that read the documents."""

import re
from dataclasses import dataclass

from search.text.languages import STOP_WORDS
from search.text.scanning import HYPHENS, IGNORED
from search.text.tokens import NO_WORDS, Token, read

MAX_CHARACTERS = 1_000
MAX_WORDS = 20

_QUOTES = '"“”„‟«»‹›＂'
_PHRASE = re.compile(f"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]")
# Only at the beginning of a word: Eltern-Kind is one word, and " - " a dash.
_EXCLUDED = re.compile(rf"(?<!\S)[{HYPHENS}−][{IGNORED}]*(?=\w)(\S+)")


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for.

    `words`: should occur, those of phrases included. `phrases`: terms that stand next to each other.
    `excluded`: terms that must not occur.
    `minor`: the words that were left out; at a tenth of the others' weight they decide between equals
    ("Wer muss in Quarantäne?"), but they select nothing.
    """

    words: tuple[Token, ...]
    phrases: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]
    minor: tuple[Token, ...] = ()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def question(text: str, language: str, vocabulary: frozenset[str] = NO_WORDS) -> Question:
    """Read a question; `vocabulary` as for `tokens()`.

    Stop words and question words are left out unless nothing else is left; they stay in phrases. What is
    longer than anybody types is cut.
    """
    text = text[:MAX_CHARACTERS]
    stop_words = STOP_WORDS.get(language, NO_WORDS)
    phrases: list[tuple[str, ...]] = []
    for match in _PHRASE.finditer(text):
        phrase = tuple(token.terms[0][0] for token in read(match[1], language, vocabulary))[:MAX_WORDS]
        if len(phrase) > 1:
            phrases.append(phrase)
    excluded: dict[str, None] = {}
    unquoted = _PHRASE.sub(_blank, text)
    for match in _EXCLUDED.finditer(unquoted):
        for token in read(match[1], language, vocabulary):
            excluded[token.terms[0][0]] = None
        text = text[: match.start()] + _blank(match) + text[match.end() :]
    found: list[Token] = []
    left_out: list[Token] = []
    seen: set[str] = set()
    for token in read(text, language, vocabulary):
        if token.word in seen:
            continue
        seen.add(token.word)
        (left_out if token.word in stop_words else found).append(token)
        if len(found) == MAX_WORDS or len(left_out) > 2 * MAX_WORDS:
            break
    return Question(
        words=tuple(found or left_out[:MAX_WORDS]),
        phrases=tuple(phrases)[:MAX_WORDS],
        excluded=tuple(excluded)[:MAX_WORDS],
        minor=tuple(left_out[:MAX_WORDS] if found else ()),
    )
