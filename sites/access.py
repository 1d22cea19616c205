"""Who may read what, in Python: what the interface offers.

The rule itself is in the database: each page and each collection carries its readers, see `sites.wall`. A
person brings principals, and reads what has one of these among its readers.
"""

from django.db import connection
from wagtail.models import Collection, Page

from sites.wall.lookups import Readers
from sites.wall.session import SITE, VISITOR_READS


def principals(user) -> tuple[str, ...]:
    """Return the principals with which `user` (also anonymous) reads; administrators read without any.

    A request has been told by the database, see `sites.wall.middleware`; elsewhere it is asked once per user
    object.
    """
    if not user.is_authenticated:
        return VISITOR_READS
    if not hasattr(user, "principals"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_reads(%s, %s)", [user.pk, SITE])
            user.principals = tuple(cursor.fetchone()[0])
    return user.principals


def with_readers(pages):
    """Let a queryset of pages bring their readers along, so that `may_read` asks nothing."""
    return pages.annotate(readers=Readers("path"))


def readable_by(pages, user):
    """Narrow a queryset of pages (any page type) to what `user` may read."""
    return pages if user.is_superuser else pages.filter(path__read_by=principals(user))


def may_read(page, user) -> bool:
    """Tell whether `user` may read `page`; without a role nobody reads below what is not published."""
    if user.is_superuser:
        return True
    if hasattr(page, "readers"):
        return not set(page.readers).isdisjoint(principals(user))
    return readable_by(Page.objects.filter(pk=page.pk), user).exists()


def may_open(collection_id: int, user) -> bool:
    """Tell whether `user` may open the files of the collection with this id."""
    if user.is_superuser:
        return True
    return Collection.objects.filter(pk=collection_id, path__read_by=principals(user)).exists()
