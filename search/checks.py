"""Conventions of the search as system checks."""

from django.apps import apps
from django.core.checks import Error, register


@register()
def one_search_app(app_configs, **kwargs):
    """wagtail.search is the modelsearch app; with both every search fails and nothing is indexed."""
    if apps.is_installed("modelsearch") and apps.is_installed("wagtail.search"):
        return [
            Error(
                "Both modelsearch and wagtail.search are installed.",
                hint="Take modelsearch out of INSTALLED_APPS.",
                id="search.E001",
            )
        ]
    return []
