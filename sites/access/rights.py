"""The rights of a Träger's groups in the database: written from the roles as data."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils.module_loading import import_string
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from sites.access import roles
from sites.models import Traeger, TraegerRole

# Where a right on one object is stored: kind of object → model and the column of the object.
TABLES = {
    "page": (GroupPagePermission, "page_id"),
    "collection": (GroupCollectionPermission, "collection_id"),
    "site": (GroupSitePermission, "site_id"),
}
GENERAL = "general"


@dataclass(frozen=True, order=True)
class Right:
    """One permission of a group: on the object `object_id` of a kind in `TABLES`, or GENERAL without one."""

    kind: str
    object_id: int
    app: str
    codename: str


def wanted_rights(traeger: Traeger, role: roles.Role) -> set[Right]:
    """Return what the group of `role` of `traeger` is meant to hold."""
    extra = [
        permission
        for name in settings.TRAEGER_EXTRA_PERMISSIONS
        for permission in import_string(name).get((traeger.kind, role.key), ())
    ]
    pages = [("wagtailcore", codename) for codename in role.page]
    places = {
        "page": (traeger.folder_id, pages),
        "collection": (traeger.collection_id, role.collection),
        "site": (traeger.site_id, role.site),
        GENERAL: (0, (*role.general, *extra)),
    }
    return {
        Right(kind, object_id, app, codename)
        for kind, (object_id, permissions) in places.items()
        for app, codename in permissions
    }


def held_rights(group: Group) -> set[Right]:
    """Return what `group` holds."""
    what = ("content_type__app_label", "codename")
    held = {Right(GENERAL, 0, *row) for row in group.permissions.values_list(*what)}
    for kind, (model, column) in TABLES.items():
        columns = (column, *(f"permission__{name}" for name in what))
        held |= {Right(kind, *row) for row in model.objects.filter(group=group).values_list(*columns)}
    return held


def write_rights(traeger: Traeger, role: roles.Role, group: Group) -> None:
    """Give `group` exactly the rights of `role`; raises DoesNotExist where a role names none."""
    wanted, held = wanted_rights(traeger, role), held_rights(group)
    missing, extra = sorted(wanted - held), sorted(held - wanted)
    group.permissions.add(*(_permission(right) for right in missing if right.kind == GENERAL))
    group.permissions.remove(*(_permission(right) for right in extra if right.kind == GENERAL))
    for kind, (model, column) in TABLES.items():
        # All at once: the readers of all pages of the Träger are computed after every statement.
        model.objects.bulk_create(
            model(group=group, permission=_permission(right), **{column: right.object_id})
            for right in missing
            if right.kind == kind
        )
        for right in extra:
            if right.kind == kind:
                there = {column: right.object_id}
                model.objects.filter(group=group, permission=_permission(right), **there).delete()


def create_group(traeger: Traeger, role: roles.Role) -> Group:
    """Make the group of `role` of `traeger`, with its rights."""
    group = Group.objects.create(name=f"{traeger.name} – {roles.GROUP_NAMES[role.key]}")
    TraegerRole.objects.create(traeger=traeger, role=role.key, group=group)
    write_rights(traeger, role, group)
    return group


def _permission(right: Right) -> Permission:
    return Permission.objects.get(content_type__app_label=right.app, codename=right.codename)
