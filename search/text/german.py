"""German words to terms: basic forms, feminine forms, spellings of umlauts, parts of compounds."""

import re
from collections.abc import Iterator
from functools import lru_cache

from search.text.compounds import ADJECTIVES_AT_END, Node, is_verb, split
from search.text.dictionary import basic_form
from search.text.folding import UMLAUT, fold, letters, plain
from search.text.scanning import HYPHENS, MIDDLE_DOTS, SPACES, joints
from search.text.wordlists import words

PART = 0.5

_WITH_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}
_WITHOUT_UMLAUT = str.maketrans("äöüÄÖÜ", "aouAOU")
# One look-up leads to the next: Geflüchteten, Geflüchtete, Geflüchteter.
_MAX_STEPS = 3
_SHORTEST_STEM = 3
_ENDING_OF_BASIC_FORM = re.compile(r"(?<=[elr])n$|en$|e$")
_ENDING = re.compile(r"(?:ern|em|er|en|es|e|n|s)$")
# Überschuldet, versichert, infiziert.
_PARTICIPLE = re.compile(r"(\w{5,})t(?:e[mnrs]?)?$")
# They only look like somebody who does something.
_NOT_FROM_VERBS = words("bürger eimer finger hammer keller schlager trauer wetter winter zucker")
_LICH = re.compile(r"(\w{3,})lich(?:e[mnrs]?)?$")
# Longer words are no words that somebody spelt without umlauts.
_SHORTEST_RESPELT, _LONGEST_RESPELT = 4, 30

_GENDER_MARKS = f":*_{MIDDLE_DOTS}"
_INNEN = re.compile(rf"(?<=[a-zäöüß])(?:[{_GENDER_MARKS}][iI]nnen|Innen|[/(]?[{HYPHENS}]?innen\)?$)(\w*)")
_IN = re.compile(rf"(?<=[a-zäöüß])(?:[{_GENDER_MARKS}]in|/[{HYPHENS}]?in|\([{HYPHENS}]?in\)|(?<=[eo]r)In)$")
# "jede:r", "Geflüchtete(n)": the ending says nothing.
_OTHER_ENDING = re.compile(rf"[{_GENDER_MARKS}/(][{HYPHENS}]?(?:nen|en|r|n|s|e|m)\)?$")
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6",
    "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12",
}  # fmt: skip
_NUMBER = re.compile(
    rf"^(?P<name>.*[^\W\d])(?:[{SPACES}{HYPHENS}](?P<roman>{'|'.join(_ROMAN)})"
    rf"|(?:(?<=[a-zäöüß])|(?<=^[A-Z]{{3}}))(?P<joined>II|III|IV|VI|VII|VIII|IX|XI|XII)"
    rf"|(?<=^[b-df-hj-np-tv-xz]{{3}})(?P<lower>{'|'.join(roman for roman in _ROMAN if len(roman) > 1)})"
    rf"|[{SPACES}{HYPHENS}]?(?P<digits>\d\d?))$"
)


def _masculine(noun: str) -> str:
    """Return the masculine form of the feminine `noun`; other nouns as they are."""
    if noun.endswith("in") and basic_form(noun + "nen", "de"):
        start = noun[:-2]
        flat = start.translate(_WITHOUT_UMLAUT)
        for form in (start, start + "e", flat, flat + "e"):
            if basic_form(form, "de"):
                return form
    return noun


def _known(word: str) -> str | None:
    """Return the basic form of the lower-case `word`, None if it is in no dictionary.

    Somebody who asks writes nouns in lower case, too: the noun goes first, whatever the case.
    """
    basic = basic_form(word.capitalize(), "de") or basic_form(word, "de")
    if basic is None:
        return None
    for _ in range(_MAX_STEPS):
        further = basic_form(basic, "de")
        if further is None or further == basic:
            break
        basic = further
    return _masculine(basic)


def _stem(basic: str) -> str:
    """Return what noun and verb of the basic form `basic` have in common, folded."""
    if basic.endswith("er") and basic_form(basic[:-1] + "m", "de"):  # Geflüchteter, Geflüchtetem
        basic = basic[:-2]
    word = fold(basic.lower())
    short = _ENDING_OF_BASIC_FORM.sub("", word)
    return short if len(short) >= _SHORTEST_STEM else word


@lru_cache(maxsize=16_384)
def stem(word: str, vocabulary: frozenset[str]) -> str:
    """Return the folded part of the lower-case `word` that its inflections have in common."""
    basic = _known(word)
    if basic:
        return _stem(basic)
    parts = split(word, vocabulary)
    if parts:
        return fold(word[: -len(parts[1].text)]) + stem(parts[1].word, vocabulary)
    word = fold(word)
    short = _ENDING.sub("", word)
    return short if len(short) > _SHORTEST_STEM else word


