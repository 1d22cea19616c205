from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from sites.wall.derived import walls
from sites.wall.install import installed
from sites.wall.startup import ANOTHER_WALL
from sites.wall.tables import FREE

ACTIONS = {"SELECT": "read", "INSERT": "insert", "UPDATE": "update", "DELETE": "delete"}


class Command(BaseCommand):
    help = (
        "Shows the wall: for each table the number of rows (as the server estimates it) and who may read and "
        "write them, or why it is free. With the name of a table: its conditions in SQL."
    )

    def add_arguments(self, parser):
        parser.add_argument("table", nargs="?", help="Show the conditions of this table.")

    def handle(self, *args, table, **options):
        if table:
            self.show(table)
            return
        rows = self.rows()
        for name in sorted(rows):
            self.stdout.write(f"{name}  ({rows[name]} rows)  {self.summary(name)}")
        self.stdout.write(
            f"{len(walls())} tables behind the wall, {len(rows.keys() & FREE.keys())} free."
            + ("" if installed() else f" {ANOTHER_WALL}")
        )

    def rows(self) -> dict[str, int]:
        """Return the estimated number of rows of every table."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, greatest(reltuples, 0)::int FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
            return dict(cursor.fetchall())

    def summary(self, name: str) -> str:
        if name in FREE:
            return f"FREE: {FREE[name]}"
        wall = walls().get(name)
        if wall is None:
            return "UNKNOWN: web processes may not use it"
        closed = [ACTIONS[command] for command, text in wall.conditions(name).items() if text == "false"]
        open_to_all = [ACTIONS[command] for command, text in wall.conditions(name).items() if text == "true"]
        parts = []
        if open_to_all:
            parts.append(f"{', '.join(open_to_all)}: everybody")
        if closed:
            parts.append(f"{', '.join(closed)}: administrators")
        parts.append(wall.about or "by the conditions")
        return "; ".join(parts)

    def show(self, name: str) -> None:
        if name not in self.rows():
            raise CommandError(f"There is no table {name}. All tables: manage.py wall")
        wall = walls().get(name)
        if wall is None:
            self.stdout.write(f"{name}  {self.summary(name)}")
            return
        for command, text in wall.conditions(name).items():
            self.stdout.write(f"{ACTIONS[command]}:\n  {text}")
