"""Who sees which entries in the editing area, as a table."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu

from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import Traeger
from tests.factories import UserFactory

WRITING = {"explorer", "images", "documents", "help", "reports"}
CHECKS = {"checks"}
OWN_REPORTS = CHECKS | {"approvals", "site-history", "aging-pages"}
LOOK = {"look-and-footer", "collections"}

# (role, kind of Träger) → (main menu, reports, settings)
TABLE = {
    (REDAKTION, "traeger"): (WRITING, CHECKS, set()),
    (FREIGABE, "traeger"): (WRITING, OWN_REPORTS, set()),
    (LEITUNG, "traeger"): (WRITING | {"settings", "team"}, OWN_REPORTS, LOOK),
    (REDAKTION, "knowledge"): (WRITING | {"search"}, CHECKS, set()),
    (FREIGABE, "knowledge"): (WRITING | {"search", "vocabulary"}, OWN_REPORTS, set()),
    (LEITUNG, "knowledge"): (WRITING | {"search", "settings", "team", "vocabulary"}, OWN_REPORTS, LOOK),
}


def entries(menu, user) -> set[str]:
    # The vocabulary's entry registers itself when addresses are first looked up, as in every real request.
    reverse("wagtailadmin_home")
    request = RequestFactory().get("/admin/")
    request.user = user
    return {item.name for item in menu.menu_items_for_request(request)}


@pytest.mark.parametrize(("role", "kind"), TABLE)
def test_menus(role, kind, world, person):
    user = person(role, Traeger.objects.get(kind=kind, slug__in=("beispiel-nord", "wissen")))
    main, reports, settings = TABLE[role, kind]
    assert entries(admin_menu, user) == main
    assert entries(reports_menu, user) == reports
    assert entries(settings_menu, user) == settings


def test_administrators_see_everything(world):
    user = UserFactory(admin=True)
    assert entries(admin_menu, user) == WRITING | {"search", "settings", "team", "vocabulary"}
    assert {"traeger", "users", "groups", "sites", "look-and-footer"} <= entries(settings_menu, user)


def test_help_is_our_own(world, person, traeger_a, client_for):
    user = person(REDAKTION, traeger_a)
    client = client_for(user, traeger_a)
    names = entries(help_menu, user)
    assert "editor-guide" not in names
    text = client.get("/admin/").content.decode()
    assert "wagtail.org" not in text
    for name in names - {"keyboard-shortcuts-trigger"}:
        page = client.get(reverse("portal_handbook", args=[name.removeprefix("help-")]))
        assert "<h1>" in page.content.decode()
    assert client.get("/admin/hilfe/unbekannt/").status_code == 404


@pytest.mark.parametrize("path", ["/admin/", "/admin/team/", "/admin/pages/", "/admin/gibt-es-nicht/"])
def test_readers_are_led_to_the_site_with_a_sentence(path, traeger_a, person, client_for):
    client = client_for(person(LESEN, traeger_a), traeger_a)
    response = client.get(path, follow=True)
    assert response.redirect_chain == [("/", 302)]
    html = response.content.decode()
    assert "Der Redaktionsbereich ist für alle, die Seiten schreiben." in html
    assert "tp-alert--error" not in html
    # Said once.
    assert "Der Redaktionsbereich ist für alle" not in client.get("/").content.decode()


def test_the_ways_in_and_out_are_open_to_readers(traeger_a, person, client_for):
    client = client_for(person(LESEN, traeger_a), traeger_a)
    assert client.get("/admin/login/").status_code == 200
    assert client.get("/admin/password_reset/").status_code == 200
    answer = client.get("/admin/", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert client.post("/admin/logout/").status_code == 302


def test_on_a_host_of_its_own_readers_are_led_to_where_staff_begin(traeger_a, person, client_for, settings):
    settings.PORTAL_ADMIN_ORIGIN = "http://redaktion.test:8000"
    client = client_for(person(LESEN, traeger_a), "redaktion.test:8000")
    assert client.get("/admin/")["Location"] == "/mein-start/"


@pytest.mark.parametrize("name", ["portal_approvals", "wagtailadmin_reports:aging_pages"])
def test_reports_open(name, traeger_a, person, client_for):
    response = client_for(person(FREIGABE, traeger_a), traeger_a).get(reverse(name))
    assert response.status_code == 200


def test_the_report_offers_only_colleagues(traeger_a, traeger_b, person, client_for):
    other = person(REDAKTION, traeger_b)
    user = person(LEITUNG, traeger_a)
    text = client_for(user, traeger_a).get(reverse("portal_approvals")).content.decode()
    assert other.get_full_name() not in text
    assert user.get_full_name() in text


def test_writing_is_not_enough_for_the_report(traeger_a, person, client_for):
    response = client_for(person(REDAKTION, traeger_a), traeger_a).get(reverse("portal_approvals"))
    assert response.status_code == 302
