"""Looks at the database from outside after everything that a block of code stores."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")


@contextmanager
def after_each_commit(look: Callable[[], object]) -> Iterator[list]:
    """Yield a list that gets what `look` returns, on another connection, whenever something is stored."""
    watched, stock, seen = connections["default"], BaseDatabaseWrapper._commit, []

    def note() -> None:
        seen.append(outside.submit(look).result())

    def statement(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not context["connection"].in_atomic_block and WRITES.match(sql):
            note()
        return result

    def commit(wrapper) -> None:
        stock(wrapper)
        if wrapper is watched:
            note()

    with ThreadPoolExecutor(1) as outside:
        try:
            with (
                connection.execute_wrapper(statement),
                patch.object(BaseDatabaseWrapper, "_commit", commit),
            ):
                yield seen
        finally:
            # Its own: in each thread it is another one.
            outside.submit(lambda: connection.close()).result()
