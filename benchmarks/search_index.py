"""Fills the index of the search with invented entries, whose words are as unequally frequent as real ones."""

from dataclasses import dataclass
from hashlib import md5

from django.db import connection

# Words there are, and words in an entry.
VOCABULARY, WORDS = 30_000, 120
# The more frequent ones are left out of questions, as stop words.
MOST_FREQUENT = 100
GROUPS = 200

_EMPTY = "TRUNCATE search_entry, search_posting, search_titleword, search_term, search_passage, search_change"
# Ten letters that resemble those of no other word.
_WORD = "translate(left(md5({n}::text), 10), '0123456789', 'ghijklmnop')"
_TERMS = f"""
INSERT INTO search_term (text)
SELECT {_WORD.format(n="n")} FROM generate_series(1, %(vocabulary)s) n ORDER BY n
"""  # noqa: S608 - made of what stands above
# Six of ten for all, two for staff, two for one group each.
_ENTRIES = """
INSERT INTO search_entry (page_id, path, readers, locale_id, facets, date, text, sequence, version)
SELECT -n, '0001' || lpad((n %% 50)::text, 4, '0') || '0001', '{}', %(locale)s,
  ARRAY['kind:' || (ARRAY['offer', 'event', 'news', 'method', 'partner', 'page'])[1 + n %% 6],
    'topic:thema-' || n %% 11, 'topic:thema-' || n %% 7,
    'sozialraum:raum-' || n %% 4, 'target_group:gruppe-' || n %% 5],
  now() - n * interval '1 minute', repeat('Ein Satz, der hilft. ', 50), repeat(' wort', %(words)s), 1
FROM generate_series(1, %(entries)s) n
"""
_READERS = """
UPDATE search_entry SET readers = CASE
  WHEN id %% 10 < 6 THEN ARRAY['public']
  WHEN id %% 10 < 8 THEN ARRAY['staff', 'g:1']
  ELSE ARRAY['g:' || 1 + id %% %(groups)s] END
"""
# random() to the power of three: a word of rank r is about as frequent as r to the power of -2/3.
_POSTINGS = """
INSERT INTO search_posting (term_id, entry_id, weight)
SELECT t.first + floor(%(vocabulary)s * random() ^ 3)::int, e.id, 0.5 + random()
FROM search_entry e CROSS JOIN generate_series(1, %(words)s) n
  CROSS JOIN (SELECT min(id) AS first FROM search_term) t
ON CONFLICT (term_id, entry_id) DO NOTHING
"""
_TITLE_WORDS = f"""
INSERT INTO search_titleword (word, entry_id)
SELECT DISTINCT {_WORD.format(n="w.rank")}, w.id
FROM (SELECT e.id, 1 + floor(%(vocabulary)s * random() ^ 3)::int AS rank
  FROM search_entry e CROSS JOIN generate_series(1, 5) n) w
"""  # noqa: S608 - as above


def word(rank: int) -> str:
    """Return the word of this rank, 1 being the most frequent; as `_WORD` makes it."""
    digest = md5(str(rank).encode(), usedforsecurity=False).hexdigest()[:10]
    return digest.translate(str.maketrans("0123456789", "ghijklmnop"))


@dataclass(frozen=True)
class Size:
    entries: int
    locale: int


def fill(size: Size) -> None:
    """Let the index hold invented entries, and nothing else; as the owner."""
    values = {
        "entries": size.entries,
        "locale": size.locale,
        "vocabulary": VOCABULARY,
        "words": WORDS,
        "groups": GROUPS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_EMPTY)
        for statement in (_TERMS, _ENTRIES, _READERS, _POSTINGS, _TITLE_WORDS):
            cursor.execute(statement, values)
        for table in ("entry", "posting", "titleword", "term"):
            cursor.execute(f"VACUUM ANALYZE search_{table}")
