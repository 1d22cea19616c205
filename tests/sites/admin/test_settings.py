"""„Aussehen und Fußzeile“: the Leitung of a Träger, on the own site only."""

import pytest
from django.urls import reverse

from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.models import Branding
from tests.factories import ImageFactory
from tests.sites.grants.granting import grant


def address(traeger) -> str:
    return reverse("wagtailsettings:edit", args=["thinka_sites", "branding", traeger.site_id])


def data(traeger, **changes) -> dict:
    branding = Branding.objects.get(site=traeger.site)
    names = [field.name for field in Branding._meta.fields if field.name not in ("id", "site")]
    return {name: branding.serializable_value(name) or "" for name in names} | changes


def colour(traeger) -> str:
    return Branding.objects.get(site=traeger.site).accent_color


def test_heads_change_their_own_site(traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    # Without a site in the address Wagtail must choose the own one.
    start = client.get(reverse("wagtailsettings:edit", args=["thinka_sites", "branding"]))
    assert start["location"] == address(traeger_a)
    assert client.get(address(traeger_a)).status_code == 200
    response = client.post(address(traeger_a), data(traeger_a, accent_color="#7a1f5c"))
    assert response.status_code == 302, response.context["form"].errors
    assert colour(traeger_a) == "#7a1f5c"


def test_heads_do_not_reach_another_site(traeger_a, traeger_b, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    before = colour(traeger_b)
    assert client.get(address(traeger_b)).status_code in (302, 403, 404)
    client.post(address(traeger_b), data(traeger_b, accent_color="#7a1f5c"))
    assert colour(traeger_b) == before


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE])
def test_others_do_not_change_the_look(role, traeger_a, person, client_for):
    client = client_for(person(role, traeger_a), traeger_a)
    before = colour(traeger_a)
    assert client.get(address(traeger_a)).status_code in (302, 403)
    client.post(address(traeger_a), data(traeger_a, accent_color="#7a1f5c"))
    assert colour(traeger_a) == before


@pytest.mark.parametrize(("value", "code"), [("#ffd24d", "low_contrast"), ("gelb", "invalid_colour")])
def test_unreadable_colours_are_refused_at_the_field(value, code, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    before = colour(traeger_a)
    response = client.post(address(traeger_a), data(traeger_a, accent_color=value, tagline="Bleibt stehen"))
    assert [e.code for e in response.context["form"].errors.as_data()["accent_color"]] == [code]
    assert "Bleibt stehen" in response.content.decode()
    assert colour(traeger_a) == before


def logo(traeger) -> int | None:
    return Branding.objects.get(site=traeger.site).logo_id


def test_heads_choose_a_logo_of_their_own(traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    picture = ImageFactory(collection=traeger_a.collection.get_children().get())
    response = client.post(address(traeger_a), data(traeger_a, logo=picture.pk))
    assert response.status_code == 302, response.context["form"].errors
    assert logo(traeger_a) == picture.pk


@pytest.mark.parametrize("action", ["view", "change"])
def test_what_others_let_one_use_becomes_no_logo(action, traeger_a, traeger_b, person, client_for):
    head, picture = person(LEITUNG, traeger_b), ImageFactory(traeger=traeger_a)
    given = grant(head, picture, action)
    client = client_for(head, traeger_b)
    response = client.post(address(traeger_b), data(traeger_b, logo=picture.pk))
    assert response.context["form"].errors["logo"] == ["Wählen Sie ein Bild aus Ihren eigenen Dateien."]
    assert logo(traeger_b) is None
    # One from before there was that rule, when the grant has ended: the form opens without it and saves.
    Branding.objects.filter(site=traeger_b.site).update(logo=picture)
    given.delete()
    assert client.get(address(traeger_b)).status_code == 200
    response = client.post(address(traeger_b), data(traeger_b, logo=""))
    assert response.status_code == 302, response.context["form"].errors
    assert logo(traeger_b) is None