def _respelt(word: str) -> Iterator[str]:
    """Yield the spellings that `word` may stand for: ae for ä, ss for ß, a for ä."""
    yield word
    if not _SHORTEST_RESPELT <= len(word) <= _LONGEST_RESPELT:
        return
    with_umlauts = UMLAUT.sub(lambda match: _WITH_UMLAUT[match[0][0]], word)
    for spelling in (with_umlauts, with_umlauts.replace("ss", "ß"), word.replace("ss", "ß")):
        if spelling != word:
            yield spelling
    if word.endswith(("e", "es")):
        yield "é".join(word.rsplit("e", 1))
    for at, letter in enumerate(word):
        if letter in _WITH_UMLAUT:
            yield word[:at] + _WITH_UMLAUT[letter] + word[at + 1 :]


def spelling(word: str, vocabulary: frozenset[str]) -> str:
    """Return the lower-case `word` with the umlauts that it should have; unknown words as they are."""
    for candidate in _respelt(word):
        if _known(candidate):
            return candidate
    for candidate in _respelt(word):
        if split(candidate, vocabulary):
            return candidate
    return word


def _related(word: str) -> str | None:
    """Return what a word on -ung, -er, -heit, -keit or -lich or a participle is made of."""
    noun = (_known(word) or word).lower()
    if noun.endswith("ung"):
        for verb in (noun[:-3] + "en", noun[:-3] + "n"):
            if is_verb(verb):
                return verb
    if noun.endswith("er") and len(noun) > 5 and noun not in _NOT_FROM_VERBS:
        for verb in (noun[:-2] + "en", noun[:-1] + "n"):
            if is_verb(verb):
                return verb
    if noun.endswith(("heit", "keit")):
        adjective = noun[:-4].removesuffix("ig") if noun.endswith("losigkeit") else noun[:-4]
        if basic_form(adjective, "de") == adjective:
            return adjective
    participle = _PARTICIPLE.match(noun)
    if participle and basic_form(participle[1] + "t", "de") == participle[1] + "t":
        for verb in (participle[1] + "en", participle[1] + "n", participle[1].removesuffix("e") + "en"):
            if is_verb(verb):
                return verb
    derived = _LICH.match(noun)
    if derived and basic_form(derived[1].capitalize(), "de"):
        return derived[1]
    return None


def _parts(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if node.word not in ADJECTIVES_AT_END:
            yield node.word
        yield from _parts(node.parts)


def last_part(text: str, vocabulary: frozenset[str]) -> str | None:
    """Return the last part of the compound `text`, None if it is none."""
    nodes = split(spelling(letters(plain(text)), vocabulary), vocabulary)
    return nodes[1].text if nodes else None


def _plain_gender(text: str) -> str:
    """Return `text` with one form for all genders: the feminine one at its end, none inside of it."""
    if text.isupper():
        text = text.lower()
    text = _INNEN.sub(lambda match: match[1] or "innen", text)
    return _OTHER_ENDING.sub("", _IN.sub("in", text))


def _numbered(text: str, vocabulary: frozenset[str]) -> tuple[str, str] | None:
    """Return name with number and the name's stem of "SGB II", sgb2 or Hartz-IV; None for everything else."""
    match = _NUMBER.match(text) or _NUMBER.match(text.lower())
    if not match:
        return None
    name, roman = letters(match["name"]), match["roman"] or match["joined"] or match["lower"]
    return fold(name) + (_ROMAN[roman.lower()] if roman else match["digits"]), stem(name, vocabulary)


def terms(text: str, vocabulary: frozenset[str]) -> tuple[str, tuple[tuple[str, float], ...]] | None:
    """Return the folded word and the terms of `text`, a plain match of the scanner; None if it is empty."""
    if numbered := _numbered(text, vocabulary):
        return numbered[0], ((numbered[0], 1.0), (numbered[1], PART))
    text = _plain_gender(text)
    word = spelling(letters(text), vocabulary)
    if not word:
        return None
    nodes = split(word, vocabulary)
    parts = list(_parts(nodes))
    whole = stem(word, vocabulary)
    joined = [spelling(part, vocabulary) for part in map(letters, joints(text)) if part]
    if len(joined) > 1:
        if not nodes and not _known(word):
            whole = fold("".join(joined[:-1])) + stem(joined[-1], vocabulary)
        for part in joined:
            if len(part) > 1:
                parts += [part, *_parts(split(part, vocabulary))]
    related = [made_of for made_of in map(_related, (word, *parts)) if made_of]
    found = {whole: 1.0}
    for part in (*parts, *related):
        found.setdefault(stem(part, vocabulary), PART)
    return fold(word), tuple(found.items())
