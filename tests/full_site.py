"""A Träger's site and the knowledge base with several pages of every type, so that repeated queries show."""

from datetime import date, time

from wagtail.models import Locale, Page, get_page_models

from home import models as home
from home.lifecycle import checking
from home.models.base import PortalPage
from knowledge import models as knowledge
from sites.models import Branding
from tests import factories
from tests.factories.bodies import full_body, text_body
from tests.home.page_types import ROWS
from tests.world import World, list_page

SEVERAL = 5
EVERY_BLOCK = "Alle Bausteine"


def _vocabulary() -> dict:
    return {
        "topics": [factories.TopicFactory(name=name) for name in ("Wohnen", "Schulden", "Familie")],
        "target_groups": [factories.TargetGroupFactory(name=name) for name in ("Ältere", "Eltern")],
        "sozialraeume": [factories.SozialraumFactory(name=name) for name in ("Rieth", "Roter Berg")],
        "forms_of_support": [
            factories.FormOfSupportFactory(name=name) for name in ("Beratung", "Begleitung")
        ],
    }


def _brand(traeger) -> None:
    """Fill in everything that a site can show around its pages."""
    branding = Branding.objects.get(site=traeger.site)
    branding.tagline = "Für die Nachbarschaft"
    branding.logo = factories.ImageFactory(traeger=traeger)
    branding.street, branding.postcode, branding.city = "Beispielstraße 1", "99084", "Erfurt"
    branding.phone, branding.email = "+49 361 000", "beispiel@beispiel.test"
    branding.funding_notice = "Gefördert vom Beispiel-Ministerium."
    branding.save()


def pages() -> dict[str, Page]:
    """Return one page of every type in the filled portal, by the name of its type."""
    return {
        model.__name__: model.objects.live()
        .filter(locale__language_code="de")
        .exclude(title=EVERY_BLOCK)
        .order_by("-last_published_at")
        .first()
        for model in get_page_models()
        if issubclass(model, PortalPage)
    }


def build(world: World) -> None:
    """Fill Träger A and the knowledge base."""
    traeger, start = world.traeger_a, world.traeger_a.site.root_page.specific
    words = _vocabulary()
    _brand(traeger)
    picture = {
        "picture": factories.ImageFactory(traeger=traeger),
        "picture_alt": "Ein Rechteck",
        "reviewed_on": date(2026, 1, 15),
    }
    tags = {name: words[name] for name in ("topics", "target_groups", "forms_of_support")}

    offices = several(
        factories.AnlaufstellePageFactory,
        list_page(traeger, home.AnlaufstelleIndexPage),
        **picture,
        sozialraum=words["sozialraeume"][0],
        phone="+49 361 000",
        email="beispiel@beispiel.test",
        languages=["de", "en"],
        directions="Haltestelle Beispielplatz",
        accessibility=[("feature", {"text": "Ohne Stufen", "available": True})],
    )
    common = {**picture, "body": text_body()}
    _fill_knowledge(world.knowledge, common, tags | {"sozialraeume": words["sozialraeume"]})
    partners = knowledge.PartnerPage.objects.all()
    body = full_body(traeger, teaser=offices[0], office=offices[0], partners=partners)
    where = {"anlaufstelle": offices[0]}
    several(factories.OfferPageFactory, list_page(traeger, home.OfferIndexPage), **common, **tags, **where)
    several(
        factories.EventPageFactory,
        list_page(traeger, home.EventIndexPage),
        **common,
        **where,
        topics=words["topics"],
        weekly=True,
    )
    several(factories.NewsPageFactory, list_page(traeger, home.NewsIndexPage), **common)
    several(factories.ContentPageFactory, start, **common, show_in_menus=True)
    several(factories.InternalPageFactory, start, **common)
    factories.ContentPageFactory(parent=start, title=EVERY_BLOCK, slug="bausteine", **picture, body=body)
    factories.TeamPageFactory(parent=start, **common)
    _fill_the_rest(world, common)
    # As publishing begins it, which the factories leave out.
    for model in (home.AnlaufstellePage, knowledge.MethodPage, knowledge.PartnerPage):
        for page in model.objects.all():
            checking.begin(page)
    start.refresh_from_db()
    start.body = text_body()
    start.claim, start.facts = "Hilfe in Ihrer Nähe", [("fact", "Die Beratung ist kostenlos")]
    start.save_revision().publish()
    _translate(start)


def _fill_the_rest(world: World, common: dict) -> None:
    """Make pages of the types that need nothing of their own. Entries come first: they make their list."""
    for row in reversed(ROWS):
        if not row.model.objects.exists():
            names = {field.name for field in row.model._meta.get_fields()}
            fields = {name: value for name, value in common.items() if name in names}
            several(factories.page_factory(row.model), row.parent(world), **fields)


def _translate(start) -> None:
    """Give the site an English start page and an English version of one content page."""
    english, _created = Locale.objects.get_or_create(language_code="en")
    content = home.ContentPage.objects.child_of(start).get(title=EVERY_BLOCK)
    for page, title in ((start, "Example North"), (content, "All building blocks")):
        copy = page.copy_for_translation(english)
        copy.title = title
        copy.save_revision().publish()


def several(factory, parent, **fields) -> list:
    return [factory(parent=parent, **fields) for _number in range(SEVERAL)]


def _fill_knowledge(wiki, common: dict, tags: dict) -> None:
    methods, partners = (
        list_page(wiki, knowledge.MethodIndexPage),
        list_page(wiki, knowledge.PartnerIndexPage),
    )
    for _number in range(SEVERAL):
        attachment = knowledge.MethodAttachment(document=factories.DocumentFactory(traeger=wiki))
        factories.MethodPageFactory(parent=methods, **common, **tags, attachments=[attachment])
    del tags["forms_of_support"]
    for _number in range(SEVERAL):
        factories.PartnerPageFactory(
            parent=partners, **common, **tags, **_partner_rows(tags), kind="Beratungsstelle"
        )


def _partner_rows(tags: dict) -> dict:
    """Two rows of everything that a partner has: what costs a query for each shows."""
    twice = range(2)
    topic, group, place = (tags[name][0] for name in ("topics", "target_groups", "sozialraeume"))
    return {
        "languages": ["de", "ar"],
        "intervals": [
            knowledge.PartnerInterval(weekday=day, opens=time(9), closes=time(12)) for day in twice
        ],
        "services": [
            knowledge.PartnerService(title=f"Leistung {number}", topic=topic, target_group=group)
            for number in twice
        ],
        "branches": [
            knowledge.PartnerBranch(address=f"Beispielweg {number}", sozialraum=place) for number in twice
        ],
        "contacts": [knowledge.PartnerContact(role=f"Zuständig {number}") for number in twice],
    }
