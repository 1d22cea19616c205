"""The columns of RLS come by a migration, also where an earlier version made them after the migrations."""

from importlib import import_module

import pytest
from django.db import connection

from sites.models import PortalImage
from tests.factories import ImageFactory

migration = import_module("sites.migrations.0022_reader_columns")

OLD_COLUMN = "ALTER TABLE thinka_sites_portalimage ADD COLUMN unsettled boolean NOT NULL DEFAULT false;"
OLD_INDEX = "CREATE INDEX portal_unsettled ON thinka_sites_portalimage (id) WHERE {column};"
NEW_INDEX = "DROP INDEX portal_renditions_stale;"
# What an earlier version left, by SQL that makes it out of today's state.
EARLIER = {
    "nothing": migration.WITHOUT_MARK,
    "the old name": migration.WITHOUT_MARK + ";" + OLD_COLUMN + OLD_INDEX.format(column="unsettled"),
    "the new name": NEW_INDEX + OLD_INDEX.format(column="renditions_stale"),
    "both names": NEW_INDEX + OLD_COLUMN + OLD_INDEX.format(column="unsettled"),
}


def columns_and_indexes() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name::text, is_nullable::text, column_default::text"
            " FROM information_schema.columns WHERE table_name = 'thinka_sites_portalimage'"
            " UNION SELECT indexname::text, indexdef, '' FROM pg_indexes"
            " WHERE tablename = 'thinka_sites_portalimage'"
        )
        return set(cursor.fetchall())


@pytest.mark.parametrize("left", EARLIER)
def test_the_mark_of_pictures_is_taken_over(left, traeger_a):
    before = columns_and_indexes()
    marked, unmarked = ImageFactory(traeger=traeger_a), ImageFactory(traeger=traeger_a)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(EARLIER[left])
        if left != "nothing":
            column = "renditions_stale" if left == "the new name" else "unsettled"
            cursor.execute(
                f"UPDATE thinka_sites_portalimage SET {column} = true WHERE id = %s",  # noqa: S608
                [marked.pk],
            )
        cursor.execute(migration.MARK)
    index = migration.Migration.operations[-1].index
    with connection.schema_editor() as editor:
        editor.add_index(PortalImage, index)
    assert columns_and_indexes() == before
    stale = PortalImage.objects.filter(pk__in=[marked.pk, unmarked.pk], renditions_stale=True)
    assert set(stale) == (set() if left == "nothing" else {marked})


def test_the_other_columns_may_be_there_already(db):
    with connection.cursor() as cursor:
        cursor.execute(migration.COLUMNS)


def test_django_never_writes_the_mark(traeger_a):
    picture = ImageFactory(traeger=traeger_a)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE thinka_sites_portalimage SET renditions_stale = true WHERE id = %s", [picture.pk]
        )
    picture.renditions_stale = False
    picture.title = "Anders"
    picture.save()
    PortalImage.objects.filter(pk=picture.pk).update(renditions_stale=False)
    again = PortalImage.objects.get(pk=picture.pk)
    assert (again.title, again.renditions_stale) == ("Anders", True)
