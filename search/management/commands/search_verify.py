from django.core.management.base import BaseCommand, CommandError

from search.indexing import drain, index_pages
from search.models import Change
from search.verify import wrong_entries


class Command(BaseCommand):
    help = "Compares the index of the search with the pages; with --fix makes wrong entries anew."

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="index what is wrong or waits, now")

    def handle(self, *, fix, **options):
        waiting = Change.objects.count()
        self.stdout.write(f"waiting for the background service: {waiting}")
        wrong = wrong_entries()
        for what, pages in wrong.items():
            self.stdout.write(f"{what}: {len(pages)}")
        ids = {page for pages in wrong.values() for page in pages}
        if ids and not fix:
            raise CommandError(f"{len(ids)} are wrong. This puts them right: manage.py search_verify --fix")
        if fix:
            drain()
            index_pages(ids)
            self.stdout.write(f"{len(ids)} put right.")
        self.stdout.write("The index is right.")
