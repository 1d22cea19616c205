"""Who reads what in the knowledge base: partners everybody, until somebody restricts them, all else staff.

The restrictions lie on what is right below the start pages and not on the folder above: a restriction can
only narrow what those above it leave open.
"""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from home import facts
from home.models import HomePage
from home.models.base import PortalPage
from knowledge.models import PartnerIndexPage
from sites.access.readers import readable_by
from sites.models import Branding, Traeger

LOGIN = PageViewRestriction.LOGIN


class NarrowerError(Exception):
    """The whole knowledge base is restricted to less than everybody with an account: `page` is."""

    def __init__(self, page: Page):
        super().__init__(page.title)
        self.page = page


def begin_internal(page: PortalPage) -> None:
    """Restrict a page that is new right below a start page to staff, but for lists of partners.

    Translations follow their source, so that opening that one opens them, too.
    """
    if isinstance(page, HomePage | PartnerIndexPage) or facts.source_of(page):
        return
    traeger = Traeger.objects.for_page(page)
    if not traeger or traeger.kind != Traeger.Kind.KNOWLEDGE:
        return
    if issubclass(page.get_parent().specific_class, HomePage):
        _restrict([page])


@transaction.atomic
def open_partners(traeger: Traeger) -> list[Page]:
    """Let visitors read start pages, partners and legal pages of the knowledge base `traeger`.

    What else is right below the start pages is restricted on its own before. Returns the pages that visitors
    did not read until then, in the order of the tree. Raises NarrowerError where the folder or a start page
    is for only some of those with an account.
    """
    folder = Page.objects.get(pk=traeger.folder_id)
    before = set(_public(folder).values_list("pk", flat=True))
    starts = list(HomePage.objects.child_of(folder))
    narrow = PageViewRestriction.objects.filter(page__in=[folder.pk, *(start.pk for start in starts)])
    if narrower := narrow.exclude(restriction_type=LOGIN).select_related("page").first():
        raise NarrowerError(narrower.page)
    _restrict([page for start in starts for page in _kept_internal(start, traeger)])
    narrow.delete()
    files = CollectionViewRestriction.objects.filter(collection=traeger.collection)
    files.filter(restriction_type=LOGIN).delete()
    return [page for page in _public(folder) if page.pk not in before]


def _public(folder: Page) -> QuerySet:
    return readable_by(Page.objects.descendant_of(folder), AnonymousUser()).order_by("path")


def _kept_internal(start: Page, traeger: Traeger) -> QuerySet:
    """What stays for staff right below a start page: what is neither a list of partners nor a legal page."""
    branding = Branding.objects.filter(site=traeger.site).first()
    legal = Page.objects.filter(pk__in=branding.legal_page_ids if branding else [])
    pages = Page.objects.child_of(start).not_exact_type(PartnerIndexPage)
    return pages.exclude(translation_key__in=legal.values("translation_key"))


def _restrict(pages) -> None:
    """Restrict those of `pages` to staff that have no restriction of their own."""
    own = PageViewRestriction.objects.filter(page__in=[page.pk for page in pages]).values_list(
        "page", flat=True
    )
    restricted = set(own)
    for page in pages:
        if page.pk not in restricted:
            PageViewRestriction.objects.create(page_id=page.pk, restriction_type=LOGIN)
