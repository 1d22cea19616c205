"""Which grants reach an object: those on it, and on a page those that hold for everything below."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from sites.access.paths import folder_path
from sites.grants.authority import may_give, sees_all
from sites.grants.kinds import PAGE, Kind, Level, kind_of
from sites.grants.people import names_of_groups, names_of_people
from sites.models.grants import Grant

# Of the grants that have ended only the latest are of interest; the history has them all.
ENDED_SHOWN = 10


@dataclass(frozen=True)
class Line:
    """A grant as people see it. `field`: "user" or "group"; `above`: the page it is on, None for the own."""

    grant: Grant
    field: str
    holder: str
    level: Level
    given_by: str
    above: Page | None

    @property
    def holder_id(self) -> int:
        return getattr(self.grant, f"{self.field}_id")


@dataclass(frozen=True)
class Lines:
    """The grants that reach an object, the newest first."""

    here: list[Line]
    above: list[Line]
    ended: list[Line]

    def of(self, user) -> "Lines":
        """Return only what `user` holds, directly or through a group."""
        held = {"user": {user.pk}, "group": set(user.groups.values_list("pk", flat=True))}

        def own(lines: list[Line]) -> list[Line]:
            return [line for line in lines if line.holder_id in held[line.field]]

        return Lines(here=own(self.here), above=own(self.above), ended=own(self.ended))


def _places(page) -> tuple[set[int], set[int]]:
    """Return the ids of the pages on which a grant counts as one on `page`, and of those above.

    A grant on a page in the portal's own language holds for its translations at the same Träger.
    """
    chain = list(page.get_ancestors(inclusive=True).values_list("pk", "translation_key"))
    keys = {key: pk for pk, key in chain}
    originals = Page.objects.filter(
        translation_key__in=keys,
        locale__language_code=settings.LANGUAGE_CODE,
        path__startswith=folder_path(page),
    )
    here, above = {page.pk}, {pk for pk, _key in chain if pk != page.pk}
    for pk, key in originals.values_list("pk", "translation_key"):
        (here if keys[key] == page.pk else above).add(pk)
    return here, above - here


def _names(found) -> dict[str, dict[int, str]]:
    """Return the names of those who hold or gave the grants `found`, by the field that names a holder."""
    people = {grant.user_id for field, grant in found if field == "user"}
    givers = {grant.granted_by_id for _field, grant in found}
    groups = {grant.group_id for field, grant in found if field == "group"}
    return {"user": names_of_people(people | givers), "group": names_of_groups(groups)}


def lines_on(obj) -> Lines:
    """Return the grants that reach a page, document or picture, with six queries at most."""
    kind = kind_of(obj)
    here, above = _places(obj) if kind is PAGE else ({obj.pk}, set())
    wanted = Q(content_object_id__in=here)
    if kind.has_pages_below:
        wanted |= Q(content_object_id__in=above, subtree=True)
    found = [
        (field, grant)
        for field, model in kind.holders().items()
        for grant in model.grants.filter(wanted).select_related("permission", "content_object")
    ]
    found.sort(key=lambda pair: pair[1].granted_at, reverse=True)
    names, now = _names(found), timezone.now()
    lines = Lines([], [], [])
    for field, grant in found:
        own = grant.content_object_id in here
        line = Line(
            grant=grant,
            field=field,
            holder=names[field].get(getattr(grant, f"{field}_id"), _("name unknown")),
            level=kind.level_of(grant),
            given_by=names["user"].get(grant.granted_by_id, ""),
            above=None if own else grant.content_object,
        )
        if grant.expires_at is None or grant.expires_at > now:
            (lines.here if own else lines.above).append(line)
        elif own:
            lines.ended.append(line)
    lines.ended.sort(key=lambda line: line.grant.expires_at, reverse=True)
    del lines.ended[ENDED_SHOWN:]
    return lines


@dataclass(frozen=True)
class Overview:
    """What a person gets to see of the grants that reach `obj`; `may_give`: also gives and ends them."""

    obj: object
    kind: Kind
    lines: Lines
    may_give: bool


def overview(user, obj) -> Overview | None:
    """Return what `user` gets to see; None where `obj` must not exist for them."""
    giving = may_give(user, obj)
    lines = lines_on(obj)
    if not (giving or sees_all(user, obj)):
        lines = lines.of(user)
        if not (lines.here or lines.above):
            return None
    return Overview(obj=obj, kind=kind_of(obj), lines=lines, may_give=giving)
