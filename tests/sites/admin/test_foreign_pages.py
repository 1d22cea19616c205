"""Whoever works for another Träger reaches none of the own pages in the editing area, by no address."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from home.models import NewsIndexPage
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import NewsPageFactory
from tests.world import list_page

# (name of the view, what the form would send). Each is asked by GET and by POST.
ACTIONS = {
    "edit": {"title": "Fremd", "slug": "fremd", "action-publish": "1"},
    "delete": {},
    "unpublish": {},
    "copy": {"new_title": "Kopie", "new_slug": "kopie", "publish_copies": "on"},
    "move": {},
    "history": {},
    "usage": {},
    "workflow_history": {},
    "convert_alias": {},
    "add_subpage": {},
    "lock": {},
    "unlock": {},
    "set_privacy": {"restriction_type": "none"},
    "view_draft": {},
    "preview_on_edit": {"title": "Fremd", "slug": "fremd"},
}
PREFIX = "wagtailadmin_pages:"


@pytest.fixture
def page(traeger_a):
    return NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Nur von Nord")


def state(page) -> tuple:
    """Everything about a page that somebody could have changed."""
    return (
        Page.objects.filter(pk=page.pk)
        .values("title", "slug", "path", "live", "locked", "draft_title")
        .get(),
        Page.objects.count(),
        Revision.objects.count(),
        PageLogEntry.objects.count(),
        list(PageViewRestriction.objects.order_by("pk").values_list("pk", "restriction_type")),
    )


def assert_not_found(response, page) -> None:
    """The same answer as for a page that does not exist."""
    assert response.status_code == 404
    assert page.title not in response.content.decode()


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
@pytest.mark.parametrize("action", ACTIONS)
def test_pages_of_another_traeger_are_out_of_reach(action, role, page, traeger_b, person, client_for):
    client = client_for(person(role, traeger_b), traeger_b)
    before = state(page)
    url = reverse(PREFIX + action, args=[page.pk])
    assert_not_found(client.get(url), page)
    assert_not_found(client.post(url, ACTIONS[action]), page)
    assert state(page) == before


def test_nothing_is_moved_into_another_traeger(page, traeger_a, traeger_b, person, client_for):
    """Neither the own page into the other's tree nor the other's page into the own."""
    own = NewsPageFactory(parent=list_page(traeger_b, NewsIndexPage))
    client = client_for(person(LEITUNG, traeger_b), traeger_b)
    for moved, target in ((own, page.get_parent()), (page, own.get_parent())):
        before = state(moved)
        client.post(reverse(PREFIX + "move_confirm", args=[moved.pk, target.pk]))
        client.post(
            reverse(PREFIX + "copy", args=[moved.pk]),
            {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": target.pk},
        )
        assert state(moved) == before


def test_the_explorer_and_the_search_show_only_the_own_pages(page, traeger_b, person, client_for):
    own = NewsPageFactory(parent=list_page(traeger_b, NewsIndexPage), title="Nur von Süd")
    client = client_for(person(LEITUNG, traeger_b), traeger_b)
    for url in (
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse(PREFIX + "search") + "?q=Nur+von",
        reverse("wagtailadmin_home"),
    ):
        assert page.title not in client.get(url, follow=True).content.decode()
    listing = client.get(reverse("wagtailadmin_explore", args=[own.get_parent().pk]))
    assert own.title in listing.content.decode()


@pytest.mark.parametrize("action", ["delete", "publish", "unpublish", "move"])
def test_bulk_actions_do_not_know_foreign_pages(action, page, traeger_b, person, client_for):
    own = NewsPageFactory(parent=list_page(traeger_b, NewsIndexPage), title="Nur von Süd")
    client = client_for(person(LEITUNG, traeger_b), traeger_b)
    before = state(page)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for ids in (f"id={page.pk}", f"id={own.pk}&id={page.pk}"):
        assert_not_found(client.get(f"{url}?{ids}"), page)
        assert_not_found(client.post(f"{url}?{ids}", {"chooser": traeger_b.site.root_page_id}), page)
    assert client.get(f"{url}?id={own.pk}").status_code == 200
    assert state(page) == before


def test_the_root_leads_to_the_own_pages(traeger_b, person, client_for):
    client = client_for(person(REDAKTION, traeger_b), traeger_b)
    response = client.get(reverse("wagtailadmin_explore", args=[Page.get_first_root_node().pk]))
    assert response.status_code in (200, 302)
