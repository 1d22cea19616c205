"""Whether the index says what the pages say; asked as the owner of the database."""

from datetime import datetime

from django.db import connection
from django.db.models import Min

from search.models import Change

# What is wrong, with the pages of which it is. Pages that wait for the service are not looked at.
WRONG = {
    "without an entry": """
        SELECT p.id FROM wagtailcore_page p
        WHERE p.live AND p.depth >= 3 AND NOT EXISTS (SELECT FROM search_entry e WHERE e.page_id = p.id)
    """,
    "no longer published": """
        SELECT e.page_id FROM search_entry e
        WHERE NOT EXISTS (SELECT FROM wagtailcore_page p WHERE p.id = e.page_id AND p.live AND p.depth >= 3)
    """,
    "with other readers": """
        SELECT e.page_id FROM search_entry e JOIN wagtailcore_page p ON p.id = e.page_id
        WHERE (e.readers, e.path) IS DISTINCT FROM (p.readers, p.path)
    """,
    "in another language or of another type": """
        SELECT e.page_id FROM search_entry e JOIN wagtailcore_page p ON p.id = e.page_id
        WHERE (e.locale_id, e.content_type_id) <> (p.locale_id, p.content_type_id)
    """,
    "without words": """
        SELECT e.page_id FROM search_entry e
        WHERE NOT EXISTS (SELECT FROM search_posting o WHERE o.entry_id = e.page_id)
    """,
}


def wrong_entries() -> dict[str, list[int]]:
    """Return what is wrong with the index, with the ids of the pages."""
    waiting = set(Change.objects.values_list("object_id", flat=True))
    found = {}
    with connection.cursor() as cursor:
        for what, query in WRONG.items():
            cursor.execute(query)
            found[what] = [page for (page,) in cursor.fetchall() if page not in waiting]
    return found


def oldest_change() -> datetime | None:
    """Return when the page that waits longest for the background service was changed."""
    return Change.objects.aggregate(since=Min("noted_at"))["since"]
