"""How many pages an operation affects, and what to call them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page


def with_below(pages: Sequence[Page], **conditions) -> int:
    """Count `pages` and, as far as `conditions` hold for them, those below; one query at most."""
    parents = [page.path for page in pages if page.numchild]
    if not parents:
        return len(pages)
    below = Page.objects.filter(path__below=parents, **conditions).exclude(path__in=parents)
    return len(pages) + below.count()


def in_all_languages(page: Page) -> int:
    """Count a page, its translations and all below: they are read by the same people."""
    return with_below(list(page.get_translations(inclusive=True)))


def name_of(pages: Sequence[Page]) -> str:
    """Name one page by its title, several by their number."""
    if len(pages) == 1:
        return _("“%(title)s”") % {"title": pages[0].get_admin_display_title()}
    return ngettext("%(count)d page", "%(count)d pages", len(pages)) % {"count": len(pages)}
