"""The foreign Träger is full: a model or a text field that nobody has planted would never be seen to leak."""

import re

import pytest
from django.db import connection, models

from tests.leaks import rows
from tests.leaks.marking import SHORTEST

pytestmark = pytest.mark.xdist_group("leaks")

TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
MARKER = r"(zq[sp][0-9]{5}|770 [12] [0-9]{5})"

# (model, field) as regular expressions → why no marker is there.
UNMARKED = (
    ("home\\.(Topic|TargetGroup|Sozialraum|FormOfSupport)", ".*", "words that all Träger share"),
    ("taggit\\..*|guardian\\..*", ".*", "replaced by own models; empty"),
    ("wagtail(images|docs)\\..*", ".*", "replaced by own models; empty"),
    ("wagtailsearch\\..*", ".*", "an index that nothing keeps; empty"),
    (".*", ".*object_id|path|.*content_?path|model_path|field_path", "an id or the name of a field"),
    (".*", "file_hash|password|filter_spec|focal_point_key", "computed"),
    ("wagtailcore\\..*LogEntry", "action", "one of a few words of the program"),
    ("wagtail_localize\\..*", "schema_version|template.*|attrs", "structure without words of people"),
    ("thinka_sites\\.AttemptCount", "key", "computed"),
    ("thinka_sites\\.Invitation", "digest", "computed"),
    ("sessions\\.Session", ".*", "replaced by an own model; empty"),
    ("thinka_sites\\.SignOfLife", "name|lags", "a word and figures of the program"),
    ("thinka_sites\\.Job", "kind", "one of a few words of the program"),
    ("search\\.(Change|Passage)", "model", "the name of a model"),
    ("search\\.EngineIndex", "name|mapping|cluster", "what the engine calls an index, and itself"),
    ("search\\.Attachment", "reason", "one of a few words of the program"),
    ("search\\.(Synonym|AskedQuestion|MissingContent)", ".*", "kept by the knowledge base, of no Träger"),
    ("wagtailusers\\.UserProfile", "(?!avatar).*", "settings of the editing area"),
)


def unmarked_for_a_reason(model, field) -> bool:
    if field.choices or (field.max_length and field.max_length < SHORTEST):
        return True
    return any(
        re.fullmatch(name, model._meta.label) and re.fullmatch(column, field.name)
        for name, column, _reason in UNMARKED
    )


def test_every_reason_is_needed():
    fields = [(m._meta.label, f.name) for m in rows.tables() for f in m._meta.local_concrete_fields]
    unneeded = [
        (name, column)
        for name, column, _reason in UNMARKED
        if not any(re.fullmatch(name, label) and re.fullmatch(column, field) for label, field in fields)
    ]
    assert not unneeded


def holds_a_marker(model, column: str, keys: set) -> bool:
    table, key = (connection.ops.quote_name(each) for each in (model._meta.db_table, model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE {key} = ANY(%s) AND {column}::text ~ %s LIMIT 1",  # noqa: S608
            [list(keys), MARKER],
        )
        return cursor.fetchone() is not None


def test_every_text_field_of_every_model_is_marked(planted):
    missing = []
    for model in rows.tables():
        keys = planted.foreign_rows.get(model._meta.db_table, set())
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, TEXTS) or unmarked_for_a_reason(model, field):
                continue
            if not holds_a_marker(model, connection.ops.quote_name(field.column), keys):
                missing.append(f"{model._meta.label}.{field.name}")
    assert not missing


def test_every_page_type_is_planted(planted):
    from wagtail.models import get_page_models

    from home.models.base import PortalPage

    types = {type(page) for page in planted.foreign.pages.values()}
    assert types == {model for model in get_page_models() if issubclass(model, PortalPage)}
