from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from search.engine import state
from search.indexing import AT_ONCE, index_documents, index_pages
from sites.models import PortalDocument

# Pages between two lines of progress.
STEP = 50 * AT_ONCE


class Command(BaseCommand):
    help = "Indexes all pages and documents anew. The search goes on answering meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "--elasticsearch", action="store_true", help="only its index, from what PostgreSQL has"
        )

    def handle(self, *, verbosity, elasticsearch, **options):
        if elasticsearch:
            self._build()
            return
        ids = list(Page.objects.filter(depth__gte=3).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            index_pages(ids[start : start + AT_ONCE])
            if verbosity and start % STEP == 0:
                self.stdout.write(f"{start} of {len(ids)}")
        documents = list(PortalDocument.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(documents), AT_ONCE):
            index_documents(documents[start : start + AT_ONCE])
        if verbosity:
            self.stdout.write(f"{len(ids)} pages and {len(documents)} documents indexed.")

    def _build(self) -> None:
        """Begin another index in Elasticsearch; the one that is there answers until it is whole."""
        if not state.configured():
            raise CommandError("There is no Elasticsearch: set SEARCH_URL.")
        from search.engine import building
        from search.engine.client import EngineError

        try:
            index = building.begin()
        except EngineError as error:
            raise CommandError(f"Elasticsearch does not answer ({error}). See to it and try again.") from None
        self.stdout.write(f"{index.name} is begun; the background service fills it and then lets it answer.")
