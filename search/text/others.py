"""English, Ukrainian and Arabic words to stems."""

import re

from search.text.dictionary import basic_form
from search.text.folding import fold, without_vowels

# The letters before which Ukrainian writes an apostrophe, that many leave out and `plain()` takes away.
_NO_APOSTROPHE = re.compile("(?<=[бвгґджзкмнпрстфхцчшщ])(?=[яюєї])")
_UKRAINIAN_ENDING = re.compile(
    "(?:ськ(?:ий|ого|ому|им|ої|ій|ою|а|у|е|і|их|ими)|(?:іст|ост)(?:ь|і|ю)|ями|ами|ові|еві|ого|ому|ими|ій|ий|ої|ою|ею|ів"
    "|їв|ям|ам|ях|ах|их|им|ть|ти|ся|[аеиіїоуюяьйє])$"
)
_SHORTEST_STEM = 3


def english(word: str) -> str:
    """Return the stem of a lower-case English word."""
    from snowballstemmer.english_stemmer import EnglishStemmer

    # One for each word: a stemmer keeps its state, and threads share modules.
    stem: str = EnglishStemmer().stemWord(word)
    return fold(stem)


def ukrainian(word: str) -> str:
    """Return the stem of a lower-case Ukrainian word without apostrophes."""
    for form in (word, _NO_APOSTROPHE.sub("'", word), word.capitalize()):
        basic = basic_form(form, "uk")
        if basic:
            word = basic.lower().replace("'", "").replace("’", "")
            break
    stem = _UKRAINIAN_ENDING.sub("", word)
    return fold(stem if len(stem) >= _SHORTEST_STEM else word)


def arabic(word: str) -> str:
    """Return the stem of an Arabic word: without article, particles before it and most endings."""
    from snowballstemmer.arabic_stemmer import ArabicStemmer

    word = without_vowels(word)
    if word.startswith("وال"):  # "and the"
        word = word[1:]
    if word.endswith("ه"):  # many write the ending so
        word = word[:-1] + "ة"
    plural = len(word) > 5 and word.endswith("ات")
    stem: str = ArabicStemmer().stemWord(word)
    return fold(stem.removesuffix("ا") if plural else stem)
