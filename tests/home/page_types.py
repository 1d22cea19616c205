"""Every page type as a row: where it is made, by whom, with which content, and who may read it.

A page type without a row fails `test_every_page_type_has_a_row`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home import models as home
from knowledge import models as knowledge
from sites.models import Traeger
from tests.world import World, list_page

PUBLIC, OWN, STAFF = "public", "own", "staff"

BODY = {
    "body": streamfield(
        [
            ("heading", "Was Sie mitbringen"),
            ("text", rich_text("<p>Ausweis und <b>Bescheid</b>.</p>", features=["bold"])),
            (
                "callout",
                {"kind": "info", "title": "Gut zu wissen", "text": rich_text("<p>Kostenlos.</p>")},
            ),
        ]
    )
}


def _moment(days: int, hour: int) -> str:
    day = timezone.localdate() + timedelta(days=days)
    return f"{day:%Y-%m-%d} {hour:02}:00"


def _hours() -> dict:
    row = {"weekday": "0", "opens": "09:00", "closes": "12:00", "note": ""}
    return inline_formset([row, {**row, "opens": "13:00", "closes": "16:00"}])


@dataclass(frozen=True)
class Row:
    """One page type. `parent(world)` is the page below which it is made, in the Träger `owner`."""

    model: type
    parent: Callable[[World], object]
    owner: str = "traeger_a"
    readers: str = PUBLIC
    data: Callable[[], dict] = dict
    shows: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.model.__name__

    def traeger(self, world: World) -> Traeger:
        return getattr(world, self.owner)

    def form_data(self) -> dict:
        """What the person types, over what the empty form has."""
        return nested_form_data(
            {"title": f"Neu: {self.name}", "slug": f"neu-{self.name.lower()}", "summary": "Kurz gesagt."}
            | BODY
            | self.data()
        )


def _start(world):
    return world.traeger_a.site.root_page


def _knowledge_start(world):
    return world.knowledge.site.root_page


def _in_list(model, owner="traeger_a"):
    return lambda world: list_page(getattr(world, owner), model)


ROWS = (
    Row(home.ContentPage, _start, shows=("Was Sie mitbringen", "Ausweis", "Gut zu wissen")),
    Row(home.InternalPage, _start, readers=OWN, shows=("Ausweis",)),
    Row(
        home.TeamPage,
        _start,
        data=lambda: {
            "people": streamfield(
                [
                    (
                        "person",
                        {
                            "name": "Beispiel Person",
                            "function": "Lotse",
                            "photo": {"image": "", "alt_text": "", "decorative": ""},
                            "text": "",
                            "phone": "",
                            "email": "",
                        },
                    )
                ]
            )
        },
        shows=("Beispiel Person", "Lotse"),
    ),
    Row(home.AnlaufstelleIndexPage, _start),
    Row(
        home.AnlaufstellePage,
        _in_list(home.AnlaufstelleIndexPage),
        data=lambda: {
            "street": "Beispielstraße 1",
            "postcode": "99084",
            "city": "Erfurt",
            "phone": "+49 361 000",
            "intervals": _hours(),
            "accessibility": streamfield([("feature", {"text": "Ohne Stufen", "available": "on"})]),
        },
        shows=("Beispielstraße 1", "99084 Erfurt", "Ohne Stufen"),
    ),
    Row(home.OfferIndexPage, _start),
    Row(
        home.OfferPage,
        _in_list(home.OfferIndexPage),
        data=lambda: {
            "when": "donnerstags ab 14 Uhr",
            "cost": "kostenlos",
            "place": "Im Beispielhof",
            "bring": "Den Brief\nDen Mietvertrag",
        },
        shows=("donnerstags ab 14 Uhr", "kostenlos", "Im Beispielhof", "Bitte mitbringen", "Den Mietvertrag"),
    ),
    Row(home.EventIndexPage, _start),
    Row(
        home.EventPage,
        _in_list(home.EventIndexPage),
        data=lambda: {
            "start": _moment(7, 15),
            "end": _moment(7, 17),
            "frequency": "weekly",
            "place": "Im Beispielhof",
            "registration": "none",
        },
        shows=("Im Beispielhof",),
    ),
    Row(home.NewsIndexPage, _start),
    Row(
        home.NewsPage,
        _in_list(home.NewsIndexPage),
        data=lambda: {"date": f"{timezone.localdate():%Y-%m-%d}"},
        shows=("Ausweis",),
    ),
    Row(knowledge.MethodIndexPage, _knowledge_start, owner="knowledge", readers=STAFF),
    Row(
        knowledge.MethodPage,
        _in_list(knowledge.MethodIndexPage, "knowledge"),
        owner="knowledge",
        readers=STAFF,
        data=lambda: {"steps": streamfield([]), "goes_with": streamfield([])},
        shows=("Ausweis",),
    ),
    Row(knowledge.PartnerIndexPage, _knowledge_start, owner="knowledge"),
    Row(
        knowledge.PartnerPage,
        _in_list(knowledge.PartnerIndexPage, "knowledge"),
        owner="knowledge",
        data=lambda: {
            "kind": "Beratungsstelle",
            "website": "https://beispiel.test/",
            "languages": "ar",
            "intervals": _hours(),
        },
        shows=("Beratungsstelle", "Ausweis", "Arabisch", "9 bis 12 Uhr"),
    ),
)
# Made with the Träger; further languages of a start page by translating it.
NOT_MADE_BY_EDITORS = ("HomePage", "TraegerFolder")
