"""Grants that end because their page goes to another Träger."""

from wagtail.models import Page

from sites.access.paths import folder_path
from sites.grants.kinds import PAGE
from sites.grants.log import log_ended
from sites.grants.people import names_of_groups, names_of_people


def log_left_behind(page: Page, parent: Page) -> None:
    """Write into the history which grants end when `page`, with all below, is moved to `parent`.

    The database ends them, see `rls/revoke_grants_on_transfer.sql`; afterwards there is nothing to look up.
    The move itself and what is written here are one transaction.
    """
    # The folder of a Träger only gets another place among the others.
    if page.is_child_of(parent) or folder_path(page) == folder_path(parent):
        return
    moved = Page.objects.descendant_of(page, inclusive=True)
    for field, model in PAGE.holders().items():
        grants = model.grants.in_force().filter(content_object__in=moved).order_by("pk")
        ending = list(grants.select_related("content_object", "permission"))
        names = names_of_people if field == "user" else names_of_groups
        found = names(getattr(grant, f"{field}_id") for grant in ending)
        for grant in ending:
            log_ended(grant.content_object, grant, found.get(getattr(grant, f"{field}_id"), ""), by=None)
