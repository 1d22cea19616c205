"""Puts the SQL of the readers into the database, and asks it whether the readers are right.

The files say how functions and triggers have to be. They are applied after every migration and not by one:
they refer to tables of several apps, and the newest version must hold whatever was there before.
"""

from pathlib import Path

from django.db import connections

# In the order in which they build on each other.
FILES = ("readers.sql", "triggers.sql")
FOLDER = Path(__file__).parent


def sql(name: str) -> str:
    """Return the text of one of the SQL files of this folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


def install(using: str = "default", **_signal) -> None:
    """Create or replace functions and triggers in the database `using`, then mend all readers.

    Does nothing while the grants have no tables: before their migration, and after its reversal.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('thinka_sites_pagegroupgrant') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        for name in FILES:
            cursor.execute(sql(name))
        cursor.execute("SELECT portal_refresh(array_agg(id)) FROM wagtailcore_page")


def wrong_readers(using: str = "default") -> list[tuple[int, list[str], list[str]]]:
    """Return (page id, stored readers, right readers) of the pages whose stored readers are wrong."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            """
            SELECT p.id, p.readers, r.readers
            FROM wagtailcore_page p,
              portal_readers(p.id, p.path, p.live, p.alias_of_id, p.translation_key, p.locale_id) r (readers)
            WHERE p.readers <> r.readers
            ORDER BY p.path
            """
        )
        return cursor.fetchall()
