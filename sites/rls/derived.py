"""Policies that follow from the models: page types, and all that is part of a page."""

from functools import cache

from django.apps import apps
from django.db.models import ForeignKey
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from sites.rls.conditions import TablePolicies, page_type, part_of_page
from sites.rls.tables import FREE, POLICIES


def tables() -> dict[str, type]:
    """Return all tables that belong to a model, with the model."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models if model._meta.managed and not model._meta.proxy}


def _page_column(model) -> str | None:
    """The column that says to which page the rows of `model` belong, None where none does."""
    if issubclass(model, Page):
        return model._meta.pk.column
    owners = [
        field
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
        and issubclass(field.related_model, Page)
        # Part of a page, not merely pointing to one: its through table, or a child of modelcluster.
        and (model._meta.auto_created or isinstance(field, ParentalKey))
    ]
    return owners[0].column if owners else None


def content_tables() -> dict[str, str]:
    """Return the tables of what pages say, with the column that names the page."""
    return {
        table: column
        for table, model in tables().items()
        if table not in POLICIES and table not in FREE and (column := _page_column(model))
    }


@cache
def table_policies() -> dict[str, TablePolicies]:
    """Return the policies of every table that has some, by table."""
    models = tables()
    derived = {
        table: page_type(column) if issubclass(models[table], Page) else part_of_page(column)
        for table, column in content_tables().items()
    }
    return POLICIES | derived


def unclassified() -> dict[str, type]:
    """Return the tables of which nobody has said who may see them."""
    return {
        table: model
        for table, model in tables().items()
        if table not in table_policies() and table not in FREE
    }


# Wagtail stores pages with all that belongs to them, also where nothing of it changes.
_CONTENT_TRIGGERS = (
    "portal_guard_content BEFORE INSERT OR DELETE ON {table} FOR EACH ROW"
    " EXECUTE FUNCTION portal_guard_content('{column}')",
    "portal_guard_content_changes BEFORE UPDATE ON {table} FOR EACH ROW"
    " WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION portal_guard_content('{column}')",
    "portal_guard_place BEFORE UPDATE ON {table} FOR EACH ROW"
    " WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION portal_guard_place()",
)


def content_triggers() -> str:
    """Return the SQL of the triggers that guard what is part of a page (see guards.sql)."""
    return "\n".join(
        f"CREATE OR REPLACE TRIGGER {trigger.format(table=table, column=column)};"
        for table, column in sorted(content_tables().items())
        for trigger in _CONTENT_TRIGGERS
    )
