"""The folder and the start page of a Träger are edited, but nobody takes them away by a click."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from sites.access.roles import LEITUNG
from tests.factories import UserFactory


@pytest.fixture(params=["head", "administrator"])
def client(request, traeger_a, person, client_for):
    user = person(LEITUNG, traeger_a) if request.param == "head" else UserFactory(admin=True)
    return client_for(user, traeger_a)


@pytest.mark.parametrize("which", ["folder", "start"])
@pytest.mark.parametrize("action", ["delete", "unpublish", "move", "copy"])
def test_the_site_stays(which, action, client, traeger_a):
    page = traeger_a.folder if which == "folder" else traeger_a.site.root_page
    before = (page.path, Page.objects.count(), Site.objects.count())
    response = client.post(
        reverse(f"wagtailadmin_pages:{action}", args=[page.pk]),
        {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": page.get_parent().pk},
    )
    assert response.status_code in (302, 403)
    page = Page.objects.get(pk=page.pk)
    assert page.live
    assert (page.path, Page.objects.count(), Site.objects.count()) == before


def test_bulk_actions_leave_it_too(client, traeger_a):
    for action in ("delete", "unpublish"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?id={traeger_a.site.root_page_id}&id={traeger_a.folder_id}")
    assert traeger_a.site.root_page.specific_class.objects.get(pk=traeger_a.site.root_page_id).live


def test_the_start_page_is_edited(client, traeger_a):
    assert (
        client.get(reverse("wagtailadmin_pages:edit", args=[traeger_a.site.root_page_id])).status_code == 200
    )


@pytest.mark.parametrize("which", ["folder", "start"])
@pytest.mark.parametrize(
    "view",
    [
        "edit",
        "history",
        "usage",
        "workflow_history",
        "view_draft",
        "preview_on_edit",
        "add_subpage",
        "set_privacy",
    ],
)
def test_every_view_of_it_answers(view, which, client, traeger_a):
    page = traeger_a.folder if which == "folder" else traeger_a.site.root_page
    assert client.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk])).status_code in (200, 302)
