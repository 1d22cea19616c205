"""Where vectors lie: in a column that PostgreSQL compares as soon as its extension `vector` is there.

Only an administrator of the server may create that extension. Migrations make the column without it;
`prepare` runs after each `migrate` and gives the column its type once the extension has come.
"""

from django.db import connections

from search.meaning import unrelated
from search.meaning.model import DIMENSIONS, Vector

TYPE = f"halfvec({DIMENSIONS})"

_TYPE_OF_COLUMN = """
    SELECT format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = to_regclass('public.search_passage') AND attname = 'vector'
"""
# Two bytes for each number are exact enough, and half as much to read. The inner product of two vectors of
# length 1 is their similarity.
_PREPARE = f"""
    ALTER TABLE search_passage ALTER vector TYPE {TYPE} USING vector::{TYPE};
    CREATE INDEX search_passage_nearest ON search_passage USING hnsw (vector halfvec_ip_ops);
"""
# Among so many entries the nearest are looked for one by one. Among more, an index finds most of them.
EXACT = 2_000

MISSING = (
    "PostgreSQL's extension vector is missing in the portal's database. An administrator of the server"
    " creates it (CREATE EXTENSION vector); then run manage.py migrate. Or set SEARCH_SEMANTIC=off."
)


def ready(using: str = "default") -> bool:
    """Return whether the database can compare vectors; one query, also for a web process."""
    with connections[using].cursor() as cursor:
        return _type(cursor) == TYPE


def prepare(using: str = "default", **_signal) -> None:
    """Let the column hold what can be compared, where the extension has come and it does not yet.

    And let the texts be there that questions are compared with.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regtype('public.halfvec') IS NOT NULL")
        comparable = cursor.fetchone()[0]
        stored = _type(cursor)
        if not stored:
            return  # only some of the migrations were asked for
        if comparable and stored != TYPE:
            cursor.execute(_PREPARE)
    unrelated.keep()


def _type(cursor) -> str:
    """Return the type of the column, "" where there is none."""
    cursor.execute(_TYPE_OF_COLUMN)
    found = cursor.fetchone()
    return found[0] if found else ""


def written(vector: Vector) -> str:
    """Return `vector` as PostgreSQL reads it."""
    return f"[{','.join(f'{number:.5f}' for number in vector)}]"
