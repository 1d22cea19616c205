"""A translation is not readable before the page that it translates.

wagtail-localize leaves the time of publication out when it brings a translation up to date: one that is
published while its source still waits for its time is readable at once, with the text of the source where
there is no other. It takes the time over when it makes a translation. wagtail-localize 1.14; not reported
yet (see docs/decisions/0011-upstream-faults.md).
"""

from functools import wraps

from django.utils import timezone
from wagtail.models import AbstractPage
from wagtail_localize import models

PATCHED = {
    "wagtail_localize.models:TranslationSource.create_or_update_translation": "4c68c20a8ba2",
    "wagtail_localize.fields:copy_synchronised_fields": "21e885dc2523",
}


def apply() -> None:
    stock = models.copy_synchronised_fields

    @wraps(stock)
    def copy_synchronised_fields(source, target):
        stock(source, target)
        if not isinstance(source, AbstractPage) or source.live:
            return
        if source.go_live_at and source.go_live_at > timezone.now():
            # What is stored next is the page itself, not only a draft.
            target.live, target.live_revision = False, None
            target.go_live_at = source.go_live_at

    models.copy_synchronised_fields = copy_synchronised_fields
