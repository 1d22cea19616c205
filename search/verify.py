"""Whether the index says what the pages say; asked as the owner of the database."""

from datetime import datetime

from django.db import connection
from django.db.models import Min, Model
from wagtail.models import Page

from search.indexing import index_documents
from search.meaning import model
from search.models import Change, Passage
from sites.models import PortalDocument

# What is wrong, with the pages of which it is. Pages that wait for the service are not looked at.
WRONG = {
    "without an entry": """
        SELECT p.id FROM wagtailcore_page p
        WHERE p.live AND p.depth >= 3 AND NOT EXISTS (SELECT FROM search_entry e WHERE e.page_id = p.id)
    """,
    "no longer published": """
        SELECT e.page_id FROM search_entry e
        WHERE e.page_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM wagtailcore_page p WHERE p.id = e.page_id AND p.live AND p.depth >= 3)
    """,
    "with other readers": """
        SELECT e.page_id FROM search_entry e JOIN wagtailcore_page p ON p.id = e.page_id
        WHERE (e.readers, e.path) IS DISTINCT FROM (p.readers, p.path)
    """,
    "in another language": """
        SELECT e.page_id FROM search_entry e JOIN wagtailcore_page p ON p.id = e.page_id
        WHERE e.locale_id <> p.locale_id
    """,
    "with another day of their check": """
        SELECT e.page_id
        FROM search_entry e
          LEFT JOIN (wagtailcore_page p JOIN home_verification v ON v.page_id = p.id)
            ON p.translation_key = e.translation_key
        WHERE e.page_id IS NOT NULL AND e.checked_until IS DISTINCT FROM v.verified_until
    """,
    "without words": """
        SELECT e.page_id FROM search_entry e
        WHERE e.page_id IS NOT NULL AND NOT EXISTS (SELECT FROM search_posting o WHERE o.entry_id = e.id)
    """,
}
# The same of documents.
WRONG_DOCUMENTS = {
    "documents without an entry": """
        SELECT d.id FROM thinka_sites_portaldocument d
        WHERE NOT EXISTS (SELECT FROM search_entry e WHERE e.document_id = d.id)
    """,
    "entries of documents that are gone": """
        SELECT e.document_id FROM search_entry e
        WHERE e.document_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM thinka_sites_portaldocument d WHERE d.id = e.document_id)
    """,
    "documents with other readers": """
        SELECT e.document_id
        FROM portal_search_document_readers(ARRAY(SELECT id FROM thinka_sites_portaldocument)) f
          JOIN search_entry e ON e.document_id = f.document
        WHERE (e.readers, e.path) IS DISTINCT FROM (f.readers, f.folder)
    """,
    "documents without words": """
        SELECT e.document_id FROM search_entry e
        WHERE e.document_id IS NOT NULL AND NOT EXISTS (SELECT FROM search_posting o WHERE o.entry_id = e.id)
    """,
}


def wrong_entries() -> dict[str, list[int]]:
    """Return what is wrong with the index, with the ids of the pages."""
    return _wrong(WRONG, Page)


def wrong_documents() -> dict[str, list[int]]:
    """Return what is wrong with the index, with the ids of the documents."""
    return _wrong(WRONG_DOCUMENTS, PortalDocument)


def _wrong(queries: dict[str, str], model: type[Model]) -> dict[str, list[int]]:
    changes = Change.objects.filter(model=model._meta.label_lower)
    waiting = set(changes.values_list("object_id", flat=True))
    found = {}
    with connection.cursor() as cursor:
        for what, query in queries.items():
            cursor.execute(query)
            found[what] = [pk for (pk,) in cursor.fetchall() if pk not in waiting]
    return found


def mend_documents(ids: list[int]) -> None:
    """Let the entries of the documents `ids` be as their documents are; those of missing ones go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_search_mend_documents(%s)", [ids])
    index_documents(ids)


def passages_without_vector() -> int:
    """Return how many passages the service has still to read; it does so when nothing else waits."""
    return Passage.objects.exclude(model=model.name()).count()


def oldest_change() -> datetime | None:
    """Return when the page that waits longest for the background service was changed."""
    return Change.objects.aggregate(since=Min("noted_at"))["since"]
