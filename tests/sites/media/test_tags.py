"""Tags belong to a Träger; nobody is offered, or stumbles over, somebody else's."""

import importlib
import json

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from taggit.models import Tag, TaggedItem
from wagtail.models import Collection

from sites.access.creation import INTERNAL_COLLECTION
from sites.media.forms import DocumentForm
from sites.models import MediaTag, PortalDocument
from sites.models.tags import retag
from tests.factories import DocumentFactory, ImageFactory, UserFactory

FACTORIES = [ImageFactory, DocumentFactory]
SECRET = "Geheimsache"


def names(file) -> list[str]:
    return sorted(file.tags.names())


@pytest.fixture
def tagged(world):
    """One picture and one document of each Träger: the words of A, then those of B."""
    for traeger, words in ((world.traeger_a, ["Garten", "Fest"]), (world.traeger_b, ["Garten", SECRET])):
        for factory in FACTORIES:
            factory(traeger=traeger).tags.add(*words)


@pytest.mark.parametrize("factory", FACTORIES)
def test_two_traeger_use_the_same_word_without_noticing(factory, traeger_a, traeger_b):
    files = [factory(traeger=traeger) for traeger in (traeger_a, traeger_b)]
    for file in files:
        file.tags.add("C++", "C#")
    assert [names(file) for file in files] == [["C#", "C++"]] * 2
    found = MediaTag.objects.order_by("traeger", "slug").values_list("traeger", "slug")
    own = [traeger.pk for traeger in (traeger_a, traeger_b) for _word in range(2)]
    assert sorted(found) == sorted(zip(own, ["c", "c_1"] * 2, strict=True))


def test_a_file_in_a_sub_collection_has_the_tags_of_its_traeger(traeger_a):
    internal = traeger_a.collection.get_children().get(name=INTERNAL_COLLECTION)
    DocumentFactory(collection=internal).tags.add("Garten")
    assert MediaTag.objects.get().traeger == traeger_a


def test_the_tag_object_of_another_traeger_counts_as_its_name(traeger_a, traeger_b):
    theirs, own = (ImageFactory(traeger=traeger) for traeger in (traeger_b, traeger_a))
    theirs.tags.add("Garten")
    own.tags.set(list(theirs.tags.all()))
    assert own.tags.get().traeger == traeger_a


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_file_of_nobody_has_no_tags(factory, db):
    file = factory(collection=Collection.get_first_root_node())
    with pytest.raises(ValidationError):
        file.tags.add("Garten")
    file.tags.set([])
    assert not MediaTag.objects.exists()


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_file_that_comes_to_another_traeger_has_its_tags(factory, traeger_a, traeger_b):
    file = factory(traeger=traeger_a)
    file.tags.add("Garten")
    before = file.tags.get()
    retag(type(file).objects.all())
    assert file.tags.get() == before
    type(file).objects.update(collection=traeger_b.collection)
    retag(type(file).objects.all())
    assert file.tags.get().traeger == traeger_b
    type(file).objects.update(collection=Collection.get_first_root_node())
    retag(type(file).objects.all())
    assert names(file) == []


WHO = {
    "a": ("redaktion", "traeger_a", ["Garten"]),
    "b": ("redaktion", "traeger_b", ["Garten", SECRET]),
    "reader": ("lesen", "traeger_a", None),
    "coordination": ("leitung", "coordination", []),
    "admin": (None, None, ["Garten", SECRET]),
}
SUGGESTIONS = ["wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", SUGGESTIONS)
def test_suggestions_are_the_own_tags(name, who, tagged, world, person, client_for):
    role, where, expected = WHO[who]
    user = person(role, getattr(world, where)) if role else UserFactory(admin=True)
    client = client_for(user, world.traeger_a)
    address = reverse(name, args=["thinka_sites", "mediatag"] if "model" in name else [])
    if expected is None:
        assert client.get(address, {"term": "g"}).status_code == 302
        return
    assert client.get(address, {"term": "g"}).json() == [word for word in expected if word[0] == "G"]
    assert client.get(address).json() == []


