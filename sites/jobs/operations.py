"""What is enqueued when it affects very many pages, as data."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

_BULK = "wagtail_bulk_action"


@dataclass(frozen=True)
class Operation:
    """An operation on pages that is asked for by a POST.

    `title`: what people call it; %(page)s is what it is done to. `views`: the names of those that perform it.
    `by_page`: they write to the history page by page, so that the pages can be counted; otherwise a few
    statements change all pages at once. `whole`: all or nothing. Otherwise every page is stored on its own,
    as the view does it: until a transaction ends, other people's saving has to wait.
    """

    title: str
    views: tuple[str, ...]
    by_page: bool = False
    whole: bool = True


OPERATIONS = {
    "move": Operation(_("Move %(page)s"), ("wagtailadmin_pages:move_confirm", _BULK)),
    "copy": Operation(_("Copy %(page)s"), ("wagtailadmin_pages:copy",), by_page=True, whole=False),
    "delete": Operation(_("Delete %(page)s"), ("wagtailadmin_pages:delete", _BULK), by_page=True),
    "publish": Operation(_("Publish %(page)s"), (_BULK,), by_page=True),
    "unpublish": Operation(
        _("Unpublish %(page)s"), ("wagtailadmin_pages:unpublish", _BULK), by_page=True, whole=False
    ),
    "privacy": Operation(_("Change who reads %(page)s"), ("wagtailadmin_page_privacy",)),
    "grant": Operation(_("Give a grant on %(page)s"), ("portal_grants",)),
    "end_grant": Operation(_("End a grant on %(page)s"), ("portal_grant_end",)),
}
