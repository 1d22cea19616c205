"""Who may read a page: the dialogue, and internal pages from their first moment."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import InternalPage
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import ContentPageFactory, InternalPageFactory, UserFactory


def kept_readers(page) -> set[str]:
    """The principals that the database keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [page.pk])
        return set(cursor.fetchone()[0])


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
    assert client_for(None, traeger_a).get(page.url).status_code == 404
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


def boxes(html: str) -> dict[str, set[str]]:
    """Return the values of the ticked boxes and buttons of a dialogue, by field."""
    ticked = {}
    for field in re.findall(r"<input[^>]*>", html):
        if "checked" in field:
            values = dict(re.findall(r'(name|value)="([^"]*)"', field))
            ticked.setdefault(values["name"], set()).add(values["value"])
    return ticked


def test_the_dialogue_says_whom_each_choice_means(page, traeger_a, person, client_for):
    collection = reverse("wagtailadmin_collections:set_privacy", args=[traeger_a.collection.pk])
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    for url in (address(page), collection):
        html = client.get(url).json()["html"]
        choices = ("Öffentlich", "Nur unser Träger", "Alle mit Konto, auch die Stadtverwaltung")
        places = [html.index(text) for text in choices]
        assert places == sorted(places)
        assert "password" not in html


def test_only_our_traeger_is_one_click(page, traeger_a, person, client_for):
    client = client_for(person(FREIGABE, traeger_a), traeger_a)
    ticked = boxes(client.get(address(page)).json()["html"])
    assert ticked["restriction_type"] == {"none"}
    client.post(address(page), {"restriction_type": "groups", "groups": list(ticked["groups"])})
    assert readers(page) == {role.group.name for role in traeger_a.roles.all()}


def test_a_narrower_choice_stays_as_it_was_made(page, traeger_a, person, client_for):
    client = client_for(person(FREIGABE, traeger_a), traeger_a)
    head = traeger_a.group(LEITUNG)
    client.post(address(page), {"restriction_type": "groups", "groups": [head.pk]})
    assert boxes(client.get(address(page)).json()["html"])["groups"] == {str(head.pk)}


def test_all_staff_leaves_no_groups_behind(page, traeger_a, person, client_for):
    client = client_for(person(FREIGABE, traeger_a), traeger_a)
    roles = [role.group_id for role in traeger_a.roles.all()]
    client.post(address(page), {"restriction_type": "login", "groups": roles})
    assert PageViewRestriction.objects.get(page=page).restriction_type == "login"
    assert readers(page) == set()


