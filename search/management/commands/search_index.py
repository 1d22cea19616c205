from django.core.management.base import BaseCommand
from wagtail.models import Page

from search.indexing import AT_ONCE, index_pages

# Pages between two lines of progress.
STEP = 50 * AT_ONCE


class Command(BaseCommand):
    help = "Indexes all pages anew. The search goes on answering meanwhile."

    def handle(self, *, verbosity, **options):
        ids = list(Page.objects.filter(depth__gte=3).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            index_pages(ids[start : start + AT_ONCE])
            if verbosity and start % STEP == 0:
                self.stdout.write(f"{start} of {len(ids)}")
        if verbosity:
            self.stdout.write(f"{len(ids)} pages indexed.")
