"""German words to terms."""

import re

from search.text.folding import fold

_ENDING = re.compile(r"(?:ern|em|er|en|es|e|n|s)$")


def stem(word: str) -> str:
    """Return the part of the lower-case `word` that its inflections have in common."""
    short = _ENDING.sub("", word)
    return short if len(short) >= 3 else word


def terms(word: str, vocabulary: frozenset[str]) -> tuple[tuple[str, float], ...]:
    """Return what the lower-case `word` is looked up by."""
    return ((fold(stem(word)), 1.0),)
