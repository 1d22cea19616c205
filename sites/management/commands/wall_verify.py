from django.core.management.base import BaseCommand, CommandError

from sites.wall.install import wrong_readers


class Command(BaseCommand):
    help = "Computes the readers of every page anew and compares them with what is stored."

    def handle(self, **options):
        wrong = wrong_readers()
        for page_id, stored, right in wrong:
            self.stdout.write(f"page {page_id}: {', '.join(stored)} should be {', '.join(right)}")
        if wrong:
            raise CommandError(f"{len(wrong)} pages with wrong readers. `manage.py migrate` mends them.")
        self.stdout.write("All readers are right.")
