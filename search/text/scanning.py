"""Where the words of a text begin and end.

A match is what becomes one token: a word with everything inside it that readers do not see (soft hyphens,
zero-width characters), parts joined by hyphens or mediopoints, gender forms, initials with dots, a word with
its number ("SGB II"), a telephone number. Positions are those of the original text: nothing is replaced.
"""

import re
from collections.abc import Iterator

# Seen by nobody: soft hyphen, zero-width characters, marks of direction, variation selectors.
IGNORED = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
# Combining marks are no \w for Python, but parts of words: decomposed umlauts, Arabic vowels, Devanagari …
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0900-\u0903\u093a-\u093c"
    "\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
APOSTROPHES = "'’‘ʼʻ`´′＇"
HYPHENS = r"\-‐‑‒–－"
# Leichte Sprache joins the parts of a word by these.
MIDDLE_DOTS = "·•‧∙⋅・"
SPACES = " \u00a0\u2007\u2009\u202f"

_LETTERS = rf"\w[\w{MARKS}{IGNORED}]*"
_WORD = rf"{_LETTERS}(?:[{APOSTROPHES}](?=\w){_LETTERS})*"
_MOST_JOINTS = 9
# Between two digits a hyphen is a range. At the end of a line it divides a word.
_JOINED = (
    rf"(?:(?:(?<!\d)[{HYPHENS}{MIDDLE_DOTS}][{IGNORED}]*(?=\w)|(?<=\d)[{HYPHENS}{MIDDLE_DOTS}][{IGNORED}]*(?=[^\W\d])"
    rf"|(?<=[a-zäöüß])-[ \t]*\r?\n[ \t]*(?=[a-zäöüß])){_WORD})"
)
_ENDINGS = "innen|nen|in|en|r|n|s|e|m"
_GENDER = (
    rf"(?:[:*{MIDDLE_DOTS}](?:(?:[iI]nnen|INNEN)\w*|(?:in|IN|en|[rnsme])(?!\w))"
    rf"|/[{HYPHENS}]?(?:{_ENDINGS})(?!\w)"
    rf"|\([{HYPHENS}]?(?:{_ENDINGS})\))"
)
# "e.V.", "i.d.R.", and with spaces "e. V.".
_INITIALS = (
    rf"(?:(?:[^\W\d]\.)+[^\W\d](?:\.|(?!\w))"
    rf"|[^\W\d]\.[{SPACES}][^\W\d]\.(?:[{SPACES}][^\W\d]\.(?!\w))?)"
)
_ROMAN = "II|III|IV|VI|VII|VIII|IX|XI|XII|ii|iii|iv|vi|vii|viii|ix|xi|xii"
_NUMBER = (
    rf"(?:(?<=[^\W\d])[{SPACES}](?P<number>{_ROMAN}|(?<=[A-ZÄÖÜ].)[IVX]|(?<=\b[b-df-hj-np-tv-xz]{{3}}.)[ivx]"
    rf"|[1-9])(?![\w{MARKS}]|[.,:]\d|[{SPACES}]?[{HYPHENS}][{SPACES}]?\d))?"
)
_PHONE = (
    rf"(?<!\w)(?<!\d[.,])(?P<digits>(?:\+|\(?0)\d(?:(?:[{SPACES}]?\(0\)[{SPACES}]?|[{SPACES}{HYPHENS}{IGNORED}/).—]{{0,3}})\d){{4,}}"
    rf"|\d{{2,4}}(?:[{SPACES}{HYPHENS}/]\d{{2,4}}){{1,3}})(?!\w)"
)

_ANY = re.compile(rf"{_PHONE}|{_INITIALS}|{_WORD}{_JOINED}{{0,{_MOST_JOINTS}}}")
_GERMAN = re.compile(
    rf"{_PHONE}|(?P<before>{_INITIALS}|{_WORD}{_GENDER}?(?:{_JOINED}{_GENDER}?){{0,{_MOST_JOINTS}}}){_NUMBER}"
)
_SHORTENED = re.compile(rf"[{HYPHENS}]\s*(?:,\s*|/|\s(?:und|oder|sowie|u\.|bzw\.?|&)\s+)(?=\w)({_WORD})(?!-)")
_PLAIN = re.compile(_WORD)
_JOINTS = re.compile(rf"[{HYPHENS}{MIDDLE_DOTS}\s]+")


def scan(text: str, german: bool) -> Iterator[re.Match[str]]:
    """Yield what becomes a token; its group "digits" is set where it may be a telephone number.

    Its group "number" (German only) is the number that belongs to the word before it.
    """
    # An underscore is a word's character for Python and a gender form's for people. The length stays.
    return (_GERMAN if german else _ANY).finditer(text.replace("_", "*"))


def shortened(text: str, end: int) -> str | None:
    """Return the word that ends as the one before `end` would, were it not shortened ("Schuldner- und …")."""
    match = _SHORTENED.match(text, end)
    return match and match[1]


def words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the plain words between `start` and `end`: what a match turned out not to be is read again."""
    return _PLAIN.finditer(text.replace("_", "*"), start, end)


def joints(match: str) -> list[str]:
    """Return the parts of a match that hyphens, mediopoints or spaces join."""
    return _JOINTS.split(match)
