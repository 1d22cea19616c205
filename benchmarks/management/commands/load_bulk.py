from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from benchmarks.loader import Plan, load
from sites.models import Traeger


class Command(BaseCommand):
    """Fills a database for measuring. The same numbers give the same portal."""

    help = "Makes very many pages in invented Träger, with groups, grants, restrictions and search entries."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, default=100_000, help="default: %(default)s")
        parser.add_argument(
            "--traeger", type=int, default=50, help="each has four groups; default: %(default)s"
        )
        parser.add_argument(
            "--section", type=int, default=5000, help="pages of the largest section; default: %(default)s"
        )
        parser.add_argument("--grants", type=int, default=2000, help="default: %(default)s")
        parser.add_argument("--restrictions", type=int, default=1000, help="default: %(default)s")
        parser.add_argument("--keep", action="store_true", help="do nothing where they are there already")
        parser.add_argument(
            "--yes-this-is-a-test-database",
            action="store_true",
            help="also where there is content already, which stays but is buried among the invented pages",
        )

    def handle(self, *, pages, traeger, section, grants, restrictions, keep, **options):
        if Traeger.objects.filter(slug="beispiel-001").exists():
            if keep:
                return
            raise CommandError("The database holds invented pages already. Take a new one: PORTAL_DATABASE=…")
        if Traeger.objects.exists() and not options["yes_this_is_a_test_database"]:
            raise CommandError(
                "The database holds content. Take an empty one (PORTAL_DATABASE=portal_bench), or say that "
                "this one is for tests: --yes-this-is-a-test-database"
            )
        if not (traeger > 1 and 0 <= section < pages and max(grants, restrictions) <= pages):
            raise CommandError(
                "At least two Träger are needed, and more pages than --section, --grants and --restrictions."
            )
        load(Plan(pages, traeger, section, grants, restrictions), say=self._say)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
