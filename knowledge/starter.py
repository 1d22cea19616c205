"""The first pages of a knowledge base: its lists, and a start page that leads to them."""

from wagtail.models import PageViewRestriction

from home.models import HomePage
from home.starter import add_page
from knowledge.models import MethodIndexPage, PartnerIndexPage
from sites.models import Branding, Traeger

# German on purpose: these are pages, not the interface; editors change them.
_LISTS = (
    (MethodIndexPage, "Methoden", "methoden", "Arbeitsweisen, die sich bewährt haben."),
    (PartnerIndexPage, "Partner", "partner", "Stellen, die weiterhelfen."),
)


def build_pages(traeger: Traeger, home: HomePage) -> None:
    """Make the lists of methods and partners below `home`, where `traeger` is a knowledge base.

    All its new pages are for staff (see `knowledge.audience`), but who is responsible must be told everybody.
    """
    if traeger.kind != Traeger.Kind.KNOWLEDGE:
        return
    branding = Branding.objects.get(site=traeger.site)
    legal = branding.legal_page_ids
    PageViewRestriction.objects.filter(page__in=legal).delete()
    for model, title, slug, summary in _LISTS:
        add_page(home, model(title=title, slug=slug, summary=summary, show_in_menus=True))