OFFERS = ["/admin/images/", "/admin/documents/", "/admin/images/chooser/"]


@pytest.mark.parametrize("address", OFFERS)
def test_lists_and_choosers_offer_the_own_tags(address, tagged, world, person, client_for):
    client = client_for(person("redaktion", world.traeger_a), world.traeger_a)
    answer = client.get(address)
    text = json.loads(answer.content)["html"] if "chooser" in address else answer.content.decode()
    assert "Garten" in text
    assert "Fest" in text
    assert SECRET not in text


def test_the_filter_filters(tagged, world, person, client_for):
    other = ImageFactory(traeger=world.traeger_a, title="Ohne alles")
    client = client_for(person("redaktion", world.traeger_a), world.traeger_a)
    text = client.get("/admin/images/", {"tag": "Fest"}).content.decode()
    assert other.title not in text
    assert f"/admin/images/{world.traeger_a.collection.pk}/" not in text
    assert other.title in client.get("/admin/images/").content.decode()


def test_a_form_refuses_tags_in_a_collection_of_nobody(world):
    root = Collection.get_first_root_node()
    document = DocumentFactory(collection=root)
    from wagtail.documents.forms import get_document_form

    form_class = get_document_form(PortalDocument)
    assert issubclass(form_class, DocumentForm)
    values = {"title": "Titel", "collection": root.pk, "tags": "Garten"}
    user = UserFactory(admin=True)
    form = form_class(values, instance=document, user=user)
    assert list(form.errors) == ["tags"]
    values["collection"] = world.traeger_a.collection.pk
    form = form_class(values, instance=document, user=user)
    assert form.is_valid(), form.errors
    form.save()
    assert document.tags.get().traeger == world.traeger_a


@pytest.mark.parametrize("kind", ["portalimage", "portaldocument"])
def test_tagging_several_files_leaves_out_those_of_nobody(kind, world, client_for):
    factory = FACTORIES[kind == "portaldocument"]
    own, nobodys = factory(traeger=world.traeger_a), factory(collection=Collection.get_first_root_node())
    client = client_for(UserFactory(admin=True), world.traeger_a)
    address = reverse("wagtail_bulk_action", args=["thinka_sites", kind, "add_tags"])
    answer = client.post(f"{address}?id={own.pk}&id={nobodys.pk}&next=/admin/", {"tags": "Garten"})
    assert answer.status_code == 302
    assert (names(own), names(nobodys)) == (["Garten"], [])


def test_shared_tags_become_own_tags_and_back(traeger_a, traeger_b):
    migration = importlib.import_module("sites.migrations.0008_move_tags")
    files = [factory(traeger=traeger) for traeger in (traeger_a, traeger_b) for factory in FACTORIES]
    nobodys = ImageFactory(collection=Collection.get_first_root_node())
    for word, holders in {"Garten": files, "Fest": files[:1], "Niemand": [nobodys]}.items():
        tag = Tag.objects.create(name=word, slug=word.lower())
        for file in holders:
            TaggedItem.objects.create(tag=tag, content_object=file)
    Tag.objects.create(name="Ungenutzt", slug="ungenutzt")

    for _round in range(2):
        migration.to_own_tags(apps, None)
        assert [names(file) for file in files] == [["Fest", "Garten"], ["Garten"], ["Garten"], ["Garten"]]
        assert MediaTag.objects.filter(name="Garten").count() == 2
        assert not Tag.objects.exists()
        assert not TaggedItem.objects.exists()
        migration.to_shared_tags(apps, None)
        assert sorted(Tag.objects.values_list("name", flat=True)) == ["Fest", "Garten"]
        assert TaggedItem.objects.count() == 5
        MediaTag.objects.all().delete()
