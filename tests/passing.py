"""Time that passes: the clock of the database can't be moved, but what is stored can."""

from datetime import datetime, timedelta

from django.db.models import F
from wagtail.models import Page, Revision

MOMENTS = ("go_live_at", "expire_at")


def let_pass(span: timedelta, page: Page) -> None:
    """Put the moments at which `page` appears and disappears so far back as if `span` had passed."""
    Page.objects.filter(pk=page.pk).update(**{name: F(name) - span for name in MOMENTS})
    for revision in Revision.page_revisions.filter(object_id=str(page.pk)):
        for name in MOMENTS:
            if moment := revision.content.get(name):
                revision.content[name] = (datetime.fromisoformat(moment) - span).isoformat()
        if revision.approved_go_live_at:
            revision.approved_go_live_at -= span
        revision.save()
