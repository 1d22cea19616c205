"""What the coordination office tells the search: words, what means the same, pages for certain questions.

All are read anew for every question, in one query, so that a change holds at once and in all processes. What
is made of the synonyms is kept in memory, by the texts that it was made of.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from home.models.vocabulary import Term
from search.facets import VOCABULARIES
from search.text import Stems, Synonyms, question, stems, synonyms
from search.text.languages import GERMAN

_SEPARATORS = re.compile(r"[,;\r\n]+")


Place = tuple[int, str, int, int]


@dataclass(frozen=True)
class Kept:
    """What is kept for one language, as far as the person may see it.

    `pins`: (questions, page), in order. `values`: place and name of the words that can be chosen, by facet
    and value, in German where a word has no name in the language. A place is (position and name of the word
    of the first level, level, position).
    """

    language: str
    synonyms: Synonyms
    pins: tuple[tuple[str, int], ...] = ()
    values: dict[str, dict[str, tuple[Place, str]]] = field(default_factory=dict)


def listed(text: str) -> list[str]:
    """Return the words or questions in `text`, between which are commas, semicolons or line breaks."""
    return [part for each in _SEPARATORS.split(text) if (part := each.strip())]


def kept(language: str) -> Kept:
    """Return what holds for questions in `language` (code); one query."""
    with connection.cursor() as cursor:
        cursor.execute(_query(), {"languages": [language, settings.LANGUAGE_CODE]})
        rows = [_Row(*row) for row in cursor.fetchall()]
    # Leichte Sprache is German.
    codes = {language, "de"} if language in GERMAN else {language}
    groups = tuple((row.name, row.words, row.shown) for row in rows if row.words and row.code in codes)
    pins = tuple((row.words, row.page) for row in rows if row.page)
    return Kept(language, _synonyms(groups, language), pins, _values(rows, language))


class _Row(NamedTuple):
    """A synonym, a word of the vocabulary or a pin. `facet`: what the word is chosen in, if it is."""

    facet: str
    value: str
    position: int
    code: str
    name: str
    words: str
    shown: str
    above: str
    page: int | None


def _values(rows: list[_Row], language: str) -> dict[str, dict[str, tuple[Place, str]]]:
    found: dict[str, dict[str, _Row]] = {each.name: {} for each in VOCABULARIES}
    for row in rows:
        if row.facet and (row.code == language or row.value not in found[row.facet]):
            found[row.facet][row.value] = row
    return {
        facet: {value: (_place(row, words), row.name) for value, row in words.items()}
        for facet, words in found.items()
    }


def _place(row: _Row, words: dict[str, _Row]) -> Place:
    first = words.get(row.above, row)
    return (first.position, first.name, int(first is not row), row.position)


@cache
def _query() -> str:
    """Return the SQL that reads the rows of all synonyms, also the vocabulary's, and pins."""
    spoken = "JOIN wagtailcore_locale l ON l.id = t.locale_id AND l.language_code = ANY (%(languages)s)"
    synonyms = "FROM search_synonym t"
    facets = {each.model: each.name for each in VOCABULARIES}
    parts = [
        "SELECT '', '', 0, l.language_code, '', t.words, t.shown, '', NULL::int, 0, t.id"
        f" {synonyms} {spoken}",
        *(
            f"SELECT '{facets.get(term, '')}', t.slug, t.sort_order, l.language_code, t.name, t.synonyms, '',"  # noqa: S608
            f" coalesce(p.slug, ''), NULL, 0, t.id FROM {term._meta.db_table} t {spoken}"
            f" LEFT JOIN {term._meta.db_table} p ON p.id = t.parent_id"
            for term in Term.__subclasses__()
        ),
        "SELECT '', '', 0, '', '', t.questions, '', '', t.page_id, t.sort_order, t.id FROM search_pin t",
    ]
    # In one order, by which what was made of it is found again.
    names = "facet, value, position, code, name, words, shown, above, page"
    return (
        f"SELECT {names} FROM ({' UNION ALL '.join(parts)})"  # noqa: S608 - the parts above
        f" kept({names}, place, id) ORDER BY place, id, name"
    )


@lru_cache(maxsize=16)
def _synonyms(groups: tuple[tuple[str, str, str], ...], language: str) -> Synonyms:
    found = []
    for name, words, shown in groups:
        asked = [*([name] if name else []), *listed(words)]
        found.append((asked, listed(shown) or asked))
    return synonyms(found, language)


@lru_cache(maxsize=4_096)
def key(text: str, language: str) -> Stems:
    """Return what questions are compared by: order, inflection and spelling of their words don't matter."""
    return tuple(sorted(set(stems(question(text, language).words))))
