"""What is not public is not in the public folder, from the moment on that it is decided."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.media.placement import purge_misplaced
from sites.models import PortalImage, PortalRendition, Traeger
from tests.factories import DocumentFactory, ImageFactory, UserFactory
from tests.web_role import web_process

ADMIN = "admin"
SPECS = ["max-165x165", "fill-100x100|format-webp", "original"]


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    settings.MEDIA_ROOT.mkdir()


def internal(traeger) -> Collection:
    return traeger.collection.get_children().get(name=INTERNAL_COLLECTION)


def files(root) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in Path(root).rglob("*") if path.is_file())


def fresh(picture) -> PortalImage:
    return PortalImage.objects.get(pk=picture.pk)


def addresses(picture) -> list[str]:
    """Return the addresses of the renditions, as a page would ask for them."""
    one, *several = SPECS
    made = [fresh(picture).get_rendition(one), *fresh(picture).get_renditions(*several).values()]
    return [rendition.url for rendition in made]


def restrict(collection):
    return CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )


def save_elsewhere(picture, collection):
    changed = fresh(picture)
    changed.collection = collection
    changed.save()


def test_originals_and_documents_are_private_and_sizes_of_public_pictures_public(settings, traeger_a):
    picture = ImageFactory(traeger=traeger_a, shown=True)
    DocumentFactory(traeger=traeger_a)
    assert all(address.startswith("/media/images/") for address in addresses(picture))
    assert all(name.startswith("images/") for name in files(settings.MEDIA_ROOT))
    assert [name.split("/")[0] for name in files(settings.PRIVATE_MEDIA_ROOT)] == [
        "documents",
        "original_images",
    ]
    assert picture.file.url.startswith("/interne-dateien/original_images/")


def test_sizes_of_an_internal_picture_are_private(settings, traeger_a):
    picture = ImageFactory(collection=internal(traeger_a))
    assert all(
        address.startswith(f"/interne-dateien/renditions/{picture.pk}/") for address in addresses(picture)
    )
    assert files(settings.MEDIA_ROOT) == []


def bulk_move(picture, collection, client):
    address = reverse("wagtail_bulk_action", args=["thinka_sites", "portalimage", "add_to_collection"])
    answer = client.post(f"{address}?id={picture.pk}&next=/admin/", {"collection": collection.pk})
    assert answer.status_code == 302


def form_move(picture, collection, client):
    values = {"title": "Titel", "collection": collection.pk, "tags": ""}
    assert client.post(reverse("wagtailimages:edit", args=[picture.pk]), values).status_code == 302


def restrict_in_dialogue(kind, picture, collection, client):
    heads = Traeger.objects.get(collection=collection.get_parent()).group(LEITUNG)
    answer = client.post(
        reverse("wagtailadmin_collections:set_privacy", args=[picture.collection_id]),
        {"restriction_type": kind, "groups": [heads.pk]},
    )
    assert answer.json()["step"] == "set_privacy_done"


def move_collection(picture, collection, client):
    """The collection with the picture is moved below the internal one."""
    values = {"name": "Sommerfest", "parent": collection.pk}
    answer = client.post(reverse("wagtailadmin_collections:edit", args=[picture.collection_id]), values)
    assert answer.status_code == 302


HEADS, EDITORS = (ADMIN, LEITUNG), (ADMIN, LEITUNG, FREIGABE, REDAKTION)
# In every way in which a picture stops being public, each request alone: what is done, and who may.
CLOSING = {
    "privacy dialogue, staff": (partial(restrict_in_dialogue, "login"), HEADS),
    "privacy dialogue, heads": (partial(restrict_in_dialogue, "groups"), HEADS),
    "collection moved": (move_collection, HEADS),
    "edit form": (form_move, EDITORS),
    "several at once": (bulk_move, EDITORS),
}


@pytest.mark.parametrize(("way", "role"), [(way, role) for way in CLOSING for role in CLOSING[way][1]])
def test_the_public_file_is_gone_in_the_same_request(
    way, role, settings, traeger_a, person, client_for, django_capture_on_commit_callbacks
):
    collection = traeger_a.collection.add_child(name="Offen")
    picture = ImageFactory(collection=collection, shown=True)
    public = addresses(picture)
    user = UserFactory(admin=True) if role == ADMIN else person(role, traeger_a)
    client = client_for(user, traeger_a)
    with django_capture_on_commit_callbacks() as callbacks:
        CLOSING[way][0](picture, internal(traeger_a), client)
    # The transaction ends within the request: what follows it is done behind RLS, too.
    with web_process(user, traeger_a):
        for callback in callbacks:
            callback()
    assert files(settings.MEDIA_ROOT) == []
    private = addresses(picture)
    assert not set(public) & set(private)
    assert all(address.startswith("/interne-dateien/") for address in private)
    anonymous = client_for(None, traeger_a)
    assert [anonymous.get(address).status_code for address in private] == [404] * len(private)
    assert [client.get(address).status_code for address in private] == [200] * len(private)


def out_of_internal(collection):
    Collection.objects.get(name="Gruppe").move(collection, "sorted-child")


OPENING = {
    "restriction deleted": lambda picture, collection: CollectionViewRestriction.objects.filter(
        collection=picture.collection
    ).delete(),
    "saved elsewhere": save_elsewhere,
    "updated": lambda picture, collection: PortalImage.objects.update(collection=collection),
    "collection moved": lambda picture, collection: out_of_internal(collection),
}


@pytest.mark.parametrize("way", OPENING)
def test_an_opened_picture_has_public_addresses(
    way, settings, traeger_a, client_for, django_capture_on_commit_callbacks
):
    collection = internal(traeger_a) if way == "collection moved" else traeger_a.collection
    collection = collection.add_child(name="Gruppe")
    if way != "collection moved":
        restrict(collection)
    picture = ImageFactory(collection=collection, shown=True)
    private = addresses(picture)
    traeger_a.collection.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        OPENING[way](picture, traeger_a.collection)
    assert all(address.startswith("/media/images/") for address in addresses(picture))
    client = client_for(UserFactory(admin=True), traeger_a)
    assert {client.get(address).status_code for address in private} == {404}
    assert not [name for name in files(settings.PRIVATE_MEDIA_ROOT) if name.startswith("renditions/")]


def test_another_process_does_not_use_what_its_cache_knows(traeger_a, django_capture_on_commit_callbacks):
    picture = ImageFactory(traeger=traeger_a, shown=True)
    public = addresses(picture)
    cache = caches["default"]
    kept = {key: cache.get(key) for key in [r.get_cache_key() for r in PortalRendition.objects.all()]}
    assert all(kept.values())
    with django_capture_on_commit_callbacks(execute=True):
        save_elsewhere(picture, internal(traeger_a))
    cache.set_many(kept)
    assert not set(public) & set(addresses(picture))


def test_a_size_that_is_made_while_the_picture_is_restricted_does_not_stay(
    settings, traeger_a, monkeypatch, django_capture_on_commit_callbacks
):
    """Before one process has saved a size that it takes for public, another one restricts the picture."""
    picture = ImageFactory(traeger=traeger_a, shown=True)
    stock = PortalImage.generate_rendition_file

    def restricted_meanwhile(self, *args, **kwargs):
        made = stock(self, *args, **kwargs)
        CollectionViewRestriction.objects.bulk_create(
            [CollectionViewRestriction(collection=traeger_a.collection, restriction_type="login")]
        )
        return made

    monkeypatch.setattr("sites.models.media.is_public", lambda kind, file_id: True)
    monkeypatch.setattr(PortalImage, "generate_rendition_file", restricted_meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        assert fresh(picture).get_rendition("max-10x10").url.startswith("/media/images/")
    assert files(settings.MEDIA_ROOT) == []


def test_a_file_that_cannot_be_deleted_does_not_keep_the_others(settings, traeger_a, monkeypatch):
    pictures = [ImageFactory(traeger=traeger_a, shown=True) for _number in range(3)]
    for picture in pictures:
        picture.get_rendition("max-10x10")
    stuck = pictures[1].renditions.get().file.name
    restrict(traeger_a.collection)
    from sites.media.storage import PortalStorage

    stock = PortalStorage.delete

    def delete(self, name):
        if name == stuck:
            raise PermissionError(name)
        stock(self, name)

    monkeypatch.setattr(PortalStorage, "delete", delete)
    with pytest.raises(PermissionError):
        purge_misplaced()
    assert files(settings.MEDIA_ROOT) == [stuck]
    assert PortalRendition.objects.get().file.name == stuck


def test_a_picture_that_is_restricted_and_rolled_back_stays_public(settings, traeger_a):
    picture = ImageFactory(traeger=traeger_a, shown=True)
    public = addresses(picture)
    from django.db import transaction

    with transaction.atomic():
        restrict(traeger_a.collection)
        transaction.set_rollback(True)
    assert addresses(picture) == public
    assert len(files(settings.MEDIA_ROOT)) == len(SPECS)


@pytest.mark.parametrize("factory", [ImageFactory, DocumentFactory])
def test_the_files_of_a_deleted_object_are_gone(
    factory, settings, traeger_a, django_capture_on_commit_callbacks
):
    file = factory(traeger=traeger_a)
    if factory is ImageFactory:
        addresses(file)
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert files(settings.MEDIA_ROOT) == files(settings.PRIVATE_MEDIA_ROOT) == []


def test_the_command_puts_old_files_in_their_places(settings, traeger_a, capsys):
    picture, document = ImageFactory(traeger=traeger_a, shown=True), DocumentFactory(traeger=traeger_a)
    for file in (picture.file, document.file):
        old = Path(settings.MEDIA_ROOT) / file.name
        old.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file.path, old)
    call_command("purge_renditions")
    assert "2 files made private" in capsys.readouterr().out
    assert files(settings.MEDIA_ROOT) == []
    assert Path(picture.file.path).is_file()
    assert Path(document.file.path).is_file()
    call_command("purge_renditions")
    assert "0 files made private" in capsys.readouterr().out


def test_the_command_forgets_sizes_whose_files_are_lost(settings, traeger_a, capsys):
    """Restored backups have none of them."""
    picture = ImageFactory(traeger=traeger_a, shown=True)
    before = addresses(picture)
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "images")
    call_command("purge_renditions")
    assert f"0 files made private, {len(SPECS)} sizes" in capsys.readouterr().out
    assert len(addresses(picture)) == len(before)
    assert len(files(settings.MEDIA_ROOT)) == len(SPECS)