def test_a_password_is_refused_however_it_is_sent(page, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    sent = {"restriction_type": "password", "password": "geheim"}
    client.post(address(page), sent)
    assert not PageViewRestriction.objects.filter(page=page).exists()
    client.post(reverse("wagtailadmin_collections:set_privacy", args=[traeger_a.collection.pk]), sent)
    assert not traeger_a.collection.get_view_restrictions().exists()


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
    Page.objects.filter(locale=english).update(live=True)
    for other in (translation, alias):
        assert isinstance(other, InternalPage)
        assert kept_readers(other) == kept_readers(page)
    assert client.get(alias.url).status_code in (302, 404)


def test_the_form_for_a_new_internal_page_says_that_it_is_private(traeger_a, person, client_for):
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    home = traeger_a.site.root_page
    for model, hidden in (("internalpage", "public"), ("contentpage", "private")):
        html = client.get(reverse("wagtailadmin_pages:add", args=["home", model, home.pk])).content.decode()
        public, private = (
            re.search(
                r'class="([^"]*)"\s+data-controller="w-zone"\s+data-action="w-privacy[^"]*"'
                rf'\s+data-w-zone-inactive-class="w-hidden"\s+data-w-zone-switch-key-value="{key}"',
                html,
            )[1]
            for key in ("isPublic", "!isPublic")
        )
        assert ("w-hidden" in public, "w-hidden" in private) == (hidden == "public", hidden == "private")


def test_a_page_made_below_an_internal_one_inherits(traeger_a, traeger_b, person, client_for):
    above = traeger_a.site.root_page.get_children().get(slug="intern")
    client = client_for(person(FREIGABE, traeger_a), traeger_a)
    form = {"title": "Darunter", "slug": "darunter", "body-count": 0, "action-publish": 1}
    response = client.post(
        reverse("wagtailadmin_pages:add", args=["home", "internalpage", above.pk]),
        {**form, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0},
    )
    assert response.status_code == 302, response.context["form"].errors
    page = InternalPage.objects.get(slug="darunter")
    assert page.live
    assert not PageViewRestriction.objects.filter(page=page).exists()
    for user in (None, person(LEITUNG, traeger_b)):
        assert client_for(user, traeger_a).get(page.url).status_code in (302, 404)


def test_an_internal_page_that_leaves_its_section_stays_internal(traeger_a, client_for):
    home = traeger_a.site.root_page
    section = InternalPageFactory(parent=home)
    page = InternalPageFactory(parent=section)
    below = InternalPageFactory(parent=page)
    assert not PageViewRestriction.objects.filter(page=page).exists()
    page.move(home, pos="last-child")
    assert readers(page) == {role.group.name for role in traeger_a.roles.all()}
    assert not PageViewRestriction.objects.filter(page=below).exists()
    assert client_for(None, traeger_a).get(InternalPage.objects.get(pk=below.pk).url).status_code == 404


@pytest.mark.parametrize("how", ["move", "copy"])
def test_what_goes_to_another_traeger_is_read_by_its_people(how, traeger_a, traeger_b, client_for):
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Wandert")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set([traeger_a.group(LEITUNG), traeger_a.group(FREIGABE)])
    target = traeger_b.site.root_page
    client = client_for(UserFactory(admin=True), traeger_b)
    if how == "move":
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    else:
        client.post(
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {"new_title": "Wandert", "new_slug": "wandert-mit", "new_parent_page": target.pk},
        )
    arrived = target.get_children().get(title="Wandert")
    assert readers(arrived) == {traeger_b.group(LEITUNG).name, traeger_b.group(FREIGABE).name}
    if how == "copy":
        assert readers(page) == {traeger_a.group(LEITUNG).name, traeger_a.group(FREIGABE).name}


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE])
def test_what_is_copied_below_a_restricted_page_stays_as_narrow_as_it_was(
    role, traeger_a, traeger_b, person, client_for
):
    home = traeger_a.site.root_page
    narrow = [traeger_a.group(role), traeger_a.group(LEITUNG)]
    section = ContentPageFactory(parent=home, title="Bereich")
    tops = [section, ContentPageFactory(parent=home)]
    open_page = ContentPageFactory(parent=section, title="Offen")
    inner = ContentPageFactory(parent=section, title="Eng")
    ContentPageFactory(parent=inner, title="Darunter")
    for page in (tops[1], inner):
        PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.set(narrow)
    # A gap in the paths: the copies have others.
    open_page.delete()
    target = ContentPageFactory(parent=home, title="Für alle Mitarbeitenden")
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    client = client_for(person(role, traeger_a), traeger_a)
    for number, top in enumerate(tops):
        response = client.post(
            reverse("wagtailadmin_pages:copy", args=[top.pk]),
            {
                "new_title": f"Kopie {number}",
                "new_slug": f"kopie-{number}",
                "new_parent_page": target.pk,
                "copy_subpages": "on",
            },
        )
        assert response.status_code == 302
    arrived = {page.title: page for page in Page.objects.descendant_of(target)}
    assert arrived.keys() == {"Kopie 0", "Kopie 1", "Eng", "Darunter"}
    names = {group.name for group in narrow}
    assert readers(arrived["Kopie 1"]) == readers(arrived["Eng"]) == names
    for title in ("Kopie 0", "Darunter"):
        assert not PageViewRestriction.objects.filter(page=arrived[title]).exists()
    # Copies are drafts; as soon as they are published, they are read.
    for page in arrived.values():
        page.specific.get_latest_revision().publish()
    colleague = client_for(person(LEITUNG, traeger_b), traeger_a)
    statuses = {title: colleague.get(page.url).status_code for title, page in arrived.items()}
    assert statuses == {"Kopie 0": 200, "Kopie 1": 404, "Eng": 404, "Darunter": 404}
