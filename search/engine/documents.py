"""Entries as the engine keeps them; read as the owner of the database."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from search.meaning import model
from search.meaning.unrelated import FIRST_BABBLE
from search.models import Passage

Document = dict[str, Any]

# Entries that are read at once.
AT_ONCE = 200
# Stands for the texts that belong to no entry.
UNRELATED = 0

_ENTRIES = """
SELECT e.id, e.page_id, e.document_id, e.path, e.readers, e.locale_id, e.translation_key::text,
  e.facets || ('traeger:' || left(e.path, 8)),
  (extract(epoch FROM e.date) * 1e6)::bigint, (extract(epoch FROM e.until) * 1e6)::bigint,
  e.checked_until - DATE '1970-01-01', btrim(e.sequence),
  (SELECT jsonb_object_agg(t.text, o.weight) FROM search_posting o JOIN search_term t ON t.id = o.term_id
    WHERE o.entry_id = e.id)
FROM search_entry e WHERE e.id = ANY (%s) ORDER BY e.id
"""
_NAMES = (
    *("entry", "page", "document", "path", "readers", "locale", "work", "facets"),
    *("dated", "until", "checked_until", "sequence", "terms"),
)
_PASSAGES = """
SELECT coalesce(entry_id, 0), number, text, vector::real[] FROM search_passage
WHERE coalesce(entry_id, 0) = ANY (%s) AND model = %s AND vector IS NOT NULL ORDER BY 1, 2
"""
_TYPE_OF_VECTORS = """
SELECT format_type(atttypid, NULL) FROM pg_attribute
WHERE attrelid = 'search_passage'::regclass AND attname = 'vector'
"""


def documents(ids: list[int]) -> Iterator[tuple[str, Document]]:
    """Yield (id in the engine, document) of the entries `ids` that there are; two queries."""
    passages = _passages(ids)
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [ids])
        rows = cursor.fetchall()
    for row in rows:
        found = dict(zip(_NAMES, row, strict=True))
        if isinstance(found["terms"], str):
            found["terms"] = json.loads(found["terms"])
        found["passages"] = _meant(passages.get(found["entry"], []))
        yield str(found["entry"]), _digested({name: value for name, value in found.items() if value})
    if UNRELATED in ids:
        for number, text, vector in passages.get(UNRELATED, []):
            of_kind = "babble" if number >= FIRST_BABBLE else "otherwise"
            yield (
                f"unrelated-{number}",
                _digested({"unrelated": of_kind, "passages": [_passage("passage", text, vector)]}),
            )


def _passages(ids: list[int]) -> dict[int, list[tuple[int, str, list[float]]]]:
    found: dict[int, list[tuple[int, str, list[float]]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TYPE_OF_VECTORS)
        # Without the extension nobody compares them.
        if cursor.fetchone() != ("halfvec",):
            return found
        cursor.execute(_PASSAGES, [ids, model.name()])
        for entry, number, text, vector in cursor.fetchall():
            found.setdefault(entry, []).append((number, text, vector))
    return found


def _meant(passages: list[tuple[int, str, list[float]]]) -> list[Document]:
    """Return title, whole and passages. What is missing is as the whole is, without which there is none."""
    by_number = {number: (text, vector) for number, text, vector in passages}
    if Passage.WHOLE not in by_number:
        return []
    whole = by_number[Passage.WHOLE][1]
    found = [
        _passage("whole", "", whole),
        _passage("title", "", by_number.get(Passage.TITLE, ("", whole))[1]),
    ]
    pieces = [
        (text, vector) for number, (text, vector) in sorted(by_number.items()) if number >= Passage.FIRST
    ]
    return found + [_passage("passage", text, vector) for text, vector in pieces or [("", whole)]]


def _passage(role: str, text: str, vector: list[float]) -> Document:
    return {"role": role, "model": model.name(), "text": text, "vector": vector}


def _digested(document: Document) -> Document:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return document | {"digest": hashlib.sha256(text.encode()).hexdigest()[:16]}
