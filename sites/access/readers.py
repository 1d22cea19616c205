"""Who may read what, in Python: what the interface offers.

The rule itself is in the database: each page carries its readers, see `sites.rls`. A person brings
principals, and reads what has one of these among its readers.
"""

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from sites.rls.identity import SITE, VISITOR_READS
from sites.rls.lookups import Readers, as_set


def principals(user) -> tuple[str, ...]:
    """Return the principals with which `user` (also anonymous) reads; administrators read without any.

    A request has been told by the database, see `sites.rls.middleware`; elsewhere it is asked once per user
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


class ReadablePageQuerySet(PageQuerySet):
    """For page types of the portal: the same questions, asked of their own manager."""

    def readable_by(self, user) -> "ReadablePageQuerySet":
        """Narrow to what `user` may read."""
        return readable_by(self, user)

    def in_language(self, locale: Locale) -> "ReadablePageQuerySet":
        """Narrow to one version of each page: in the language `locale`, else in German."""
        translated = self.filter(locale=locale)
        german_only = Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(
            translated.filter(translation_key=OuterRef("translation_key"))
        )
        return self.filter(Q(locale=locale) | german_only)

    def with_readers(self) -> "ReadablePageQuerySet":
        """Bring the readers along."""
        return with_readers(self)


def may_read(page, user) -> bool:
    """Tell whether `user` may read `page`; without a role nobody reads below what is not published."""
    if user.is_superuser:
        return True
    if hasattr(page, "readers"):
        return not set(page.readers).isdisjoint(principals(user))
    return readable_by(Page.objects.filter(pk=page.pk), user).exists()


def may_open(file, user) -> bool:
    """Tell whether `user` may open the picture or document `file`: by its collection or a page with it."""
    if user.is_superuser:
        return True
    reads = as_set(principals(user))
    kind = file._meta.model_name.removeprefix("portal")
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_sees_file(%s, %s, %s, %s)", [kind, file.pk, file.collection_id, reads])
        return cursor.fetchone()[0]


def exists(model: type[models.Model], pk) -> bool:
    """Tell whether there is a row `pk` of `model`; a page, picture or document also where it is hidden."""
    kinds = {"page": Page, "image": get_image_model(), "document": get_document_model()}
    kind = next((name for name, each in kinds.items() if issubclass(model, each)), None)
    if kind is None:
        return model._default_manager.filter(pk=pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_exists(%s, %s)", [kind, pk])
        return cursor.fetchone()[0]
