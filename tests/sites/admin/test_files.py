"""Pictures and documents of another Träger are out of reach: by address and by the scripts' own listing."""

import pytest
from django.urls import reverse

from sites.access.roles import LEITUNG
from tests.factories import DocumentFactory, ImageFactory, UserFactory

FACTORIES = {"images": ImageFactory, "documents": DocumentFactory}


@pytest.fixture
def client(traeger_b, person, client_for):
    return client_for(person(LEITUNG, traeger_b), traeger_b)


@pytest.mark.parametrize("kind", FACTORIES)
def test_scripts_are_told_of_own_files_only(kind, client, traeger_a, traeger_b, client_for):
    foreign, own = (FACTORIES[kind](traeger=traeger) for traeger in (traeger_a, traeger_b))
    listing = reverse(f"wagtailadmin_api:{kind}:listing")
    assert [item["id"] for item in client.get(listing).json()["items"]] == [own.pk]
    assert client.get(reverse(f"wagtailadmin_api:{kind}:detail", args=[foreign.pk])).status_code == 404
    everything = client_for(UserFactory(admin=True), traeger_b).get(listing).json()["items"]
    assert {item["id"] for item in everything} == {foreign.pk, own.pk}


@pytest.mark.parametrize(
    ("kind", "view"), [("images", "wagtailimages:edit"), ("documents", "wagtaildocs:edit")]
)
def test_the_own_file_opens_and_the_foreign_one_does_not_exist(kind, view, client, traeger_a, traeger_b):
    foreign, own = (FACTORIES[kind](traeger=traeger) for traeger in (traeger_a, traeger_b))
    assert client.get(reverse(view, args=[own.pk])).status_code == 200
    assert client.get(reverse(view, args=[foreign.pk])).status_code == 404


def test_privacy_of_a_collection_offers_the_own_roles(client, traeger_a, traeger_b):
    """And is saved: first for one role, then for everybody again."""
    url = reverse("wagtailadmin_collections:set_privacy", args=[traeger_b.collection_id])
    text = client.get(url).json()["html"]
    assert traeger_b.group(LEITUNG).name in text
    assert traeger_a.name not in text
    group = traeger_b.group(LEITUNG).pk
    assert not client.post(url, {"restriction_type": "groups", "groups": [group]}).json()["is_public"]
    restriction = traeger_b.collection.view_restrictions.get()
    assert [each.pk for each in restriction.groups.all()] == [group]
    foreign = traeger_a.group(LEITUNG).pk
    refused = client.post(url, {"restriction_type": "groups", "groups": [foreign]}).json()
    assert refused["step"] == "set_privacy"
    assert [each.pk for each in restriction.groups.all()] == [group]
    assert client.post(url, {"restriction_type": "none"}).json()["is_public"]
    assert not traeger_b.collection.view_restrictions.exists()


def test_privacy_of_a_foreign_collection_does_not_exist(client, traeger_a):
    url = reverse("wagtailadmin_collections:set_privacy", args=[traeger_a.collection_id])
    assert client.get(url).status_code == 404
    assert client.post(url, {"restriction_type": "none"}).status_code == 404
