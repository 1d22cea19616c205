"""What German compounds are made of, by the words of the dictionary and the portal's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.text.dictionary import basic_form
from search.text.short_parts import SHORT_PARTS
from search.text.wordlists import words

SHORTEST, SHORT = 3, 4
# Longer words are no words.
LONGEST = 60

# Words by their letters, but at the end of a word an ending.
_SUFFIXES = words("""
    barer barem bares baren chens ender enden endes endem eiten erei ereien erinnen haft hafte
    heiten iker innen ionen ieren ierung ierungen ische ischen ischer isches ischem isten keiten
    leins lerin lings linge lingen mente nisse nissen nisses ranten rinnen sales samen schaft
    schaften scher schen sches ssen stens täten tions tionen tümer tümern ungen weise weisen alt
    blau früh gelb grau hoch lang neu rot
""")
# With what follows them they make one word and no compound.
_PREFIXES = words("""
    alle anti auch dann darf dein denn dich dies doch durch eine emp gegen hier hinter ihre inter
    jede kein könn miss mein mich muss nach neben nicht oder ohne post sein sich sind sonst soll
    statt trans über ultra unter viel weit wenn werd wider wieder wird zurück zusammen
""")
# They end many words, and say nothing alone.
ADJECTIVES_AT_END = words("arm frei los reich voll")
_ADJECTIVE = re.compile(r"^(arm|frei|los|reich|voll)(?:e[mnrs]?)?$")
# After these an s always links.
_LINKED = ("ung", "heit", "keit", "schaft", "ion", "tät", "ling", "tum")


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a compound: `text` as it stands there, `word` without what links it to the next one."""

    text: str
    word: str
    parts: tuple["Node", ...] = ()


def _forms(noun: str) -> Iterator[str]:
    for ending in ("s", "es", "en", "n", "e", "er"):
        yield noun + ending
    for vowel, umlaut in (("a", "ä"), ("o", "ö"), ("u", "ü")):
        for ending in ("e", "er", "en", ""):
            yield noun.replace(vowel, umlaut) + ending


@lru_cache(maxsize=16_384)
def _noun(word: str, vocabulary: frozenset[str]) -> bool:
    if word in vocabulary:
        return True
    if len(word) <= SHORT and word not in SHORT_PARTS:
        return False
    form = word.capitalize()
    basic = basic_form(form, "de")
    if basic is None or not basic[0].isupper() or word in _PREFIXES:
        return False
    # Among short words are many names. A noun has forms.
    return len(word) != SHORT + 1 or any(basic_form(form, "de") == basic for form in _forms(basic))


def is_verb(word: str) -> bool:
    """Return whether `word` is the basic form of a verb: one that has a present participle."""
    return (
        word.endswith(("en", "ln", "rn"))
        and basic_form(word, "de") == word
        and basic_form(word + "d", "de") is not None
    )


@lru_cache(maxsize=16_384)
def _head(text: str, vocabulary: frozenset[str]) -> tuple[int, str] | None:
    """Return how far-fetched it is that `text` begins a compound, and the word that it is."""
    if text in _PREFIXES or (text.endswith("in") and basic_form(text.capitalize() + "nen", "de")):
        return None
    if _noun(text, vocabulary):
        return 0, text
    if len(text) > SHORTEST and text.endswith("s"):
        word = text[:-1]
        if _noun(word, vocabulary):
            return (0 if word.endswith(_LINKED) else 1), word
        if len(word) >= SHORT and _noun(word + "e", vocabulary):  # Hilfs-, Geschichts-
            return 2, word + "e"
    if len(text) > SHORT or text in SHORT_PARTS:
        if _noun(text + "e", vocabulary):  # Schul-, Miet-
            return 0, text + "e"
        for verb in (text + "en", text + "n"):  # Koch-, Sammel-
            if is_verb(verb):
                return 1, verb
        if basic_form(text, "de") == text:  # Klein-, Sozial-
            return 1, text
    return None


@lru_cache(maxsize=16_384)
def _tail(text: str, vocabulary: frozenset[str]) -> int | None:
    """Return how far-fetched it is that `text` ends a compound."""
    if text in _SUFFIXES:
        return None
    if _ADJECTIVE.match(text):
        return 1
    if _noun(text, vocabulary):
        return 0
    if len(text) > SHORT + 1:
        basic = basic_form(text, "de")
        if basic and basic[0].islower() and not is_verb(basic):
            return 1
    return None


@lru_cache(maxsize=8_192)
def split(word: str, vocabulary: frozenset[str]) -> tuple[Node, ...]:
    """Return the two parts of the lower-case `word`, each with its own parts; nothing if it is no compound.

    Of all ways the least far-fetched is taken, and then the one with the longest last part.
    """
    if not 2 * SHORTEST <= len(word) <= LONGEST:
        return ()
    # Vereinbart, diagnostische: what is only an adjective or a verb ends with no noun (Bart, Tische).
    basic = basic_form(word, "de")
    no_noun = basic is not None and (
        basic_form(word.capitalize(), "de") is None or (basic[0].islower() and basic.endswith("isch"))
    )
    best: tuple[int, int] | None = None
    found: tuple[Node, ...] = ()
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        text, rest = word[:at], word[at:]
        cost_of_rest = _tail(rest, vocabulary)
        if cost_of_rest is None or (no_noun and not cost_of_rest):
            continue
        head = _head(text, vocabulary)
        if head is None:
            unlinked = text[:-1] if text.endswith("s") else text
            inner = split(text, vocabulary) or split(unlinked, vocabulary)
            if not inner:
                continue
            cost, basis = 2, inner[0].text + inner[1].text
        else:
            cost, basis = head
        if rest.startswith("s") and _tail(rest[1:], vocabulary) is not None and _head(text + "s", vocabulary):
            cost += 1  # the s links: Bewegung-sachse, Bunde-samtes
        rank = (cost + cost_of_rest, at)
        if best is None or rank < best:
            best = rank
            found = (
                Node(text, basis, split(basis, vocabulary)),
                Node(rest, _ADJECTIVE.sub(r"\1", rest), split(rest, vocabulary)),
            )
    return found
