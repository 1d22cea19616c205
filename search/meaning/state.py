"""Whether the search finds by meaning, for the health check."""

from django.conf import settings

from search.meaning import model, storage


def trouble() -> str:
    """Return why the search does not find by meaning, "" where it does or is not meant to; one query."""
    if not settings.SEARCH_SEMANTIC:
        return ""
    return model.trouble() or ("" if storage.ready() else storage.MISSING)
