"""`check_roles` finds each way in which the database can differ from the roles as data."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from sites.access import roles
from sites.access.role_check import differences


def permission(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def on_page(group, traeger, name="wagtailcore.add_page"):
    GroupPagePermission.objects.create(group=group, page=traeger.folder.page_ptr, permission=permission(name))


def on_collection(group, traeger, name="wagtaildocs.add_document"):
    GroupCollectionPermission.objects.create(
        group=group, collection=traeger.collection, permission=permission(name)
    )


def on_site(group, traeger, name="thinka_sites.change_branding"):
    GroupSitePermission.objects.create(group=group, site=traeger.site, permission=permission(name))


def without_publishing(a, b):
    GroupPagePermission.objects.get(
        group=a.group("freigabe"), permission__codename="publish_page", page=a.folder_id
    ).delete()


def without_documents(a, b):
    GroupCollectionPermission.objects.get(
        group=a.group("redaktion"), permission__codename="add_document"
    ).delete()


def without_look(a, b):
    GroupSitePermission.objects.get(group=a.group("leitung")).delete()


def locked_out(a, b):
    a.group("redaktion").permissions.clear()


def additional_workflow(a, b):
    task = GroupApprovalTask.objects.create(name="Fremde Freigabe")
    task.groups.add(b.group("leitung"), a.group("leitung"), a.group("freigabe"))
    workflow = Workflow.objects.create(name="Fremder Weg")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=a.site.root_page)


def unable_head(a, b):
    GroupApprovalTask.objects.get(name=f"Freigabe {a.name}").groups.remove(a.group("leitung"))


NORTH = "Beispiel Nord e.V."

# How the database is changed; whose line tells it, what the line says; whether --fix puts it right.
CASES = {
    "page right missing": (without_publishing, f"{NORTH} – Freigabe", "wagtailcore.publish_page", True),
    "collection right missing": (without_documents, f"{NORTH} – Redaktion", "wagtaildocs.add_document", True),
    "site right missing": (without_look, f"{NORTH} – Leitung", "fehlt: thinka_sites.change_branding", True),
    "general right missing": (locked_out, f"{NORTH} – Redaktion", "fehlt: wagtailadmin.access_admin", True),
    "page right too much": (
        lambda a, b: on_page(a.group("lesen"), a),
        f"{NORTH} – Lesen",
        "zu viel: wagtailcore.add_page",
        True,
    ),
    "page right at another Träger": (
        lambda a, b: on_page(a.group("leitung"), b),
        f"{NORTH} – Leitung",
        "„Beispiel Süd gGmbH“",
        True,
    ),
    "collection right at another Träger": (
        lambda a, b: on_collection(a.group("leitung"), b),
        f"{NORTH} – Leitung",
        "„Beispiel Süd gGmbH“",
        True,
    ),
    "site right at another Träger": (
        lambda a, b: on_site(a.group("leitung"), b),
        f"{NORTH} – Leitung",
        "zu viel: thinka_sites.change_branding",
        True,
    ),
    "group missing": (lambda a, b: a.group("lesen").delete(), NORTH, "Rolle „Lesen“ fehlt", True),
    "group of nobody": (
        lambda a, b: on_page(Group.objects.create(name="Bekannte"), a),
        "Bekannte",
        "gehört zu keinem Träger",
        False,
    ),
    "workflow missing": (
        lambda a, b: WorkflowPage.objects.get(page=a.folder_id).delete(),
        NORTH,
        "hat keinen Workflow",
        False,
    ),
    "workflow with others": (
        additional_workflow,
        "Workflow „Fremder Weg“",
        "„Beispiel Süd gGmbH – Leitung“ entscheidet",
        False,
    ),
    "role that can't approve": (
        unable_head,
        f"Workflow „Freigabe {NORTH}“",
        f"„{NORTH} – Leitung“ kann nicht freigeben",
        False,
    ),
    **{
        f"all of {name}": (
            lambda a, b, name=name: a.group("leitung").permissions.add(permission(name)),
            f"{NORTH} – Leitung",
            f"zu viel: {name}, überall",
            True,
        )
        for name in (
            "thinka_sites.change_user",
            "auth.change_group",
            "wagtailcore.change_site",
            "wagtailredirects.add_redirect",
            "wagtailcore.change_workflow",
            "wagtailcore.change_task",
            "wagtailcore.change_collection",
            "taggit.change_tag",
            "wagtailimages.change_image",
        )
    },
}


def test_the_world_is_as_the_roles_say(world, capsys):
    call_command("check_roles")
    assert capsys.readouterr().out.startswith("Alle Gruppen, Rechte und Workflows sind so")


@pytest.mark.parametrize(("change", "subject", "text", "mendable"), CASES.values(), ids=CASES)
def test_a_difference_is_found(change, subject, text, mendable, traeger_a, traeger_b, capsys):
    change(traeger_a, traeger_b)
    found = differences()
    assert {each.subject for each in found} == {subject}
    assert any(text in each.text for each in found)
    assert {each.mendable for each in found} == {mendable}

    with pytest.raises(CommandError, match=r"check_roles --fix" if mendable else "Ihre Entscheidung"):
        call_command("check_roles")
    assert capsys.readouterr().out.startswith(f"{subject}\n  ")


@pytest.mark.parametrize("name", [name for name, (*_case, mendable) in CASES.items() if mendable])
def test_fixing_puts_right_what_needs_no_decision(name, traeger_a, traeger_b):
    CASES[name][0](traeger_a, traeger_b)
    call_command("check_roles", fix=True)
    assert differences() == []


def test_fixing_leaves_what_needs_a_decision(traeger_a, traeger_b):
    additional_workflow(traeger_a, traeger_b)
    without_look(traeger_a, traeger_b)
    with pytest.raises(CommandError, match="Ihre Entscheidung"):
        call_command("check_roles", fix=True)
    assert {each.subject for each in differences()} == {"Workflow „Fremder Weg“"}


def test_a_right_of_an_account_is_found(traeger_a, person):
    user = person("redaktion", traeger_a)
    user.user_permissions.add(permission("auth.change_group"))
    assert [(each.subject, "auth.change_group" in each.text) for each in differences()] == [
        (user.email, True)
    ]


@pytest.mark.parametrize("model", sorted(roles.NEVER_MODEL_WIDE), ids=".".join)
def test_roles_as_data_that_reach_everybody_are_an_error(model, world, monkeypatch):
    app, name = model
    head = replace(roles.ROLES[-1], general=((app, f"change_{name}"),))
    monkeypatch.setattr(roles, "ROLES", (*roles.ROLES[:-1], head))
    with pytest.raises(CommandError):
        call_command("check_roles", fix=True)
    found = differences()
    assert found
    assert all("gilt bei allen Trägern" in each.text for each in found)
