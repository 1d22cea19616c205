"""Parts of addresses: Latin letters without their marks, German ones as two. Other scripts keep theirs.

Addresses with ä can be typed, but are copied and printed as %C3%A4.
"""

import unicodedata
from collections import defaultdict

from django import forms
from django.utils.text import slugify
from wagtail.admin.widgets import SlugInput

_OWN = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
}


def _plain_letters() -> dict[str, str]:
    """Return the small letters of Latin alphabets → what they are in an address."""
    found = {}
    for number in range(0xDF, 0x250):
        base, *marks = unicodedata.normalize("NFD", chr(number))
        if marks and base.isascii() and base.islower():
            found[chr(number)] = base
    return found | _OWN


LETTERS = _plain_letters()
_TABLE = str.maketrans(LETTERS)


def transliterated(text: str) -> str:
    """Return `text` in small letters, Latin ones plain."""
    return unicodedata.normalize("NFC", text.lower()).translate(_TABLE)


def german_slug(text: str) -> str:
    """Return `text` as a part of an address in ASCII, with ae for ä and so on."""
    return slugify(transliterated(text))


def transliterate_in_browser(field: forms.Field) -> None:
    """Let Wagtail's script write the slug of this form field like `transliterated` does."""
    by_plain = defaultdict(list)
    for letter, plain in LETTERS.items():
        by_plain[plain] += [letter, unicodedata.normalize("NFD", letter)]
    formatters = [("|".join(dict.fromkeys(letters)), plain, "giu") for plain, letters in by_plain.items()]
    # The field keeps its other attributes.
    name = "data-w-slug-formatters-value"
    field.widget.attrs[name] = SlugInput(formatters=formatters).attrs[name]
