from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from wagtail.models import Locale

from benchmarks import evaluation
from search import weights
from search.indexing import VERSION, postings_of, store
from search.models import Entry
from search.query import look_up
from search.text import question
from sites.rls.identity import SITE, Identity, set_identity


class Command(BaseCommand):
    help = "Measures how well the search finds, on folders with documents, questions and judgements."

    def add_arguments(self, parser):
        parser.add_argument("folders", nargs="+", type=Path)

    def handle(self, *, folders, **options):
        for folder in folders:
            try:
                documents, queries = evaluation.documents(folder), evaluation.queries(folder)
            except OSError as error:
                needed = "corpus.jsonl, queries.jsonl and qrels.tsv"
                raise CommandError(f"Give a folder with {needed}: {error}") from None
            with transaction.atomic():
                scores = self._scores(documents, queries)
                transaction.set_rollback(True)
            for kind, score in scores.items():
                self.stdout.write(
                    f"set={folder.name} engine=postgresql synonyms=off model=off type={kind}"
                    f" n={score.queries}"
                    f" ndcg={score.ndcg:.3f} recall={score.recall:.3f}"
                    f" mrr={score.mrr:.3f} zero={score.zero:.3f}"
                )

    def _scores(self, documents, queries) -> dict[str, evaluation.Score]:
        """Index the documents as public entries, in a transaction that is undone, and ask as a visitor."""
        locale, _created = Locale.objects.get_or_create(language_code="de")
        # Negative numbers: no page has one.
        ids = {-number: document.id for number, document in enumerate(documents, start=1)}
        entries, found = {}, {}
        for number, document in zip(ids, documents, strict=True):
            entries[number] = Entry(
                page_id=number, path="", locale=locale, content_type_id=1, version=VERSION
            )
            fields = [(weights.FIELDS["title"], document.title), (weights.TEXT, document.text)]
            found[number] = postings_of(fields, "de")
        Entry.objects.all().delete()
        store(ids, entries, found)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE search_entry SET readers = '{public}'")
            cursor.execute("ANALYZE search_entry, search_term, search_posting")
        set_identity(Identity(None, SITE, "localhost", 80))

        def search(text: str) -> list[str]:
            return [ids[page] for page, _score in look_up(question(text, "de"), text, "de").answer.hits]

        return evaluation.score(queries, search)
