"""Which rows of the database belong to one Träger, and which rows a request has written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.models import Page

from tests.leaks.guests import may_be_written

# Rows that belong to nobody: what every request writes, and what all share.
UNOWNED = {
    *("thinka_sites_session", "django_content_type", "auth_permission", "wagtailcore_locale"),
    # One row for the same text, whoever uses it.
    "wagtail_localize_template",
}
# A word of the search is there from whoever wrote it first; where it occurs belongs to the entry.
WORDS = "search_term"

JOURNAL = """
CREATE UNLOGGED TABLE leak_journal (number bigserial, relation text, kind text, old jsonb, new jsonb);
-- That somebody has to look after the sizes of a picture is noted by the database itself.
CREATE FUNCTION leak_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO leak_journal (relation, kind, old, new) VALUES (
        TG_TABLE_NAME, TG_OP,
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - 'renditions_stale' END,
        CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - 'renditions_stale' END
    );
    RETURN NULL;
END $$;
"""


def tables() -> list[type[models.Model]]:
    """Return every model with a table of its own, also those between many-to-many relations."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in UNOWNED
    ]


def snapshot() -> dict[str, set]:
    """Return the primary keys of all rows, by table."""
    return {model._meta.db_table: set(model._base_manager.values_list("pk", flat=True)) for model in tables()}


def difference(before: dict[str, set], after: dict[str, set]) -> dict[str, set]:
    """Return what came between two snapshots."""
    return {table: after[table] - before.get(table, set()) for table in after if after[table] - before[table]}


def keep_journal() -> None:
    """Let the database write down each row that is inserted, changed or deleted from now on."""
    with connection.cursor() as cursor:
        cursor.execute(JOURNAL)
        for table in {model._meta.db_table for model in tables()}:
            cursor.execute(
                f'CREATE TRIGGER zz_leak_note AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
                " FOR EACH ROW EXECUTE FUNCTION leak_note()"
            )


@dataclass(frozen=True)
class Written:
    """A row that a request wrote, and all that makes it count as foreign."""

    table: str
    kind: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.table} ({', '.join(self.reasons)})"


class Owner:
    """Tells of written rows whether they belong to the owner of `rows` (primary keys by table)."""

    def __init__(self, rows: dict[str, set], tree: str):
        # As texts: the journal has no other way to say a UUID, and object ids are texts anyway.
        self.rows = {table: set(map(str, keys)) for table, keys in rows.items() if table != WORDS}
        self.tree = tree
        self.relations = {model._meta.db_table: self._relations_of(model) for model in tables()}
        self.keys = {model._meta.db_table: model._meta.pk.column for model in tables()}
        self.types = {
            pk: apps.get_model(app, name)
            for pk, app, name in ContentType.objects.values_list("pk", "app_label", "model")
            if (app, name) in {(m._meta.app_label, m._meta.model_name) for m in apps.get_models()}
        }

    @staticmethod
    def _relations_of(model) -> dict[str, str]:
        return {
            field.column: field.remote_field.model._meta.db_table
            for field in model._meta.local_concrete_fields
            if field.is_relation and not field.remote_field.model._meta.proxy
        }

    def written(self, opened: frozenset[int] = frozenset()) -> list[Written]:
        """Return the owner's rows among what the journal holds, without what a guest may write.

        `opened`: the pages that a grant opens to who asked.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT relation, kind, old, new FROM leak_journal ORDER BY number")
            entries = [
                (table, kind, *(json.loads(row) if isinstance(row, str) else row for row in rows))
                for table, kind, *rows in cursor.fetchall()
            ]
        found = []
        pages = {pk for pk, model in self.types.items() if issubclass(model, Page)}
        answers = may_be_written(entries, opened, pages)
        for (table, kind, old, new), allowed in zip(entries, answers, strict=True):
            if allowed or old == new or table in UNOWNED:
                continue
            rows = filter(None, (old, new))
            reasons = dict.fromkeys(reason for row in rows for reason in self._reasons(table, row))
            if reasons:
                found.append(Written(table, kind, tuple(reasons)))
        return found

    def _owns(self, table: str, key) -> bool:
        return key is not None and str(key) in self.rows.get(table, ())

    def _reasons(self, table: str, row: dict) -> Iterator[str]:
        if table not in self.relations:
            return
        if self._owns(table, row.get(self.keys[table])):
            yield "own row"
        for column, target in self.relations[table].items():
            if self._owns(target, row[column]):
                yield column
        if table == "wagtailcore_page" and row["path"].startswith(self.tree):
            yield "path"
        for type_column in ("content_type_id", "base_content_type_id", "to_content_type_id"):
            model = self.types.get(row.get(type_column))
            id_column = "to_object_id" if type_column.startswith("to_") else "object_id"
            if model and self._owns(model._meta.db_table, row.get(id_column)):
                yield id_column
