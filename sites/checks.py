"""Conventions of the tenancy as system checks."""

from django.apps import apps
from django.core.checks import Error, register
from wagtail.models import Page


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
