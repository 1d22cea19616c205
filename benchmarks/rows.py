"""Writes many rows at once: with COPY, and past the triggers, which look at each page on its own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Reserve `count` primary keys, so that rows can name each other before they are stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [number for (number,) in cursor.fetchall()]


def copy_rows(model: type[models.Model], objects: Iterable[models.Model]) -> None:
    """Store the part of `objects`, which have primary keys, that is in the table of `model` itself."""
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for each in objects:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(each, add=True), connection) for field in fields]
            )


@contextmanager
def triggers_off(*models: type[models.Model]) -> Iterator[None]:
    """Write to the tables of `models` without their triggers, as their owner; mend RLS afterwards."""
    names = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        _switch(cursor, names, "DISABLE")
        yield
        _switch(cursor, names, "ENABLE")


def _switch(cursor, names: list[str], what: str) -> None:
    # PostgreSQL changes no table with constraints that are still to be checked.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        cursor.execute(f"ALTER TABLE {name} {what} TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
