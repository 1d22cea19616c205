"""How pages are called in the editing area: by the title of their draft only for who works on them."""

from django.db import connection
from wagtail.models import Page

from sites.rls.identity import ADMIN, current_identity

_WORKS = """
SELECT portal_flag('root') OR portal_works(
  %s, %s, portal_told('work_paths')::jsonb,
  portal_told('granted_pages')::jsonb)
"""


def _shows_draft(page) -> bool:
    """Tell whether whoever is asking works on `page`; outside of requests there is nobody."""
    if page.draft_title == page.title or current_identity() is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_WORKS, [page.path, page.pk])
        return bool(cursor.fetchone()[0])


def call_by_admin_title(page) -> None:
    """In the editing area: let views that name `page` by the title of its draft name it as all others do."""
    identity = current_identity()
    if identity and identity.area == ADMIN:
        page.draft_title = page.get_admin_display_title()


def hide_titles_of_drafts() -> None:
    """Let lists, choosers and breadcrumbs call a page by its published title where it is only read.

    The title of a draft is on the row of the page, which is seen by everybody who reads the page or passes it
    on the way to their own.
    """
    stock = Page.get_admin_display_title

    def get_admin_display_title(self):
        return stock(self) if _shows_draft(self) else self.title

    Page.get_admin_display_title = get_admin_display_title
