"""What others have shared with a person: the grants that they hold, themselves or through a group."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextField, Value
from wagtail.models import Page

from sites.access.readers import readable_by
from sites.admin.host import admin_url
from sites.grants.kinds import KINDS, PAGE, Kind, Level


@dataclass(frozen=True)
class Received:
    """A page, document or picture that somebody reads or changes by a grant; `until` None: without end."""

    kind: Kind
    obj: object
    level: Level
    until: datetime | None
    reason: str

    @property
    def url(self) -> str:
        """Where the person finds it; nothing where it is only to be chosen in the editor."""
        if self.kind is PAGE:
            return self.obj.get_url() or ""
        return admin_url(self.kind.edit_view, self.obj.pk) if self.level.action == "change" else ""


def received(user) -> list[Received]:
    """Return what is shared with `user`, what ends first on top; each thing once, by its strongest grant.

    Only what they may read here: one query for the grants, one for each kind of object among them. Files are
    of use in the editing area only.
    """
    kinds = KINDS.values() if user.has_perm("wagtailadmin.access_admin") else (PAGE,)
    strongest: dict[tuple[str, int], tuple] = {}
    for name, pk, codename, until, reason in _grants(user, kinds):
        level = KINDS[name].level(codename.partition("_")[0])
        # Of two that allow the same, the one that holds for longer.
        rank = (KINDS[name].levels.index(level), until is None, until)
        if (name, pk) not in strongest or rank > strongest[name, pk][0]:
            strongest[name, pk] = (rank, level, until, reason)
    objects = {
        (kind.name, pk): obj
        for kind in kinds
        if (keys := [pk for name, pk in strongest if name == kind.name])
        for pk, obj in _objects(kind, user).in_bulk(keys).items()
    }
    found = [
        Received(KINDS[key[0]], objects[key], level, until, reason)
        for key, (_rank, level, until, reason) in strongest.items()
        if key in objects
    ]
    return sorted(found, key=lambda each: (each.until is None, each.until or each.obj.pk))


def _grants(user, kinds):
    """(kind, id of the object, codename, end, reason) of the grants in force; one query."""
    holds = {"user": {"user": user}, "group": {"group__user": user}}
    first, *others = (
        model.grants.in_force()
        .filter(**holds[field])
        .annotate(of_kind=Value(kind.name, output_field=TextField()))
        .values_list("of_kind", "content_object_id", "permission__codename", "expires_at", "reason")
        for kind in kinds
        for field, model in kind.holders().items()
    )
    return first.union(*others)


def _objects(kind: Kind, user):
    return readable_by(Page.objects.live(), user) if kind is PAGE else kind.model._default_manager.all()
