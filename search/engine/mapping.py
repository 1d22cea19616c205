"""What the index of the engine is like, and by which name it is reached."""

import hashlib
import json

from django.conf import settings

from search.meaning.model import DIMENSIONS

SETTINGS = {
    # Numbers that are counted over all entries are right on one shard only; it holds millions.
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # The background service refreshes it when it has sent something.
    "refresh_interval": -1,
}
_NUMBER = {"type": "long"}
_WORD = {"type": "keyword"}
MAPPING = {
    "dynamic": "strict",
    # PostgreSQL has all that was sent.
    "_source": {"enabled": False},
    "properties": {
        "entry": _NUMBER,
        "page": _NUMBER,
        "document": _NUMBER,
        "path": _WORD,
        "readers": _WORD,
        "locale": _NUMBER,
        # The same for all languages of a page.
        "work": _WORD,
        # With the one of its Träger, which follows from its place.
        "facets": _WORD,
        # In microseconds.
        "dated": _NUMBER,
        "until": _NUMBER,
        "checked_until": _NUMBER,
        # Terms with their weights, as PostgreSQL has them in postings.
        "terms": {"type": "sparse_vector", "index_options": {"prune": False}},
        "sequence": {"type": "text", "analyzer": "whitespace", "norms": False},
        "passages": {
            "type": "nested",
            "properties": {
                "role": _WORD,
                "model": _WORD,
                "text": {"type": "keyword", "index": False},
                "vector": {
                    "type": "dense_vector",
                    "dims": DIMENSIONS,
                    "index": True,
                    "similarity": "max_inner_product",
                    "index_options": {"type": "int8_hnsw"},
                },
            },
        },
        # Of the texts that belong to no entry: which of them it is, see `search.meaning.unrelated`.
        "unrelated": _WORD,
        # Of all that stands above, to compare it with PostgreSQL.
        "digest": _WORD,
    },
}


def fingerprint() -> str:
    """Return what distinguishes this mapping from any other; it stands in the `_meta` of each index."""
    text = json.dumps([SETTINGS, MAPPING], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def alias() -> str:
    """Return the name by which the index is asked."""
    return settings.SEARCH_INDEX
