"""How pages are called in the editing area: by the title of their draft only for who works on them."""

from django.db import connection

from sites.rls.identity import ADMIN, current_identity

_WORKS = """
SELECT portal_flag('root') OR portal_works(
  %s, %s, portal_told('work_paths')::jsonb,
  portal_told('granted_pages')::jsonb)
"""


def shows_draft(page) -> bool:
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
