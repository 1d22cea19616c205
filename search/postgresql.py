"""Asking the index in PostgreSQL: one call of `portal_search`, which answers what the person may read."""

import json
from dataclasses import dataclass

from django.db import connection

from search import weights

Forms = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Asked:
    """What is asked of the index. `words`: for each word the terms by which it is looked up, with weights.

    `language`: its code, None: all; `below`: path in the tree.
    """

    words: tuple[Forms, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    language: str | None = None
    below: str = ""


@dataclass(frozen=True)
class Answer:
    """What the index knows. `hits`: (page, score), the best first; `types` and `languages`: hits by id.

    `total`: hits of the chosen types. `found`: the places, from 0, of the words that occur at all; `most`:
    how many words the fullest hit has.
    """

    hits: tuple[tuple[int, float], ...]
    total: int
    types: dict[int, int]
    languages: dict[int, int]
    found: frozenset[int]
    most: int


def search(asked: Asked, types: list[int] | None = None, start: int = 0, stop: int = 10) -> Answer:
    """Return the hits from `start` to before `stop` of the content types `types` (None: all); one query."""
    question = {
        "words": asked.words,
        "phrases": asked.phrases,
        "excluded": asked.excluded,
        "language": asked.language,
        "below": asked.below,
        "types": types,
        "start": start,
        "stop": stop,
        "share": weights.SHARE_OF_WORDS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_search(%s::jsonb)", [json.dumps(question)])
        answer = cursor.fetchone()[0]
    if isinstance(answer, str):
        answer = json.loads(answer)
    return Answer(
        hits=tuple((page, score) for page, score, _words in answer["hits"]),
        total=answer["total"],
        types={int(key): number for key, number in answer["types"].items()},
        languages={int(key): number for key, number in answer["languages"].items()},
        found=frozenset(number - 1 for number in answer["found"]),
        most=answer["most"],
    )


def similar(words: list[str], language: str | None, below: str) -> dict[str, list[str]]:
    """Return for each of `words` the terms like it that occur in what the person may read; one query."""
    found: dict[str, list[str]] = {word: [] for word in words}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, term FROM portal_search_similar(%s, %s, %s)", [words, language, below])
        for word, term in cursor.fetchall():
            found[word].append(term)
    return found
