"""What the matrix is about: a foreign Träger full of markers, own objects, and the people who ask."""

from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from search.indexing import drain
from sites.access.roles import GROUP_NAMES, LEITUNG, LESEN, REDAKTION
from sites.models import Traeger, User
from tests.factories import UserFactory
from tests.leaks import rows
from tests.leaks.marking import Marks
from tests.leaks.objects import PAGE_KINDS, TERMS, addresses, is_public
from tests.leaks.planting.entries import FOR_SOME, FOR_STAFF, NOTE, plant_entries
from tests.leaks.planting.files import Planted
from tests.leaks.planting.kept import keep
from tests.leaks.planting.pages import shared_term
from tests.leaks.planting.traces import Planter
from tests.sites.grants.granting import grant
from tests.world import World

GUEST, NOBODYS, VISITOR = "guest with a grant", "person without a role", "anonymous"
OFFICE = {role: f"{role} of the coordination office" for role in GROUP_NAMES}
# What the knowledge base has for whoever has an account, and for who works at a Träger or in the office.
_ALL, _STAFF = rf".*\({FOR_STAFF}\).*", NOTE
# What somebody may get to know, as labels of marks.
KNOWN = {
    # Of the foreign Träger the page that a grant opens, and what stands around it: where it is, how it is
    # approved, whose it is.
    GUEST: r".*\(granted\).*|Traeger\..*|(Workflow|Task)\.name"
    rf"|thinka_sites\.User \(redaktion\)\.(first|last)_name|UserProfile\.avatar|{_ALL}|{_STAFF}",
    **dict.fromkeys(GROUP_NAMES, f"{_ALL}|{_STAFF}"),
    # What people look for, and what is missing: for who writes in the knowledge base.
    **{
        who: rf"{_ALL}|{_STAFF}|.*\({FOR_SOME}\).*"
        + ("" if role == LESEN else r"|(AskedQuestion|MissingContent)\..*")
        for role, who in OFFICE.items()
    },
    NOBODYS: _ALL,
}


@dataclass
class Plan:
    """`foreign` is nobody's business; `own` belongs to the Träger in which most of the people work.

    `opened`: what a person has of the foreign Träger, by kind, as in `tests.leaks.objects.ids`; as "way" the
    pages that lead there. `entries`: the addresses of those of the knowledge base.
    """

    marks: Marks
    foreign: Planted
    foreign_rows: dict[str, set]
    own: Planted
    coordination: Traeger
    knowledge: Traeger
    people: dict[str, User | None]
    opened: dict[str, dict[str, list]]
    entries: list[str]


def _visit(planted: Planted) -> None:
    """Let what is made at the first visit, sizes of pictures above all, be made before the probes."""
    site, head = planted.traeger.site, planted.people[LEITUNG]
    client = Client(headers={"host": f"{site.hostname}:{site.port}"})
    client.force_login(head, backend="sites.accounts.backend.PortalBackend")
    for address in addresses(planted, filter(is_public, planted.pages)):
        client.get(f"/{address}")
    client.get("/admin/images/")


def _people(own: Traeger, world: World) -> dict[str, User | None]:
    """Return somebody of every role of another Träger and of the coordination office, and who has none."""
    people: dict[str, User | None] = {role: UserFactory(role=role, traeger=own) for role in GROUP_NAMES}
    for role in GROUP_NAMES:
        people[OFFICE[role]] = user = UserFactory(role=role, traeger=world.coordination)
        user.traeger.add(world.knowledge)
        user.groups.add(world.knowledge.group(role))
    return people | {
        GUEST: UserFactory(role=REDAKTION, traeger=own),
        NOBODYS: UserFactory(),
        VISITOR: None,
    }


def build(world: World) -> Plan:
    """Fill the database and return what is in it."""
    marks = Marks()
    for model in TERMS.values():
        shared_term(model)
    keep(marks)
    entries = plant_entries(marks, world.knowledge)
    # The entries of the world's own pages are nobody's here.
    drain()
    before = rows.snapshot()
    with transaction.atomic():
        foreign = Planter(marks).plant()
    foreign_rows = rows.difference(before, rows.snapshot())
    with transaction.atomic():
        own = Planter(Marks(plain=True)).plant()
    people = _people(own.traeger, world)
    page = foreign.pages["granted"]
    grant(people[GUEST], page.page_ptr, "publish")
    way = list(page.get_ancestors().values_list("pk", flat=True))
    opened = {
        GUEST: {
            **{kind: [page.pk] for kind in PAGE_KINDS},
            "revision": [page.latest_revision_id],
            "way": way,
        }
    }
    _visit(foreign)
    rows.keep_journal()
    paths = [page.get_url_parts()[2].lstrip("/") for page in entries]
    return Plan(marks, foreign, foreign_rows, own, world.coordination, world.knowledge, people, opened, paths)
