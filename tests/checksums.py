"""Tells whether anything in the database has changed."""

from django.db import connection

_PER_TABLE = """
SELECT string_agg(format(
    'SELECT %L || md5(coalesce(string_agg(t::text, %L ORDER BY t::text), %L)) FROM %I t',
    relname, '', '', relname
  ), ' UNION ALL ')
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def state() -> list:
    """A checksum over the rows of every table, taken by the owner."""
    with connection.cursor() as cursor:
        cursor.execute(_PER_TABLE)
        cursor.execute(cursor.fetchone()[0])
        return sorted(cursor.fetchall())
