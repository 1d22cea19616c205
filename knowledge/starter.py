"""The first pages of a knowledge base: its lists, and a start page that leads to them."""

from home.models import HomePage
from home.starter import add_page
from knowledge.models import MethodIndexPage, PartnerIndexPage
from sites.models import Traeger

# German on purpose: these are pages, not the interface; editors change them.
_LISTS = (
    (MethodIndexPage, "Methoden", "methoden", "Arbeitsweisen, die sich bewährt haben."),
    (PartnerIndexPage, "Partner", "partner", "Stellen, an die Sie vermitteln können."),
)


def build_pages(traeger: Traeger, home: HomePage) -> None:
    """Make the lists of methods and partners below `home`, where `traeger` is a knowledge base."""
    if traeger.kind != Traeger.Kind.KNOWLEDGE:
        return
    for model, title, slug, summary in _LISTS:
        add_page(home, model(title=title, slug=slug, summary=summary, show_in_menus=True))
