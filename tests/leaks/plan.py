"""What the matrix is about: a foreign Träger full of markers, own objects, and the people who ask."""

from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from search.indexing import drain
from sites.access.roles import GROUP_NAMES, LEITUNG, REDAKTION
from sites.models import Traeger, User
from tests.factories import UserFactory
from tests.leaks import rows
from tests.leaks.marking import Marks
from tests.leaks.objects import PAGE_KINDS, TERMS, addresses, is_public
from tests.leaks.planting.files import Planted
from tests.leaks.planting.pages import shared_term
from tests.leaks.planting.traces import Planter
from tests.sites.grants.granting import grant
from tests.world import World

# What a guest gets to know of the foreign Träger: the page that a grant opens, and what stands around it.
GUEST = "guest with a grant"
KNOWN = {
    # Beside the page: where it is, how it is approved, whose it is.
    GUEST: r".*\(granted\).*|Traeger\..*|(Workflow|Task)\.name"
    r"|thinka_sites\.User \(redaktion\)\.(first|last)_name|UserProfile\.avatar",
}


@dataclass
class Plan:
    """`foreign` is nobody's business; `own` belongs to the Träger in which most of the people work.

    `opened`: what a person has of the foreign Träger, by kind, as in `tests.leaks.objects.ids`; as "way" the
    pages that lead there.
    """

    marks: Marks
    foreign: Planted
    foreign_rows: dict[str, set]
    own: Planted
    coordination: Traeger
    knowledge: Traeger
    people: dict[str, User | None]
    opened: dict[str, dict[str, list]]


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
        people[f"{role} of the coordination office"] = user = UserFactory(
            role=role, traeger=world.coordination
        )
        user.traeger.add(world.knowledge)
        user.groups.add(world.knowledge.group(role))
    return people | {
        GUEST: UserFactory(role=REDAKTION, traeger=own),
        "person without a role": UserFactory(),
        "anonymous": None,
    }


def build(world: World) -> Plan:
    """Fill the database and return what is in it."""
    marks = Marks()
    for model in TERMS.values():
        shared_term(model)
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
    return Plan(marks, foreign, foreign_rows, own, world.coordination, world.knowledge, people, opened)
