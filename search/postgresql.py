"""Asking the index in PostgreSQL: one call of `portal_search`, which answers what the person may read."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.utils.timezone import localdate

from search import weights
from search.meaning import model, storage
from search.meaning.model import Vector

Forms = tuple[tuple[str, float], ...]


class Hit(NamedTuple):
    """The id of a page, or of a document; and how well it fits.

    `language`: code of the one it is written in. `passage`: of what was found by its meaning alone, the text
    that comes nearest; "" where it has no more than a title, None for what was found by words.
    """

    page: int | None
    document: int | None
    score: float
    language: str = ""
    passage: str | None = None


@dataclass(frozen=True)
class Together:
    """Terms that count only in an entry that has them all, instead of the words at `places`, from 0."""

    places: tuple[int, ...]
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Asked:
    """What is asked of the index. `words`: for each word the terms by which it is looked up, with weights.

    `language`: its code, None: all; `below`: path in the tree. `chosen`: by facet the values of which a hit
    has one, as entries hold them; `own`: those of whoever asks, which come a little higher. `newest_first`:
    the order of the hits, else the best come first. `pinned`: ids of pages that come before these, in their
    order; what is in reach of them counts as a hit with all words. `vector`: what is meant, see
    `search.meaning`; None: only words are looked for.
    """

    words: tuple[Forms, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    language: str | None = None
    below: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    newest_first: bool = False
    together: tuple[Together, ...] = ()
    pinned: tuple[int, ...] = ()
    vector: Vector | None = None


@dataclass(frozen=True)
class Answer:
    """What the index knows. `hits`: in order.

    `total`: all hits; `unchosen`: those that there are without what is chosen. `facets`: by value how many
    hits it leaves, together with what is chosen in the other facets. `languages`: hits by id of the language.
    `found`: the places, from 0, of the words that occur at all; `most`: how many words the fullest hit has.
    `instead`: it comes from PostgreSQL because the engine that should have answered is down.
    """

    hits: tuple[Hit, ...]
    total: int
    unchosen: int
    facets: dict[str, int]
    languages: dict[int, int]
    found: frozenset[int]
    most: int
    instead: bool = False


def search(asked: Asked, start: int = 0, stop: int = 10) -> Answer:
    """Return the hits from `start` to before `stop`; one query."""
    question = {
        "words": asked.words,
        "together": [
            {"places": [place + 1 for place in each.places], "terms": each.terms, "weight": each.weight}
            for each in asked.together
        ],
        "pinned": asked.pinned,
        "phrases": asked.phrases,
        "excluded": asked.excluded,
        "language": asked.language,
        "below": asked.below,
        "chosen": asked.chosen,
        "today": localdate().isoformat(),
        "order": "date" if asked.newest_first else "relevance",
        "start": start,
        "stop": stop,
        "share": weights.SHARE_OF_WORDS,
        "factors": weights.FACTORS | dict.fromkeys(asked.own, weights.OWN),
        "meaning": _meaning(asked.vector) if asked.vector else None,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_search(%s::jsonb)", [json.dumps(question)])
        answer = cursor.fetchone()[0]
    if isinstance(answer, str):
        answer = json.loads(answer)
    return Answer(
        hits=tuple(Hit(*hit) for hit in answer["hits"]),
        total=answer["total"],
        unchosen=answer["all"],
        facets=answer["facets"],
        languages={int(key): number for key, number in answer["languages"].items()},
        found=frozenset(number - 1 for number in answer["found"]),
        most=answer["most"],
    )


def _meaning(vector: Vector) -> dict[str, object]:
    """Return what `portal_search_meant` is told."""
    return {
        "vector": storage.written(vector),
        "model": model.name(),
        "share": weights.MEANING,
        "cover": weights.COVER,
        **weights.LIKENESS,
        "nearest": weights.NEAREST,
        "exact": storage.EXACT,
        "beyond": weights.BEYOND_UNRELATED,
        "babble": weights.BEYOND_BABBLE,
        "part": weights.PART_OF_BEST,
    }


def similar(words: list[str], language: str | None, below: str) -> dict[str, list[str]]:
    """Return for each of `words` the terms like it that occur in what the person may read; one query."""
    found: dict[str, list[str]] = {word: [] for word in words}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, term FROM portal_search_similar(%s, %s, %s)", [words, language, below])
        for word, term in cursor.fetchall():
            found[word].append(term)
    return found


def suggest(words: list[str], language: str | None, below: str, most: int) -> list[tuple[int, str]]:
    """Return (page, kind) of titles with all of `words`, the last one as a beginning; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT page, split_part(facet, ':', 2)"
            " FROM portal_search_suggest(%s, %s, %s, %s), unnest(facets) facet WHERE facet ^@ 'kind:'",
            [words, language, below, most],
        )
        return cursor.fetchall()
