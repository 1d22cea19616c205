"""Finds where the database differs from the roles as data, and mends what needs no decision."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, WorkflowPage

from sites.access import roles
from sites.access.rights import GENERAL, TABLES, Right, create_group, held_rights, wanted_rights, write_rights
from sites.models import Traeger, User


@dataclass(frozen=True)
class Difference:
    """One line of the report. `mendable`: `mend` puts it right."""

    subject: str
    text: str
    mendable: bool = False


def differences() -> list[Difference]:
    """Return everything in which groups, rights and workflows differ from the roles as data."""
    found = [*_groups_of_nobody(), *_rights_of_accounts()]
    for traeger in Traeger.objects.select_related("folder").order_by("name"):
        found += [*_roles(traeger), *_workflows(traeger)]
    return found


@transaction.atomic
def mend() -> None:
    """Make missing groups, and give the group of every role exactly the rights of that role."""
    for traeger in Traeger.objects.all():
        groups = _groups(traeger)
        for role in roles.ROLES:
            if role.key in groups:
                write_rights(traeger, role, groups[role.key])
            else:
                create_group(traeger, role)


def _groups(traeger: Traeger) -> dict[str, Group]:
    return {each.role: each.group for each in traeger.roles.select_related("group")}


def _roles(traeger: Traeger) -> Iterator[Difference]:
    groups = _groups(traeger)
    for role in roles.ROLES:
        if role.key not in groups:
            text = _("The group of the role “%(role)s” is missing.") % {"role": role.label}
            yield Difference(traeger.name, text, mendable=True)
            continue
        group = groups[role.key]
        wanted, held = wanted_rights(traeger, role), held_rights(group)
        for right in sorted(wanted - held):
            yield Difference(group.name, _("missing: %s") % _describe(right), mendable=True)
        for right in sorted(held - wanted):
            yield Difference(group.name, _("too much: %s") % _describe(right), mendable=True)
        for right in sorted(held & wanted):
            if _reaches_everybody(right):
                text = _("holds in all Träger, take it out of the roles as data: %s") % _describe(right)
                yield Difference(group.name, text)


def _reaches_everybody(right: Right) -> bool:
    """Tell whether a right without an object touches what all Träger have in one list."""
    if right.kind != GENERAL:
        return False
    models = Permission.objects.filter(content_type__app_label=right.app, codename=right.codename)
    return any(
        (right.app, model) in roles.NEVER_MODEL_WIDE
        for model in models.values_list("content_type__model", flat=True)
    )


def _groups_of_nobody() -> Iterator[Difference]:
    """Groups without a Träger that hold rights all the same; only roles may."""
    for group in Group.objects.filter(traeger_role=None).order_by("name"):
        for right in sorted(held_rights(group)):
            yield Difference(group.name, _("belongs to no Träger but holds: %s") % _describe(right))


def _rights_of_accounts() -> Iterator[Difference]:
    for user in User.objects.exclude(user_permissions=None).order_by("pk").distinct():
        for app, codename in user.user_permissions.values_list("content_type__app_label", "codename"):
            text = _("holds a right that comes from no role: %s") % f"{app}.{codename}"
            yield Difference(user.email, text)


def _workflows(traeger: Traeger) -> Iterator[Difference]:
    """The folder has a workflow in which approving roles, and nobody from elsewhere, decide."""
    groups = _groups(traeger)
    own = {group.pk for group in groups.values()}
    below = WorkflowPage.objects.filter(page__path__startswith=traeger.folder.path, workflow__active=True)
    if not below.filter(page=traeger.folder_id).exists():
        yield Difference(traeger.name, _("The folder has no workflow."))
    for link in below.select_related("workflow").order_by("pk"):
        tasks = GroupApprovalTask.objects.filter(workflow_tasks__workflow=link.workflow, active=True)
        deciding = {group.pk: group for task in tasks for group in task.groups.all()}
        subject = _("Workflow “%s”") % link.workflow
        for pk, group in sorted(deciding.items()):
            if pk not in own:
                text = _("“%(group)s” decides about pages of %(traeger)s.")
                yield Difference(subject, text % {"group": group, "traeger": traeger})
        for key in roles.APPROVERS:
            if key in groups and groups[key].pk not in deciding:
                yield Difference(subject, _("“%s” can't approve.") % groups[key])


def _describe(right: Right) -> str:
    """Name a right and the object it is on, for somebody who reads the list."""
    name = f"{right.app}.{right.codename}"
    if right.kind == GENERAL:
        return _("%s, everywhere") % name
    model = TABLES[right.kind][0]._meta.get_field(right.kind).related_model
    return _("%(right)s on %(kind)s “%(object)s” (number %(id)s)") % {
        "right": name,
        "kind": model._meta.verbose_name,
        "object": model.objects.get(pk=right.object_id),
        "id": right.object_id,
    }
