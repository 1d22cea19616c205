"""The kinds of pages that the search tells apart: what page types call themselves."""

from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from home.models.base import PortalPage
from home.shown import SearchKind

# Every page type that is no kind of its own.
PAGE = SearchKind("page", _("Page"), _("Pages"), position=1000)


@cache
def page_types() -> dict[type[PortalPage], SearchKind]:
    """Return the page types with a kind of their own, in the order of the filter."""
    found = {
        model: model.search_kind
        for model in apps.get_models()
        if issubclass(model, PortalPage) and model.search_kind
    }
    return dict(sorted(found.items(), key=lambda item: item[1].position))


def kinds() -> list[SearchKind]:
    """Return all kinds in the order of the filter."""
    return [*page_types().values(), PAGE]


def kinds_by_content_type() -> dict[int, SearchKind]:
    """Return the kinds by the id of their content type; what is missing there is a `PAGE`."""
    # Django keeps content types in memory: no query after the first time.
    types = ContentType.objects.get_for_models(*page_types())
    return {types[model].pk: kind for model, kind in page_types().items()}
