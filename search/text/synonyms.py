"""Words with the same meaning: what is looked up beside the words of a question."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from search.text.questions import question
from search.text.tokens import Token

# What a run of words is found by: the stems of its words.
Stems = tuple[str, ...]

# A longer run of words is no name of anything.
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that may stand instead of others in a question.

    `places`: of the words in the question, from 0, instead of which `words` may stand. `share`: 1 where they
    were asked for as they are, less where only a part of a compound was.
    """

    places: tuple[int, ...]
    words: tuple[Token, ...]
    share: float


def stems(words: Iterable[Token]) -> Stems:
    """Return what `words` are compared by: neither inflection nor spelling matters."""
    return tuple(word.terms[0][0] for word in words)


@dataclass(frozen=True)
class Synonyms:
    """All synonyms of one language. `instead`: by the stems of what is asked, what may stand for it."""

    instead: dict[Stems, tuple[tuple[Token, ...], ...]] = field(default_factory=dict)

    def alternatives(self, words: tuple[Token, ...]) -> Iterator[Alternative]:
        """Yield what is looked up beside the `words` of a question."""
        if not self.instead:
            return
        asked = stems(words)
        for start in range(len(words)):
            for stop in range(start + 1, min(len(words), start + _LONGEST) + 1):
                for other in self.instead.get(asked[start:stop], ()):
                    yield Alternative(tuple(range(start, stop)), other, 1.0)
            for part, share in words[start].terms[1:]:
                for other in self.instead.get((part,), ()):
                    yield Alternative((start,), other, share)


def synonyms(groups: Iterable[tuple[Iterable[str], Iterable[str]]], language: str) -> Synonyms:
    """Return the synonyms of `groups`: who asks for one of the first is also shown the second.

    Where the second are the first, the words stand for each other.
    """
    found: dict[Stems, dict[Stems, tuple[Token, ...]]] = {}
    for asked, shown in groups:
        others = {stems(words): words for words in (read(text, language) for text in shown) if words}
        for key in {stems(read(text, language)) for text in asked} - {()}:
            known = found.setdefault(key, {})
            known |= {each: words for each, words in others.items() if each != key}
    return Synonyms({key: tuple(others.values()) for key, others in found.items() if others})


def read(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of a synonym, as those of a question are read."""
    return question(text, language).words[:_LONGEST]
