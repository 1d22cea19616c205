"""Spellings of the same letters: Unicode forms, case, umlauts, accents."""

import re
import unicodedata

from search.text.scanning import APOSTROPHES, IGNORED, MARKS

_NOT_READ = re.compile(f"[{IGNORED}{APOSTROPHES}]+")
# Of Latin letters only: й and ї are letters of their own.
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
# Arabic: vowels and the stretching stroke are left out at will, some letters are written in several ways.
_VOWELS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640]+")
_SAME = str.maketrans("أإآٱىؤئةکیґё", "اااايويهكيге")
# "ue" after a vowel or q is no umlaut: Frauen, Steuer, Quelle.
UMLAUT = re.compile(r"(?<![aeiouq])(ue)|(ae)|(oe)")
_REST = re.compile(rf"[^\w{MARKS}]+|_+")


def plain(text: str) -> str:
    """Return `text` in one Unicode form, without what nobody reads: soft hyphens, apostrophes."""
    if text.isascii() and "'" not in text and "`" not in text:
        return text
    return unicodedata.normalize("NFKC", _NOT_READ.sub("", unicodedata.normalize("NFKC", text)))


def letters(text: str) -> str:
    """Return the letters, digits and marks of `text` in lower case."""
    return _REST.sub("", unicodedata.normalize("NFC", text.lower()))


def without_vowels(word: str) -> str:
    """Return the Arabic `word` without vowels and strokes that only stretch it."""
    return _VOWELS.sub("", word)


def fold(word: str) -> str:
    """Return the lower-case `word` in one spelling: ä, ae and a are one, so are ß and ss; no accents."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.replace("ß", "ss"))
        word = unicodedata.normalize("NFC", _ACCENTS.sub("", word))
        word = without_vowels(word).translate(_SAME)
    return UMLAUT.sub(lambda match: match[0][0], word)
