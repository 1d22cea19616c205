from django.core.management.base import BaseCommand, CommandError

from sites.wall.install import mend, wrong_readers


class Command(BaseCommand):
    help = "Computes the readers of every page anew and compares them with what is stored."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="store the right readers")

    def handle(self, *, fix, **options):
        wrong = wrong_readers()
        for page_id, stored, right in wrong:
            self.stdout.write(f"page {page_id}: {', '.join(stored)} should be {', '.join(right)}")
        if wrong and not fix:
            raise CommandError(
                f"{len(wrong)} pages with wrong readers. This puts them right: manage.py wall_verify --fix"
            )
        if wrong:
            mend()
            self.stdout.write(f"{len(wrong)} pages put right.")
        self.stdout.write("All readers are right.")
