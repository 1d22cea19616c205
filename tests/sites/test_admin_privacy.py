"""Who may read a page: the dialogue, and internal pages from their first moment."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction

from home.models import InternalPage
from sites.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import ContentPageFactory, InternalPageFactory


def address(page) -> str:
    return reverse("wagtailadmin_pages:set_privacy", args=[page.pk])


def readers(page) -> set[str]:
    restriction = PageViewRestriction.objects.get(page=page)
    return {group.name for group in restriction.groups.all()}


@pytest.fixture
def page(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page)


@pytest.mark.parametrize("role", [FREIGABE, LEITUNG])
def test_the_dialogue_restricts_to_roles_and_opens_again(role, page, traeger_a, person, client_for):
    client = client_for(person(role, traeger_a), traeger_a)
    group = traeger_a.group(LEITUNG)
    assert client.get(address(page)).status_code == 200
    client.post(address(page), {"restriction_type": "groups", "groups": [group.pk]})
    assert readers(page) == {group.name}
    assert client_for(None, traeger_a).get(page.url).status_code == 302
    client.post(address(page), {"restriction_type": "none"})
    assert client_for(None, traeger_a).get(page.url).status_code == 200


def test_the_dialogue_offers_the_own_roles_only(page, traeger_a, traeger_b, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    html = client.get(address(page)).json()["html"]
    assert traeger_a.name in html
    assert traeger_b.name not in html
    foreign = traeger_b.group(LEITUNG)
    client.post(address(page), {"restriction_type": "groups", "groups": [foreign.pk]})
    assert not PageViewRestriction.objects.filter(page=page).exists()


def test_writing_is_not_enough(page, traeger_a, person, client_for):
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    client.post(address(page), {"restriction_type": "login"})
    assert not PageViewRestriction.objects.filter(page=page).exists()


def test_a_copied_internal_page_has_one_restriction_and_opens_by_the_dialogue(traeger_a, person, client_for):
    page = InternalPageFactory(parent=traeger_a.site.root_page)
    copy = page.copy(update_attrs={"slug": "kopie"})
    assert readers(copy) == readers(page) == {role.group.name for role in traeger_a.roles.all()}
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    client.post(address(copy), {"restriction_type": "none"})
    assert not PageViewRestriction.objects.filter(page=copy).exists()


def test_a_stricter_internal_page_stays_strict_when_copied(traeger_a):
    page = InternalPageFactory(parent=traeger_a.site.root_page)
    restriction = PageViewRestriction.objects.get(page=page)
    restriction.groups.set([traeger_a.group(LEITUNG)])
    assert readers(page.copy(update_attrs={"slug": "kopie"})) == {traeger_a.group(LEITUNG).name}


def test_translations_and_aliases_are_internal_too(traeger_a, client_for):
    start = traeger_a.site.root_page
    english = Locale.objects.get_or_create(language_code="en")[0]
    start.copy_for_translation(english, alias=True)
    page = InternalPageFactory(parent=start)
    translation = page.copy_for_translation(english)
    alias = page.create_alias(update_slug="noch-einmal")
    client = client_for(None, traeger_a)
    for other in (translation, alias):
        assert isinstance(other, InternalPage)
        assert readers(other) == readers(page)
    assert client.get(alias.url).status_code in (302, 404)
