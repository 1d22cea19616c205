"""Conventions of the tenancy as system checks."""

from django.apps import apps
from django.core.checks import Error, register
from wagtail.models import Page

from sites.wall.derived import unclassified


@register()
def page_types_name_their_parents(app_configs, **kwargs):
    """Every page type says where it may be made, so that none can be made outside a Träger folder."""
    errors = []
    for model in apps.get_models():
        if not issubclass(model, Page) or model is Page or model._meta.proxy:
            continue
        if "parent_page_types" not in vars(model):
            errors.append(
                Error(
                    f"{model._meta.label} does not say below which pages it may be made.",
                    hint="Set parent_page_types on the page model.",
                    obj=model,
                    id="thinka_sites.E001",
                )
            )
    return errors


@register()
def every_table_has_a_wall(app_configs, **kwargs):
    """Nobody forgets to say who may see the rows of a new table."""
    return [
        Error(
            f"Nobody has said who may see and write the rows of {table} ({model._meta.label}).",
            hint="Add it to WALLS in sites/wall/tables.py, or to FREE there, with the reason.",
            obj=model,
            id="thinka_sites.E002",
        )
        for table, model in unclassified().items()
    ]
