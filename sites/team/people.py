"""Who leads which team, and who is in it."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowState

from sites.access.roles import ROLES
from sites.models import Traeger, User

_ORDER = [role.key for role in ROLES]
LABELS = {role.key: role.label for role in ROLES}


@dataclass(frozen=True)
class Member:
    """Somebody in the team of one Träger; what they do elsewhere is not told."""

    person: User
    role: str
    # Pages that this person has submitted for approval and nobody has decided about.
    waiting: tuple[Page, ...] = ()

    @property
    def label(self):
        return LABELS[self.role]


def members(traeger: Traeger) -> list[Member]:
    """Return who is in the team, by name, each with their highest role there."""
    roles: dict[int, str] = {}
    held = User.groups.through.objects.filter(group__traeger_role__traeger=traeger)
    for person, role in held.values_list("user_id", "group__traeger_role__role"):
        roles[person] = max(role, roles.get(person, role), key=_ORDER.index)
    people = User.objects.filter(pk__in=roles).order_by("last_name", "first_name", "pk")
    waiting = _waiting(traeger)
    return [Member(person, roles[person.pk], tuple(waiting.get(person.pk, ()))) for person in people]


def _waiting(traeger: Traeger) -> dict[int, list[Page]]:
    """Return the pages of the Träger that wait for approval, by who has submitted them."""
    states = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    by_page = {int(page): person for page, person in states.values_list("object_id", "requested_by_id")}
    pages = Page.objects.filter(pk__in=by_page, path__startswith=traeger.folder.path).order_by("title", "pk")
    found: dict[int, list[Page]] = {}
    for page in pages:
        found.setdefault(by_page[page.pk], []).append(page)
    return found


def member(traeger: Traeger, person_id: int) -> Member | None:
    """Return the person with this id where they are in the team, else None."""
    return next((each for each in members(traeger) if each.person.pk == person_id), None)
