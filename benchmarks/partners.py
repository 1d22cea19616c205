"""Very many partners with services and opening hours, for measuring the Wegweiser."""

import re
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

from django.db import connection
from wagtail.models import Page

from benchmarks import access
from benchmarks.pages import Grower
from benchmarks.rows import copy_rows, triggers_off
from home.models import Sozialraum, Topic, Verification
from knowledge.models import PartnerIndexPage, PartnerPage
from knowledge.models.partner import PartnerService
from sites.access.creation import create_traeger
from sites.access.roles import REDAKTION
from sites.fields.languages import LANGUAGES
from sites.models import Traeger
from sites.rls.install import mend
from thinka_portal import demo
from thinka_portal.demo.bulk import indexed_at_the_end

TOPICS, RAEUME = 11, 14
CODES = [code for code, _name in LANGUAGES]
# A little more than the summaries of the demo have; in no order, so they compress worse than sentences do.
WORDS = 14
CLOCKS = [time(hour, minute) for hour in range(8, 19) for minute in (0, 30)]


def _vocabulary() -> list[str]:
    """The words of the demo, as often as they stand there."""
    texts = (
        path.read_text("utf-8") for path in sorted((Path(demo.__file__).parent / "content").glob("*.toml"))
    )
    return [word for text in texts for word in re.findall(r"[A-Za-zÄÖÜäöüß]{3,}", text)]


def portal() -> tuple[Traeger, Traeger]:
    """Make a Träger with people, and a knowledge base; as the owner."""
    with indexed_at_the_end():
        traeger = create_traeger("Beispiel 001 e.V.", slug="beispiel-001")
        knowledge = create_traeger("Wissensbasis", slug="wissen", kind=Traeger.Kind.KNOWLEDGE)
        access.people(traeger)
        locale = knowledge.site.root_page.locale
        for number in range(TOPICS):
            Topic.objects.create(name=f"Thema {number}", slug=f"thema-{number}", locale=locale)
        for number in range(RAEUME):
            Sozialraum.objects.create(name=f"Raum {number}", slug=f"raum-{number}", locale=locale)
    return traeger, knowledge


def add_partners(knowledge: Traeger, count: int, grower: Grower) -> None:
    """Add `count` published partners."""
    rng, parent = grower.rng, _listing(knowledge)
    with triggers_off(Page, PartnerPage):
        pages = grower.grow(parent, PartnerPage, count)
        words = _vocabulary()
        for page in pages:
            _describe(rng, page, words)
        copy_rows(Page, pages)
        copy_rows(PartnerPage, pages)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
        _rows(rng, knowledge, pages)
    mend()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _listing(knowledge: Traeger) -> Page:
    listing = PartnerIndexPage.objects.child_of(knowledge.site.root_page).get()
    return Page.objects.get(pk=listing.pk)


def _describe(rng: Random, page: PartnerPage, words: list[str]) -> None:
    page.live, page.has_unpublished_changes = True, False
    page.summary = " ".join(rng.choices(words, k=WORDS))
    page.address = f"{rng.choice(words)}straße {rng.randint(1, 150)}, {rng.randint(99084, 99099)} Erfurt"
    page.phone = f"+49 361 {rng.randint(1_000_000, 9_999_999)}"
    page.languages = ["de", *rng.sample(CODES[1:], rng.randint(0, 4))]


def _rows(rng: Random, knowledge: Traeger, pages: list[PartnerPage]) -> None:
    topics, places = (list(model.objects.order_by("pk")) for model in (Topic, Sozialraum))
    interval, exception = (
        PartnerPage._meta.get_field(name).related_model for name in ("intervals", "exceptions")
    )
    services, intervals, exceptions, checks, about, around = [], [], [], [], [], []
    for page in pages:
        chosen = rng.sample(topics, rng.randint(1, 3))
        about += [PartnerPage.topics.through(partnerpage_id=page.pk, topic_id=each.pk) for each in chosen]
        around += [
            PartnerPage.sozialraeume.through(partnerpage_id=page.pk, sozialraum_id=each.pk)
            for each in rng.sample(places, rng.randint(0, 3))
        ]
        services += [_service(rng, page, rng.choice(chosen)) for _number in range(rng.randint(1, 4))]
        for weekday in rng.sample(range(7), rng.randint(2, 5)):
            opens, closes = sorted(rng.sample(CLOCKS, 2))
            intervals.append(interval(page=page, weekday=weekday, opens=opens, closes=closes))
        first = date(2026, 12, 1) + timedelta(days=rng.randrange(60))
        for _number in range(rng.randint(0, 1)):
            last = first + timedelta(days=rng.randint(0, 14))
            exceptions.append(exception(page=page, first=first, last=last, reason="Urlaub"))
        checks.append(
            Verification(
                page=page, traeger=knowledge, role=REDAKTION, verified_until=first + timedelta(days=90)
            )
        )
    for rows in (services, intervals, exceptions, checks, about, around):
        type(rows[0]).objects.bulk_create(rows, batch_size=2000)


def _service(rng: Random, page: PartnerPage, topic: Topic) -> PartnerService:
    return PartnerService(
        page=page,
        title="Beratung",
        topic=topic,
        languages=rng.sample(CODES, rng.randint(0, 2)),
        free=rng.random() < 0.6,
        appointment=rng.choice(PartnerService.Appointment.values),
        home_visits=rng.random() < 0.3,
    )
