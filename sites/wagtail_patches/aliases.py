"""What follows a page is published with it, and not already when it is scheduled.

Wagtail brings the aliases of a page up to date whenever one of its revisions is published, and makes them
live. It does so too where the revision is only given a time: the text is readable in the alias at once.
wagtail-localize does it for the aliases of a page that becomes an alias of a draft. Wagtail 8.0; not
reported yet (see docs/decisions/0011-upstream-faults.md).
"""

from functools import wraps

from wagtail.models import AbstractPage

PATCHED = {
    "wagtail.models.pages:AbstractPage.update_aliases": "98ab155f9e1c",
    "wagtail.actions.publish_page_revision:PublishPageRevisionAction._after_publish": "fb570606ddb3",
    "wagtail_localize.views.convert:sync_alias": "a239c88c2025",
}


def apply() -> None:
    stock = AbstractPage.update_aliases

    @wraps(stock)
    def update_aliases(self, **kwargs):
        # As it is stored: of an alias that was just brought up to date, an older copy comes here.
        if type(self)._base_manager.filter(pk=self.pk, live=True).exists():
            stock(self, **kwargs)

    update_aliases.alters_data = True
    AbstractPage.update_aliases = update_aliases
