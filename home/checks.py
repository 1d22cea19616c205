"""Conventions of page types as system checks."""

from django.apps import apps
from django.core.checks import Error, register

from home import facts
from home.models.base import PortalPage


@register()
def page_types_say_what_is_shared(app_configs, **kwargs):
    """Every page type says of each of its fields whether it is the same in all languages."""
    return [
        Error(
            f"{model._meta.label}.{name} {problem}.",
            hint="What is true in one language is true in all, words are not: see home/facts.py.",
            obj=model,
            id="thinka_home.E001",
        )
        for model in apps.get_models()
        if issubclass(model, PortalPage)
        for name, problem in facts.undeclared(model)
    ]
