"""A translation is published only while the page that it translates is, at the same Träger.

Who publishes one too early is told so by the forms. What is published past them has no audience before its
source has one (`sites/rls/readers.sql`).
"""

from collections.abc import Iterable

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page, Revision

# How the command that publishes on time says that it is the one who asks.
BY_TIME = "wagtail.publish.scheduled"
NOT_PUBLISHED = "thinka.publish.without_source"
MESSAGE = gettext_lazy(
    "The German version of this page is not published."
    " Publish it first: a translation is read only together with it."
)


def waiting_for_source(pages: Iterable[Page]) -> list[Page]:
    """Return those of `pages` whose source is not published, nor will be at their time, which may be now."""
    now = timezone.now()
    stored = {page.pk: page for page in pages if page.pk is not None}
    if not stored:
        return []
    times = [max(page.go_live_at or now, now) for page in stored.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::bigint[], %s::timestamptz[]) AS asked (id, moment)"
            " WHERE portal_waits_for_source(id, moment)",
            [list(stored), times],
        )
        return [stored[pk] for (pk,) in cursor.fetchall()]


def waits_for_source(page: Page) -> bool:
    """Tell the same of one page."""
    return bool(waiting_for_source([page]))


def leave_unpublished(page: Page, revision: Revision) -> None:
    """Take a translation whose time has come out of its schedule, and say so in its history."""
    page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    log(instance=page, action=NOT_PUBLISHED, revision=revision)


class NotPublishedFormatter(LogFormatter):
    label = gettext_lazy("Not published at its time")

    def format_message(self, entry):
        return _("Not published at its time, because the German version was not published")


def register(actions) -> None:
    actions.register_action(NOT_PUBLISHED)(NotPublishedFormatter)
