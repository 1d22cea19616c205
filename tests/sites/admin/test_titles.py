"""The title of a draft is shown to who works on the page, and to nobody who only reads it."""

import pytest
from django.urls import reverse

from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import ContentPageFactory
from tests.sites.grants.granting import grant

OLD, NEW = "Bisheriger Titel", "Geheimer Titel"


def renamed(parent):
    """A published page whose draft has another title."""
    page = ContentPageFactory(parent=parent, title=OLD)
    page.title = NEW
    page.save_revision()
    page.refresh_from_db()
    assert (page.title, page.draft_title) == (OLD, NEW)
    return page


def chooser(page) -> str:
    return reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk])


@pytest.fixture
def shared(knowledge):
    return renamed(knowledge.site.root_page)


def test_others_choose_a_page_by_its_published_title(shared, traeger_a, person, client_for):
    text = client_for(person(REDAKTION, traeger_a), traeger_a).get(chooser(shared)).text
    assert OLD in text
    assert NEW not in text


def recognised(client, page, query="") -> str:
    """Enter the address of `page` as a link to anywhere; return the answer, which names the page."""
    data = {"external-link-chooser-url": page.full_url + query, "external-link-chooser-link_text": ""}
    answer = client.post(reverse("wagtailadmin_choose_page_external_link"), data)
    assert answer.status_code == 200
    return answer.text


# Wagtail takes the address as it is, or asks whether the page is meant.
@pytest.mark.parametrize("query", ["", "?von=brief"])
def test_an_entered_address_is_called_by_the_published_title(
    query, shared, knowledge, traeger_a, person, client_for
):
    text = recognised(client_for(person(REDAKTION, traeger_a), traeger_a), shared, query)
    assert OLD in text
    assert NEW not in text
    assert NEW in recognised(client_for(person(REDAKTION, knowledge), knowledge), shared, query)


def test_who_works_on_the_page_chooses_it_by_the_new_title(shared, knowledge, person, client_for):
    assert NEW in client_for(person(REDAKTION, knowledge), knowledge).get(chooser(shared)).text


def test_administrators_choose_it_by_the_new_title(shared, knowledge, person, client_for):
    root = person(LEITUNG, knowledge, is_superuser=True)
    assert NEW in client_for(root, knowledge).get(chooser(shared)).text


@pytest.mark.parametrize("view", ["wagtailadmin_explore", "wagtailadmin_pages:edit"])
def test_guests_see_the_published_titles_of_the_way(view, traeger_a, traeger_b, person, client_for):
    above = renamed(traeger_a.site.root_page)
    page = ContentPageFactory(parent=above, title="Freigegeben")
    guest = person(FREIGABE, traeger_b)
    grant(guest, page, "change")
    answer = client_for(guest, traeger_a).get(reverse(view, args=[page.pk]))
    assert answer.status_code == 200
    assert OLD in answer.text
    assert NEW not in answer.text


def test_scripts_are_not_told_what_the_way_tells_search_engines(traeger_a, traeger_b, person, client_for):
    above = ContentPageFactory(
        parent=traeger_a.site.root_page, title=OLD, seo_title=NEW, search_description=NEW, internal=True
    )
    guest = person(FREIGABE, traeger_b)
    grant(guest, ContentPageFactory(parent=above), "change")
    client = client_for(guest, traeger_a)
    answer = client.get(reverse("wagtailadmin_api:pages:detail", args=[above.pk]))
    assert answer.json()["title"] == OLD
    assert NEW not in answer.text
    for name in ("seo_title", "search_description"):
        assert client.get(reverse("wagtailadmin_api:pages:listing"), {name: NEW}).status_code == 400


def test_guests_see_the_new_title_of_what_they_edit(traeger_a, traeger_b, person, client_for):
    page = renamed(traeger_a.site.root_page)
    guest = person(FREIGABE, traeger_b)
    grant(guest, page, "change")
    answer = client_for(guest, traeger_a).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert NEW in answer.text
