"""The policies of all tables: those of `tables`, of the apps, and those that follow from the models.

An app says in its module `policies` what its own tables need:

- SHARED_MODELS: model (in small letters) → why; rows that all Träger share and everybody reads;
- TABLE_POLICIES: table → `TablePolicies`, for everything else that is no part of a page;
- sql(): texts of functions and triggers of its own, after those of this package;
- CALLABLE: those of its functions that a web process may call;
- TASKS: paths of the functions that requests may leave for the background service.
"""

from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.module_loading import module_has_submodule
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from sites.rls.conditions import TablePolicies, page_type, part_of_page, shared
from sites.rls.queue_tables import TASK_TABLE, TASKS, left_tasks
from sites.rls.tables import FREE, POLICIES


def tables() -> dict[str, type[Model]]:
    """Return all tables that belong to a model, with the model."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models if model._meta.managed and not model._meta.proxy}


def _declared(name: str) -> dict[str, Any]:
    """What the modules `policies` of the apps say under this name, by the label of the app."""
    found = {}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "policies"):
            module = import_module(f"{config.name}.policies")
            found[config.label] = getattr(module, name, {})
    return found


def sql_texts() -> list[str]:
    """Return the SQL of the apps, in the order of the apps."""
    return [text for texts in _declared("sql").values() for text in (texts() if texts else ())]


def callable_functions() -> tuple[str, ...]:
    """Return the names of the apps' functions that a web process may call."""
    return tuple(name for names in _declared("CALLABLE").values() for name in names)


@cache
def stated_policies() -> dict[str, TablePolicies]:
    """Return the policies that somebody has written down, by table: those of `tables` and of the apps."""
    stated = dict(POLICIES)
    theirs = (path for paths in _declared("TASKS").values() for path in paths)
    stated[TASK_TABLE] = left_tasks((*TASKS, *theirs))
    for app, models in _declared("SHARED_MODELS").items():
        for model, about in models.items():
            stated[apps.get_model(app, model)._meta.db_table] = shared(app, model, about)
    for policies in _declared("TABLE_POLICIES").values():
        stated |= policies
    return stated


def _page_column(model) -> str | None:
    """The column that says to which page the rows of `model` belong, None where none does."""
    if issubclass(model, Page):
        return model._meta.pk.column
    owners = [
        field
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Page)
        # Part of a page, not merely pointing to one: its through table, or a child of modelcluster.
        and (model._meta.auto_created or isinstance(field, ParentalKey))
    ]
    return owners[0].column if owners else None


def content_tables() -> dict[str, str]:
    """Return the tables of what pages say, with the column that names the page."""
    stated = stated_policies().keys() | FREE.keys()
    return {
        table: column
        for table, model in tables().items()
        if table not in stated and (column := _page_column(model))
    }


@cache
def table_policies() -> dict[str, TablePolicies]:
    """Return the policies of every table that has some, by table."""
    models = tables()
    derived = {
        table: page_type(column) if issubclass(models[table], Page) else part_of_page(column)
        for table, column in content_tables().items()
    }
    return stated_policies() | derived


def unclassified() -> dict[str, type[Model]]:
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
