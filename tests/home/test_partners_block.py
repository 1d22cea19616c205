"""Partners of the knowledge base on a Träger's site: as their pages have them, for whoever may read these."""

import json

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from knowledge.models import PartnerIndexPage
from tests.factories import ContentPageFactory, PartnerPageFactory, UserFactory
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.world import list_page


@pytest.fixture
def partner(knowledge):
    return lambda title, **fields: PartnerPageFactory(
        parent=list_page(knowledge, PartnerIndexPage), title=title, **fields
    )


@pytest.fixture
def show(traeger_a, client_for):
    """`show(ids, user)` → the links in the block on a page of Träger A, (title, address)."""

    def make(partners, user=None) -> list[tuple[str, str]]:
        value = {"title": "Wohin wir vermitteln", "partners": partners}
        page = ContentPageFactory(
            parent=traeger_a.site.root_page, body=json.dumps([{"type": "partners", "value": value}])
        )
        return links(client_for(user, traeger_a).get(page.url))

    return make


def links(response) -> list[tuple[str, str]]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [(link.text, link["href"]) for link in soup.select(".tp-card h3 a")]


def test_in_the_chosen_order_each_once(show, partner):
    two, one = partner("Beispiel Zwei"), partner("Beispiel Eins")
    assert [title for title, _url in show([one.pk, two.pk, one.pk])] == ["Beispiel Eins", "Beispiel Zwei"]


def test_what_changes_there_changes_here(show, partner):
    page = partner("Beispiel")
    page.title = "Beispiel umbenannt"
    page.save_revision().publish()
    assert show([page.pk]) == [("Beispiel umbenannt", page.full_url)]


def test_visitors_see_what_is_public(show, partner):
    public, internal = partner("Beispiel offen"), partner("Beispiel intern", internal=True)
    chosen = [internal.pk, public.pk]
    assert [title for title, _url in show(chosen)] == ["Beispiel offen"]
    assert len(show(chosen, UserFactory(is_superuser=True))) == 2


def test_nobody_else_sees_what_only_staff_may_read(show, knowledge):
    parent = list_page(knowledge, PartnerIndexPage)
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    page = PartnerPageFactory(parent=parent)
    assert show([page.pk]) == []
    assert len(show([page.pk], UserFactory())) == 1


def test_what_is_gone_or_withdrawn_leaves_nothing(show, partner):
    gone, withdrawn = partner("Beispiel weg"), partner("Beispiel zurückgezogen")
    withdrawn.unpublish()
    ids = [gone.pk, withdrawn.pk]
    gone.delete()
    assert show(ids) == []


def test_in_the_language_that_is_read(show, partner, english, traeger_a, client_for):  # noqa: F811
    page, only_german = partner("Beispiel"), partner("Beispiel nur deutsch")
    version = translated(page, english)
    version.title = "Example"
    version.save_revision().publish()
    show([page.pk, only_german.pk])
    host = ContentPageFactory._meta.model.objects.latest("pk")
    found = links(client_for(None, traeger_a).get(translated(host, english).url))
    assert found == [("Example", version.full_url), ("Beispiel nur deutsch", only_german.full_url)]
