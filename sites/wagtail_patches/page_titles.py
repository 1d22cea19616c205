"""Lists, choosers and breadcrumbs call a page by its published title where it is only read.

Wagtail always calls it by the title of its draft, which is on the row of the page, and that is seen by
everybody who reads the page or passes it on the way to their own. Wagtail 8.0; not reported: it has no
setting for that.
"""

from wagtail.models import Page

from sites.admin.titles import shows_draft

PATCHED = {"wagtail.models.pages:AbstractPage.get_admin_display_title": "5bb982140d8f"}


def apply() -> None:
    stock = Page.get_admin_display_title

    def get_admin_display_title(self):
        return stock(self) if shows_draft(self) else self.title

    Page.get_admin_display_title = get_admin_display_title
