from statistics import median

from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from benchmarks import reads, seal, writes
from benchmarks.access import person
from sites.models import Traeger


class Command(BaseCommand):
    help = "Measures requests with and without RLS, and what its triggers cost. Needs `load_bulk` first."

    def add_arguments(self, parser):
        parser.add_argument("--rounds", type=int, default=5, help="default: %(default)s")
        parser.add_argument("--grants", type=int, default=2000, help="of one person; default: %(default)s")

    def handle(self, *, rounds, grants, **options):
        found = Traeger.objects.select_related("site__root_page").filter(slug__startswith="beispiel-")
        try:
            first, second = found.order_by("slug")[:2]
        except ValueError:
            raise CommandError("There is nothing to measure. Run first: manage.py load_bulk") from None
        with override_settings(DEBUG=False):
            self._reads(first, rounds)
            self._seal(first, rounds)
            self._grants(first, grants)
            self._writes(first, second, rounds)

    def _reads(self, traeger, rounds) -> None:
        walls = reads.walls()
        if "on" not in walls:
            self.stdout.write("The database has no role that RLS binds: measured without RLS only.")
        rows = []
        for request in reads.requests(traeger):
            taken = {name: [] for name in walls}
            queries = {}
            for number in range(rounds + 1):
                for name, wall in walls.items():
                    milliseconds, queries[name] = reads.ask(request, traeger, wall)
                    # The first answer fills caches that every server has.
                    if number:
                        taken[name].append(milliseconds)
            rows.append((request.name, taken, "/".join(str(count) for count in queries.values())))
        self._table("request, wall off/on, ms", rows, "queries")

    def _seal(self, traeger, rounds) -> None:
        name, wall = list(reads.walls().items())[-1]
        if name != "on":
            return
        rows = []
        for request in reads.requests(traeger):
            taken = {"off": [], "on": []}
            for _round in range(rounds):
                for state, functions in (("off", seal.unsealed), ("on", seal.sealed)):
                    with functions():
                        # The first answer plans the functions.
                        reads.ask(request, traeger, wall)
                        taken[state] += [reads.ask(request, traeger, wall)[0] for _again in range(3)]
            rows.append((request.name, taken, ""))
        self._table("request, seal off/on, ms", rows, "")

    def _grants(self, traeger, grants) -> None:
        editor = person(traeger, "redaktion")
        counts = {}
        for count in (1, grants):
            with reads.many_grants(editor, count):
                for request in reads.requests(traeger):
                    if request.user == editor:
                        name, wall = list(reads.walls().items())[-1]
                        reads.ask(request, traeger, wall)
                        counts.setdefault(request.name, []).append(reads.ask(request, traeger, wall))
        self.stdout.write(f"\n{f'editor with 1 and with {grants} grants':34}{'ms':>20}{'queries':>12}")
        for name, ((few, few_queries), (many, many_queries)) in counts.items():
            times, queries = f"{few:.0f} → {many:.0f}", f"{few_queries} → {many_queries}"
            self.stdout.write(f"{name:34}{times:>20}{queries:>12}")

    def _writes(self, first, second, rounds) -> None:
        rows = []
        for name, change in writes.changes(first, second).items():
            taken = {"off": [], "on": []}
            for _round in range(rounds):
                for state in taken:
                    taken[state].append(writes.cost(change, triggers=state == "on"))
            rows.append((name, taken, ""))
        self._table("change, triggers off/on, ms", rows, "")

    def _table(self, title, rows, last) -> None:
        self.stdout.write(f"\n{title:34}{'off':>10}{'on':>10}{'ratio':>8}{last:>10}")
        for name, taken, note in rows:
            off, on = (median(taken[state]) if taken.get(state) else None for state in ("off", "on"))
            line = f"{name:34}{off:>10.1f}"
            line += f"{on:>10.1f}{on / off:>8.2f}" if on is not None else f"{'–':>10}{'–':>8}"
            self.stdout.write(f"{line}{note:>10}")
            self.stdout.flush()
