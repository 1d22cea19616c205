"""Which changes beside those of pages themselves change what the index says of them, as triggers."""

from django.db.models import ManyToManyField, Model
from wagtail.models import Page, get_page_models

from search.indexing import named_by

_TRIGGER = (
    "CREATE OR REPLACE TRIGGER portal_search_note{number} AFTER {events} ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION portal_search_note('{model}', '{column}');"
)


def triggers() -> str:
    """Return the SQL of all triggers: on terms, and on what says that a page names one."""
    statements = []
    for model, uses in named_by().items():
        statements.append(_note(model._meta.db_table, "UPDATE", model, model._meta.pk.column))
        for page_type, name in uses:
            statements += _of_relation(page_type, name)
    # Facts of a page are written into its other languages without storing these.
    for page_type in get_page_models():
        if page_type is not Page:
            key = page_type._meta.pk.column
            statements.append(_note(page_type._meta.db_table, "UPDATE", Page, key, "fields"))
    return "\n".join(statements)


def _of_relation(page_type: type[Page], name: str) -> list[str]:
    field = page_type._meta.get_field(name)
    if not isinstance(field, ManyToManyField):
        return []
    through = getattr(page_type, name).through
    return [_note(through._meta.db_table, "INSERT OR DELETE", Page, field.m2m_column_name(), name)]


def _note(table: str, events: str, model: type[Model], column: str, name: str = "") -> str:
    number = f"_{name}" if name else ""
    return _TRIGGER.format(
        number=number, events=events, table=table, model=model._meta.label_lower, column=column
    )
