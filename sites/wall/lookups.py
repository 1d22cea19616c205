"""How the ORM asks about the tree and about readers."""

import json

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, Lookup, TextField
from django.db.models.lookups import BuiltinLookup


class PathPrefix(BuiltinLookup):
    """`path__startswith` as `path ^@ prefix` instead of `path LIKE 'prefix%'`.

    PostgreSQL lets a condition into an index before the policies of a table only if it cannot tell anybody
    about rows they may not see ("leakproof"). LIKE is not, so it would be tried on every row of the table.
    """

    lookup_name = "startswith"
    prepare_rhs = False

    def get_rhs_op(self, connection, rhs):
        return f"^@ {rhs}"


def _readers_beside(path_sql: str) -> str:
    """Return the column of the readers in the row whose path is `path_sql` ("table"."path")."""
    table, _, _column = path_sql.rpartition(".")
    return f'{table}."readers"'


class ReadBy(Lookup):
    """`path__read_by=principals`: rows that one of the principals reads.

    The readers are no field of Wagtail's models; they are found beside the path, also through relations, and
    the search takes the condition for one on the path.
    """

    lookup_name = "read_by"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        path, parameters = self.process_lhs(compiler, connection)
        # A set (see principals.sql): there may be thousands of principals.
        principals = json.dumps(dict.fromkeys(self.rhs, 0))
        return f"%s::jsonb ?| {_readers_beside(path)}", [principals, *parameters]


class Readers(Func):
    """The readers of the row with the given path, as a list: `annotate(readers=Readers("path"))`."""

    arity = 1
    output_field = ArrayField(TextField())

    def as_sql(self, compiler, connection, **extra):
        path, parameters = compiler.compile(self.source_expressions[0])
        return _readers_beside(path), parameters


def register() -> None:
    """Use it for the paths of pages (of every type) and collections, whoever asks: treebeard, Wagtail, we."""
    from wagtail.models import Collection, Page

    for model in (Page, Collection):
        field = model._meta.get_field("path")
        field.register_lookup(PathPrefix)
        field.register_lookup(ReadBy)
