from django.core.management.base import BaseCommand, CommandError

from search.engine import state
from search.indexing import drain, index_pages
from search.models import Change, EngineChange
from search.verify import mend_documents, passages_without_vector, wrong_documents, wrong_entries


class Command(BaseCommand):
    help = (
        "Compares the index of the search with the pages, and Elasticsearch with it;"
        " with --fix makes wrong entries anew."
    )

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="index what is wrong or waits, now")

    def handle(self, *, fix, **options):
        waiting = Change.objects.count()
        self.stdout.write(f"waiting for the background service: {waiting}")
        self.stdout.write(f"passages without a vector: {passages_without_vector()}")
        pages, documents = self._look(wrong_entries()), self._look(wrong_documents())
        count = len(pages) + len(documents)
        if count and not fix:
            raise CommandError(f"{count} are wrong. This puts them right: manage.py search_verify --fix")
        if fix:
            drain()
            index_pages(pages)
            mend_documents(list(documents))
            self.stdout.write(f"{count} put right.")
        self.stdout.write("The index is right.")
        if state.configured():
            self._engine(fix)

    def _engine(self, fix: bool) -> None:
        """Compare Elasticsearch with PostgreSQL. Raises CommandError where it differs."""
        from search.engine import comparing, sending
        from search.engine.client import EngineError

        if fix:
            sending.send()
        self.stdout.write(f"waiting for Elasticsearch: {EngineChange.objects.count()}")
        if not comparing.answering():
            self.stdout.write("The background service builds the index of Elasticsearch.")
            return
        try:
            wrong = comparing.differing()
            self.stdout.write(f"otherwise in Elasticsearch: {len(wrong)}")
            if wrong and not fix:
                raise CommandError(
                    f"{len(wrong)} are wrong. This puts them right: manage.py search_verify --fix"
                )
            comparing.repair(wrong)
        except EngineError as error:
            raise CommandError(f"Elasticsearch does not answer; it catches up by itself. ({error})") from None
        self.stdout.write("Elasticsearch has what PostgreSQL has.")

    def _look(self, wrong: dict[str, list[int]]) -> set[int]:
        """Say what is wrong, and return the ids of all of which something is."""
        for what, ids in wrong.items():
            self.stdout.write(f"{what}: {len(ids)}")
        return {pk for ids in wrong.values() for pk in ids}
