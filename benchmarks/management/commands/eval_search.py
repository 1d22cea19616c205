import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import product
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import override_settings
from wagtail.models import Locale

from benchmarks import evaluation
from search import postgresql, weights
from search.indexing import VERSION, Field, read, store
from search.meaning import model
from search.meaning.passages import read_as
from search.meaning.state import trouble
from search.models import Entry, Passage, Synonym
from search.postgresql import Answer, Asked
from search.query import look_up, meant
from search.synonyms import kept
from search.text import question
from sites.rls.identity import SITE, Identity, set_identity

Search = Callable[[Asked, int, int], Answer]


class Command(BaseCommand):
    help = "Measures how well the search finds, on folders with documents, questions and judgements."

    def add_arguments(self, parser):
        parser.add_argument("folders", nargs="+", type=Path)
        parser.add_argument(
            "--synonyms", choices=["on", "off", "both"], default="both", help="with those of the folder"
        )
        parser.add_argument("--model", choices=["on", "off", "both"], default="both", help="also by meaning")

    def handle(self, *, folders, synonyms, model, **options):
        wanted = ["off", "on"] if synonyms == "both" else [synonyms]
        models = ["off", "on"] if model == "both" else [model]
        if "on" in models and (why := trouble()):
            raise CommandError(why)
        for folder in folders:
            try:
                documents, queries = evaluation.documents(folder), evaluation.queries(folder)
                groups = evaluation.synonyms(folder)
            except OSError as error:
                needed = "corpus.jsonl, queries.jsonl and qrels.tsv"
                raise CommandError(f"Give a folder with {needed}: {error}") from None
            with transaction.atomic():
                search = self._index(documents)
                if "on" in models:
                    read_passages()
                engines = answering()
                for state in wanted:
                    if state == "on" and not groups:
                        continue
                    if state == "on":
                        keep_synonyms(groups)
                    for engine, by_meaning in product(engines, models):
                        with override_settings(SEARCH_SEMANTIC=by_meaning == "on"):
                            scores = evaluation.score(queries, partial(search, engines[engine]))
                            self._tell(folder, engine, state, by_meaning, scores)
                transaction.set_rollback(True)

    def _tell(self, folder, engine, synonyms, model, scores: dict[str, evaluation.Score]) -> None:
        for kind, score in scores.items():
            self.stdout.write(
                f"set={folder.name} engine={engine} synonyms={synonyms} model={model} type={kind}"
                f" n={score.queries}"
                f" ndcg={score.ndcg:.3f} recall={score.recall:.3f}"
                f" mrr={score.mrr:.3f} zero={score.zero:.3f}"
            )

    def _index(self, documents) -> Callable[[Search, str], list[str]]:
        """Index the documents as public entries, to be undone. Returns how a visitor asks."""
        locale, _created = Locale.objects.get_or_create(language_code="de")
        # Negative numbers: no page has one.
        ids = {-number: document.id for number, document in enumerate(documents, start=1)}
        found = {}
        for number, document in zip(ids, documents, strict=True):
            title = Field(weights.FIELDS["title"], document.title)
            reading = read([title, Field(weights.TEXT, document.text, is_prose=True)], "de")
            found[number] = (Entry(page_id=number, path="", locale=locale, version=VERSION), reading)
        Entry.objects.all().delete()
        Synonym.objects.all().delete()
        store(ids, found)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE search_entry SET readers = '{public}'")
            cursor.execute("ANALYZE search_entry, search_term, search_posting")
        set_identity(Identity(None, SITE, "localhost", 80))

        def search(engine: Search, text: str) -> list[str]:
            asked = question(text, "de")
            vector = model.query(meant(asked, text))
            spoken = Asked((), asked.phrases, asked.excluded, "de", vector=vector)
            found = look_up(asked, spoken, kept("de"), text, search=engine)
            return [ids[hit.page] for hit in found.answer.hits]

        return search


def answering() -> dict[str, Search]:
    """Return who answers, by name: with SEARCH_URL also Elasticsearch, which learns all that is indexed."""
    found: dict[str, Search] = {"postgresql": postgresql.search}
    if settings.SEARCH_URL:
        from search.engine import asking, building, telling

        # It measures what is found, also on a machine that has much else to do.
        telling.QUESTION = 60.0
        building.begin()
        building.go_on(3600)
        found["elasticsearch"] = asking.search
    return found


def read_passages() -> None:
    """Make the vectors of all passages; those of texts that were read before are kept below `var`."""
    with closing(sqlite3.connect(settings.VAR_DIR / "eval-vectors.sqlite3")) as known:
        known.execute("CREATE TABLE IF NOT EXISTS vector (model, text, numbers, PRIMARY KEY (model, text))")
        for passage in Passage.objects.exclude(model=model.name()):
            key = (model.name(), read_as(passage))
            numbers = known.execute("SELECT numbers FROM vector WHERE (model, text) = (?, ?)", key).fetchone()
            if not numbers:
                numbers = [json.dumps(model.passages([key[1]])[0])]
                with known:
                    known.execute("INSERT INTO vector VALUES (?, ?, ?)", (*key, *numbers))
            Passage.objects.filter(pk=passage.pk).update(vector=json.loads(numbers[0]), model=key[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_passage")


def keep_synonyms(groups: list[str]) -> None:
    """Keep `groups` of words, with commas between them, as the coordination office does."""
    german = Locale.objects.get(language_code="de")
    Synonym.objects.bulk_create(Synonym(words=group, locale=german) for group in groups)
