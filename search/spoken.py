"""In which languages somebody seems to ask, and the offices that speak one of them."""

import unicodedata
from collections import Counter

from wagtail.models import Locale

from home.models import AnlaufstellePage
from search.text.languages import GERMAN

MOST = 6
# By the script, as Unicode names it; codes as in `sites.fields.languages`.
_SCRIPTS = {
    "CYRILLIC": ("uk", "ru", "bg", "mk", "sr"),
    "ARABIC": ("ar", "fa", "prs", "ckb", "ps", "ur"),
    "GREEK": ("el",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "ETHIOPIC": ("am", "ti"),
    "DEVANAGARI": ("hi",),
    "CJK": ("zh",),
}
# Letters of a script that only some of its languages have, the most telling ones first.
_LETTERS = (
    ("іїєґ", ("uk",)),
    ("ыэё", ("ru",)),
    ("ډټښږړې", ("ps",)),
    ("ۆێڕڵ", ("ckb",)),
    ("ٹڈےں", ("ur",)),
    ("پچژگ", ("fa", "prs")),
    ("ةىأإ", ("ar",)),
)


def spoken_by(text: str, language: str) -> tuple[str, ...]:
    """Return the codes of the languages in which `text` may be written; none where that is not clear.

    By its letters; with Latin ones by the `language` (code) in which the page is read, unless that is German.
    """
    scripts = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    script = scripts.most_common(1)[0][0] if scripts else ""
    if script in _SCRIPTS:
        lowered = text.lower()
        return next(
            (codes for letters, codes in _LETTERS if not set(letters).isdisjoint(lowered)), _SCRIPTS[script]
        )
    return () if language in GERMAN else (language,)


def offices(text: str, language: str, user) -> list[AnlaufstellePage]:
    """Return offices whose people speak what `text` is written in, of all Träger, with `organisation`.

    As far as `user` may read them, in `language` (code) or German, at most MOST; one query, and none where
    the question is German.
    """
    codes = spoken_by(text, language)
    if not codes:
        return []
    found = AnlaufstellePage.objects.live().readable_by(user).filter(languages__overlap=list(codes))
    shown = found.in_language(Locale.get_active()).with_organisation()
    return list(shown.order_by("title", "pk")[:MOST])
