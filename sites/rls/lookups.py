"""How the ORM asks about the tree and about readers."""

import json

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
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


def as_set(members) -> str:
    """A set as the database is told one (see principals.sql): one of thousands is found quickly."""
    return json.dumps(dict.fromkeys(members, 0))


def _beside(column_sql: str, name: str) -> str:
    """Return the column `name` beside `column_sql` ("table"."column"); models don't have it."""
    table, _, _column = column_sql.rpartition(".")
    return f'{table}."{name}"'


class ReadBy(Lookup):
    """`path__read_by=principals`: rows that one of the principals reads.

    The readers are no field of Wagtail's models; they are found beside the path, also through relations, and
    the search takes the condition for one on the path.
    """

    lookup_name = "read_by"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        path, parameters = self.process_lhs(compiler, connection)
        return f"%s::jsonb ?| {_beside(path, 'readers')}", [as_set(self.rhs), *parameters]


class Below(Lookup):
    """`path__below=paths`: rows at one of the tree paths or below it.

    A few are compared one by one, so that an index serves them; thousands are looked up in a set.
    """

    lookup_name = "below"
    prepare_rhs = False
    FEW = 20

    def as_sql(self, compiler, connection):
        path, parameters = self.process_lhs(compiler, connection)
        paths = sorted(self.rhs)
        if not paths:
            raise EmptyResultSet
        if len(paths) <= self.FEW:
            tests = " OR ".join([f"{path} ^@ %s"] * len(paths))
            return f"({tests})", [value for each in paths for value in (*parameters, each)]
        return f"%s::jsonb ?| portal_lineage({path})", [as_set(paths), *parameters]


class Among(Lookup):
    """`pk__among=ids`: like `pk__in`, for thousands of values, which go to the database as one.

    With `in`, Django takes longer to write the query than PostgreSQL to answer it.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        values = sorted(self.rhs)
        if not values:
            raise EmptyResultSet
        return f"{column} = ANY(%s)", [*parameters, values]


class _Beside(Func):
    """The column `beside` in the row in which the given column is."""

    arity = 1
    beside: str

    def as_sql(self, compiler, connection, *args, **extra):
        column, parameters = compiler.compile(self.source_expressions[0])
        return _beside(column, self.beside), parameters


class Readers(_Beside):
    """The readers of the row with the given path, as a list: `annotate(readers=Readers("path"))`."""

    beside = "readers"
    output_field = ArrayField(TextField())


class Words(_Beside):
    """The words of the titles of the page with the given path, also of its draft, in one spelling each."""

    beside = "words"
    output_field = TextField()


def register() -> None:
    """Use these for pages (of every type) and collections, whoever asks: treebeard, Wagtail, we."""
    from wagtail.models import Collection, Page

    for model in (Page, Collection):
        field = model._meta.get_field("path")
        field.register_lookup(PathPrefix)
        field.register_lookup(ReadBy)
        field.register_lookup(Below)
        for name in ("id", "path"):
            model._meta.get_field(name).register_lookup(Among)
