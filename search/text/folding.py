"""Spellings of the same letters: Unicode forms, case, umlauts, accents."""

import re
import unicodedata

from search.text.scanning import APOSTROPHES, IGNORED, MARKS

_NOT_READ = re.compile(f"[{IGNORED}{APOSTROPHES}]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
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


def fold(word: str) -> str:
    """Return the lower-case `word` with ä, ae and a as one, ß and ss too, and without accents."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.replace("ß", "ss"))
        word = unicodedata.normalize("NFC", _ACCENTS.sub("", word))
    return UMLAUT.sub(lambda match: match[0][0], word)
