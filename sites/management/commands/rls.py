from itertools import groupby
from textwrap import wrap

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql

from sites.rls.derived import table_policies
from sites.rls.describe import in_words
from sites.rls.install import installed
from sites.rls.preflight import OTHER_VERSION
from sites.rls.tables import CLOSED, FREE, KEPT_COLUMNS

ACTIONS = {"SELECT": "read", "INSERT": "insert", "UPDATE": "update", "DELETE": "delete"}
LEGEND = (
    "Administrators pass every condition. Names such as edit_paths are what the database was told about the "
    "person, see sites/rls/principals.sql; the functions are in objects.sql. In SQL: manage.py rls TABLE"
)
WIDTH = 110


class Command(BaseCommand):
    help = (
        "Shows RLS: for each table the number of rows, whether it is guarded or free and why, and who "
        "reads and writes its rows. With the name of a table: its conditions in SQL."
    )

    def add_arguments(self, parser):
        parser.add_argument("table", nargs="?", help="Show the conditions of this table.")

    def handle(self, *args, table, **options):
        names = self.names()
        if not table:
            self.show_all(names)
        elif table in names:
            self.show(table)
        else:
            raise CommandError(f"There is no table {table}. All tables: manage.py rls")

    def names(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                ' ORDER BY relname COLLATE "C"'
            )
            return [name for (name,) in cursor.fetchall()]

    def rows(self, names: list[str]) -> dict[str, int]:
        """Return the number of rows of every table."""
        counts = [
            sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(name), sql.Identifier("public", name))
            for name in names
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(" UNION ALL ").join(counts))
            return dict(cursor.fetchall())

    def show_all(self, names: list[str]) -> None:
        for name, count in self.rows(names).items():
            self.stdout.write(f"{name}: {count} {'row' if count == 1 else 'rows'}, {self.state(name)}")
            for line in self.policies(name):
                self.stdout.write(f"  {line}")
        for line in wrap(LEGEND, WIDTH):
            self.stdout.write(line)
        self.stdout.write(
            f"{len(table_policies())} tables behind RLS, {len(FREE.keys() & set(names))} free."
            + ("" if installed() else f" {OTHER_VERSION}")
        )

    def state(self, name: str) -> str:
        """Tell whether the table is free or guarded, and why, as far as the conditions don't say that."""
        if name in FREE:
            return f"FREE: {FREE[name]}"
        if name in CLOSED:
            return f"closed to web processes: {CLOSED[name]}"
        policies = table_policies().get(name)
        if policies is None:
            return "UNKNOWN: web processes may not use it"
        return f"guarded: {policies.about}" if policies.about else "guarded"

    def policies(self, name: str) -> list[str]:
        """Return who reads and writes the rows of a guarded table, equal conditions together."""
        policies = table_policies().get(name)
        if policies is None:
            return []
        lines = []
        for condition, commands in groupby(policies.conditions(name).items(), key=lambda item: item[1]):
            actions = ", ".join(ACTIONS[command] for command, _text in commands)
            lines += wrap(f"{actions}: {in_words(condition, name)}", WIDTH, subsequent_indent="    ")
        if name in KEPT_COLUMNS:
            lines.append(f"never written, kept by triggers: {', '.join(sorted(KEPT_COLUMNS[name]))}")
        return lines

    def show(self, name: str) -> None:
        self.stdout.write(f"{name}: {self.state(name)}")
        policies = table_policies().get(name)
        for command, text in policies.conditions(name).items() if policies else ():
            self.stdout.write(f"{ACTIONS[command]}:\n  {text}")
