"""The extension `vector` may come later, or never."""

import pytest
from django.core.management import call_command
from django.db import connection

from search.meaning import storage
from search.meaning.state import trouble
from search.models import Passage


@pytest.fixture
def plain_column(vectors):
    """The database as it was migrated before the extension came."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_passage_nearest")
        cursor.execute(
            "ALTER TABLE search_passage ALTER vector TYPE double precision[]"
            " USING (vector::vector::real[])::double precision[]"
        )


@pytest.mark.usefixtures("plain_column")
class TestTheExtensionComesLater:
    def test_vectors_can_not_be_compared(self, stand_in):
        assert not storage.ready()
        assert "CREATE EXTENSION vector" in trouble()
        assert "SEARCH_SEMANTIC=off" in trouble()

    def test_migrate_catches_up(self, stand_in):
        passage = Passage.objects.create(entry_id=-1, number=0, text="X", vector=[1.0] * 384)
        call_command("migrate", verbosity=0)
        assert storage.ready()
        assert trouble() == ""
        with connection.cursor() as cursor:
            cursor.execute("SELECT (vector <#> vector) FROM search_passage WHERE id = %s", [passage.pk])
            assert cursor.fetchone()[0] == -384
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_passage_nearest'")
            assert "hnsw" in cursor.fetchone()[0]

    def test_it_is_done_once(self):
        storage.prepare()
        with connection.cursor() as cursor:
            cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = 'search_passage'")
            before = cursor.fetchone()
            storage.prepare()
            cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = 'search_passage'")
            assert cursor.fetchone() == before
