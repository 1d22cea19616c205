"""What it costs that the database is told who is asking under a seal."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from sites.rls.install import sql

# The same functions without the seal; what they read and write has the same length.
UNSEALED = """
CREATE OR REPLACE FUNCTION portal_told(name text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED AS $$
DECLARE sealed text := pg_catalog.current_setting('portal.' || name, true);
BEGIN
  IF sealed IS NULL OR sealed = '' THEN
    RETURN NULL;
  END IF;
  RETURN pg_catalog.substr(sealed, 65);
END $$;
CREATE OR REPLACE FUNCTION portal_tell(name text, value text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF value <> '' THEN
    value := repeat('0', 64) || value;
  END IF;
  PERFORM set_config('portal.' || name, coalesce(value, ''), false);
END $$;
"""


@contextmanager
def unsealed() -> Iterator[None]:
    """Let the database believe what its settings say, as long as the block lasts."""
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED)
        try:
            yield
        finally:
            cursor.execute(sql("seal.sql"))


@contextmanager
def sealed() -> Iterator[None]:
    """The functions as they are; made anew like the others, so that both begin without plans."""
    with connection.cursor() as cursor:
        cursor.execute(sql("seal.sql"))
    yield
