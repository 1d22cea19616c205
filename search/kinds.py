"""The kinds of hits that the search tells apart: what page types call themselves."""

from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from home.models.base import PortalPage
from home.shown import SearchKind

# Every page type that is no kind of its own.
PAGE = SearchKind("page", _("Page"), _("Pages"), position=1000)
DOCUMENT = SearchKind("document", _("Document"), _("Documents"), position=1100)


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
    return [*page_types().values(), PAGE, DOCUMENT]


def kind_of(content_type: int) -> SearchKind:
    """Return the kind of pages of the content type with the id `content_type`."""
    # Django keeps content types in memory: no query after the first time.
    types = ContentType.objects.get_for_models(*page_types())
    return next((kind for model, kind in page_types().items() if types[model].pk == content_type), PAGE)
