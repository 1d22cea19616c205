"""The packaged dictionary of inflected forms and their basic forms, read when the first word is looked up."""

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

_lock = Lock()
_loaded: dict[str, Mapping[str, str]] = {}


def load(language: str) -> Mapping[str, str]:
    """Return the dictionary of `language`, basic forms by form.

    It stays packed in memory: 15 MB for German instead of 100. A look-up takes 15 µs instead of one, but
    words are looked up once, see the caches. The first call takes a second: a process that answers people
    makes it before they ask.
    """
    if language not in _loaded:
        with _lock:
            if language not in _loaded:
                # Importing the package takes a tenth of a second; who makes no terms needs none of it.
                from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamMap

                _loaded[language] = StreamMap(language)
    return _loaded[language]


@lru_cache(maxsize=32_768)
def basic_form(form: str, language: str) -> str | None:
    """Return the basic form of `form`, upper and lower case as in the dictionary; None if it is not there."""
    return load(language).get(form)
