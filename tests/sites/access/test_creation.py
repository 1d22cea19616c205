"""A new Träger is complete or not there at all: `create_traeger` and the command of the same name."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, Page, Site, Workflow

from home import models as home
from sites.access import roles
from sites.access.creation import create_traeger
from sites.models import Branding, Traeger
from tests.world import A


def everything() -> list[int]:
    """How many there are of all that a Träger is made of."""
    models = (Traeger, Page, Site, Collection, Workflow, GroupApprovalTask, Branding)
    return [model.objects.count() for model in models]


def test_a_new_traeger_is_complete(world):
    traeger = create_traeger("Beispiel Brücke e.V.", accent_color="#7a1f5c")
    start = traeger.site.root_page
    assert traeger.slug == "beispiel-bruecke-ev"
    assert traeger.site.hostname == f"{traeger.slug}.localhost"
    assert start.get_parent().pk == traeger.folder_id
    assert start.live
    for model in (home.AnlaufstelleIndexPage, home.OfferIndexPage, home.EventIndexPage, home.NewsIndexPage):
        assert model.objects.child_of(start).live().count() == 1
    branding = Branding.objects.get(site=traeger.site)
    assert branding.accent_color == "#7a1f5c"
    assert len(branding.legal_page_ids) == 3
    assert {role.role for role in traeger.roles.all()} == {role.key for role in roles.ROLES}
    assert traeger.folder.get_workflow().name == f"Freigabe {traeger.name}"
    assert [child.name for child in traeger.collection.get_children()] == ["Intern"]


@pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.key)
def test_the_groups_have_the_rights_of_their_role(role, traeger_a):
    group = traeger_a.group(role.key)
    pages = {each.permission.codename for each in group.page_permissions.all()}
    files = {
        (each.permission.content_type.app_label, each.permission.codename)
        for each in GroupCollectionPermission.objects.filter(group=group)
    }
    assert pages == set(role.page)
    assert files == set(role.collection)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "Beispiel Nord e.V.", "slug": "anders"}),
        ("slug", {"name": "Beispiel Anders", "slug": A}),
        ("slug", {"name": "Beispiel Anders", "slug": "Groß und Klein"}),
        ("host", {"name": "Beispiel Anders", "host": f"{A}.localhost"}),
        ("host", {"name": "Beispiel Anders", "host": "https://beispiel.test"}),
        ("accent_color", {"name": "Beispiel Anders", "accent_color": "#ffff00"}),
        ("accent_color", {"name": "Beispiel Anders", "accent_color": "gelb"}),
    ],
)
def test_what_is_taken_or_wrong_is_refused_by_field(field, values, world):
    before = everything()
    with pytest.raises(ValidationError) as caught:
        create_traeger(**values)
    assert list(caught.value.message_dict) == [field]
    assert everything() == before


def test_nothing_half_written_stays(world, settings):
    """The last step fails: so nothing of the steps before it is there."""
    settings.TRAEGER_PAGES_BUILDERS = ["tests.sites.access.test_creation.no_pages"]
    before = everything()
    with pytest.raises(RuntimeError, match="disk full"):
        create_traeger("Beispiel Anders")
    assert everything() == before


def no_pages(traeger, home):
    raise RuntimeError("disk full")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_get_the_same_host(empty_portal):
    problems = []

    def make(name):
        try:
            create_traeger(name, host="beispiel.localhost")
        except ValidationError as error:
            problems.append(list(error.message_dict))
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(f"Beispiel {n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == [["host"]]
    assert Traeger.objects.count() == 1


def test_the_command_makes_a_traeger(world, capsys):
    call_command("create_traeger", "Beispiel Brücke e.V.", slug="bruecke", colour="#7a1f5c")
    assert Traeger.objects.get(slug="bruecke").site.hostname == "bruecke.localhost"
    assert "http://bruecke.localhost" in capsys.readouterr().out


def test_the_command_says_what_to_change(world):
    with pytest.raises(CommandError, match=r"(?s)Nothing was made.*host: "):
        call_command("create_traeger", "Beispiel Brücke e.V.", host=f"{A}.localhost")
    assert not Traeger.objects.filter(name="Beispiel Brücke e.V.").exists()


def test_the_first_coordination_office_gets_the_main_address(empty_portal, settings):
    settings.PORTAL_DOMAIN, settings.PORTAL_PORT = "portal.beispiel.test", 443
    call_command("create_traeger", "Beispiel-Verein", slug="verein")
    call_command("create_traeger", "Beispiel-Büro", slug="buero", kind="coordination")
    call_command(
        "create_traeger", "Zweites Büro", slug="zwei", kind="coordination", host="zwei.beispiel.test"
    )
    found = {site.root_url: site.is_default_site for site in Site.objects.all()}
    assert found == {
        "https://verein.portal.beispiel.test": False,
        "https://portal.beispiel.test": True,
        "https://zwei.beispiel.test": False,
    }
