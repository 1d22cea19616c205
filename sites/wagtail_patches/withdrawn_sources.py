"""Bringing translations up to date publishes none without its source, and opens none.

wagtail-localize publishes them with one tick, also while the page that they translate is withdrawn. And it
makes their restriction that of the source: where the source has none it takes theirs away. Here a translation
follows the restrictions of its source anyway (`sites/rls/readers.sql`), at once and without a copy; its own
one is a decision of somebody who may set it, and stays. wagtail-localize 1.14; not reported yet (see
docs/decisions/0011-upstream-faults.md).
"""

from functools import wraps

from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import NoViewRestrictionsError, TranslationSource
from wagtail_localize.views.update_translations import UpdateTranslationsView

from sites.access.sources import MESSAGE

PATCHED = {
    "wagtail_localize.views.update_translations:UpdateTranslationsView.post": "1cb8a535660f",
    "wagtail_localize.models:TranslationSource.sync_view_restrictions": "e0321e92cb4f",
}


def _sync_view_restrictions(self, original, translation_page) -> None:
    if not isinstance(original, Page) or not isinstance(translation_page, Page):
        raise NoViewRestrictionsError


def apply() -> None:
    stock = UpdateTranslationsView.post

    @wraps(stock)
    def post(self, request, **kwargs):
        source = self.object.get_source_instance()
        if "publish_translations" in request.POST and isinstance(source, Page) and not source.live:
            messages.error(request, MESSAGE)
            return self.get(request, **kwargs)
        return stock(self, request, **kwargs)

    UpdateTranslationsView.post = post
    TranslationSource.sync_view_restrictions = _sync_view_restrictions
