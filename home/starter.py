"""The first pages of a new Träger, so that its site is complete and lawful from the start."""

from django.conf import settings
from wagtail.models import Locale

from home.models import (
    AnlaufstelleIndexPage,
    ContentPage,
    EventIndexPage,
    HomePage,
    InternalPage,
    NewsIndexPage,
    OfferIndexPage,
)
from sites.models import Branding, Traeger

# German on purpose: these are pages, not the interface; editors change them.
_LISTS = (
    (AnlaufstelleIndexPage, "Standorte", "standorte"),
    (OfferIndexPage, "Angebote", "angebote"),
    (EventIndexPage, "Termine", "termine"),
    (NewsIndexPage, "Aktuelles", "aktuelles"),
)
_LEGAL = (
    ("imprint_page", "Impressum", "impressum", "Hier stehen die Angaben zum Anbieter dieser Website."),
    ("privacy_page", "Datenschutz", "datenschutz", "Hier steht, welche Daten diese Website verarbeitet."),
    (
        "accessibility_page",
        "Barrierefreiheit",
        "barrierefreiheit",
        "Hier steht, wie barrierefrei diese Website ist und wo Sie Barrieren melden können.",
    ),
)


def build_home(folder, title: str) -> HomePage:
    """Make the German start page below the Träger folder `folder` and return it."""
    locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    return folder.add_child(
        instance=HomePage(title=title, slug=f"{folder.slug}-start", locale=locale, live=True)
    )


def build_pages(traeger: Traeger, home: HomePage) -> None:
    """Make lists, legal pages and an internal page below `home`, and name the legal ones in the branding.

    The knowledge base has lists of its own, see `knowledge.starter`.
    """
    if traeger.kind == Traeger.Kind.TRAEGER:
        for model, title, slug in _LISTS:
            add_page(home, model(title=title, slug=slug, show_in_menus=True))
    branding = Branding.objects.get(site=traeger.site)
    for field, title, slug, summary in _LEGAL:
        page = add_page(home, ContentPage(title=title, slug=slug, summary=summary))
        setattr(branding, field, page)
    branding.save()
    add_page(
        home, InternalPage(title="Intern", slug="intern", summary="Nur für Mitarbeitende dieses Trägers.")
    )


def add_page(home: HomePage, page):
    """Make and publish `page` below `home`, in its language; return it."""
    page.locale = home.locale
    home.add_child(instance=page)
    page.save_revision().publish()
    return page
