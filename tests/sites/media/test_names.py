"""No picture, document or size of a picture names a file that is another's."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from wagtail.models import Collection

from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.media.placement import purge_misplaced
from sites.models import PortalDocument, PortalImage, PortalRendition
from sites.rls.identity import ADMIN, SITE
from tests.factories import DocumentFactory, ImageFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"


def internal(traeger) -> Collection:
    return traeger.collection.get_children().get(name=INTERNAL_COLLECTION)


def stored(model, pk: int, name: str) -> bool:
    """Tell whether the database takes `name` for the file of this row."""
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(file=name)
    except IntegrityError:
        return False
    return True


NAMES = {
    "original_images/a.jpg": {PortalImage},
    "original_images/a..b.jpg": {PortalImage},
    "original_images/.jpg": {PortalImage},
    "original_images/1/2.jpg": {PortalImage},
    "documents/a.pdf": {PortalDocument},
    "images/a.jpg": {PortalRendition},
    "renditions/{pk}/a.jpg": {PortalRendition},
    "renditions/{pk}1/a.jpg": set(),
    "renditions/{pk}/../../documents/a.pdf": set(),
    "renditions/{pk}/..": set(),
    "renditions/a.jpg": set(),
    "images/../documents/a.pdf": set(),
    "original_images/../documents/a.pdf": set(),
    "original_images/1/../a.jpg": set(),
    "original_images/./a.jpg": set(),
    "original_images//a.jpg": set(),
    "original_images/": set(),
    "documents/..": set(),
    "documents/../original_images/a.jpg": set(),
    "/original_images/a.jpg": set(),
    "a.jpg": set(),
    "": set(),
}


@pytest.mark.parametrize("name", NAMES)
def test_files_are_in_the_folder_of_their_kind(name, traeger_a):
    picture, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    rows = {
        PortalImage: picture.pk,
        PortalDocument: document.pk,
        PortalRendition: picture.get_rendition("width-20").pk,
    }
    filled = name.format(pk=picture.pk)
    assert {model for model, pk in rows.items() if stored(model, pk, filled)} == NAMES[name]


@pytest.mark.parametrize("factory", [ImageFactory, DocumentFactory])
def test_each_has_a_file_of_its_own(factory, traeger_a, traeger_b):
    foreign, own = factory(traeger=traeger_a), factory(traeger=traeger_b)
    assert foreign.file.name != own.file.name
    assert not stored(type(own), own.pk, foreign.file.name)


UPLOADS = {
    "image": ("wagtailimages", ImageFactory, "½.jpg"),
    "document": ("wagtaildocs", DocumentFactory, "½.txt"),
}


@pytest.mark.parametrize("kind", UPLOADS)
def test_an_upload_is_never_called_like_a_file_that_is_missing(
    kind, traeger_a, traeger_b, person, client_for
):
    """Also where the name becomes one with a folder in it."""
    app, factory, name = UPLOADS[kind]
    foreign = factory(traeger=traeger_a, file__filename=name)
    content = Path(foreign.file.path).read_bytes()
    Path(foreign.file.path).unlink()
    answer = client_for(person(LEITUNG, traeger_b), traeger_b).post(
        reverse(f"{app}:add"),
        {"title": "Neu", "collection": traeger_b.collection_id, "file": SimpleUploadedFile(name, content)},
    )
    assert answer.status_code == 302
    made = type(foreign).objects.exclude(pk=foreign.pk).get()
    assert made.file.name != foreign.file.name
    assert made.file.read() == content


# Who works in the collection, holds a grant, or only sees a picture: role, at which Träger, area, grant.
PEOPLE = {
    "editor": (REDAKTION, "traeger_a", ADMIN, ""),
    "head": (LEITUNG, "traeger_a", ADMIN, ""),
    "guest who edits": (LEITUNG, "traeger_b", ADMIN, "change"),
    "guest who uses": (LEITUNG, "traeger_b", ADMIN, "view"),
    "reader": (LESEN, "traeger_a", SITE, ""),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_deletes_sizes_of_pictures(who, world, person):
    """What lies on the wrong side goes by whoever finds it; else only who may change the picture deletes."""
    role, at, area, given = PEOPLE[who]
    picture = ImageFactory(traeger=world.traeger_a, shown=True)
    user, traeger = person(role, getattr(world, at)), getattr(world, at)
    if given:
        grant(user, picture, given)
    picture.get_rendition("width-20")
    PortalImage.objects.filter(pk=picture.pk).update(collection=internal(world.traeger_a))
    with web_process(user, traeger, area):
        assert purge_misplaced([picture.pk]) == 1
        assert not PortalRendition.objects.exists()
    assert not PortalRendition.objects.exists()
    PortalImage.objects.get(pk=picture.pk).get_rendition("width-20")
    with web_process(user, traeger, area):
        assert purge_misplaced([picture.pk]) == 0
        PortalRendition.objects.all().delete()
    assert PortalRendition.objects.exists() == (who in ("guest who uses", "reader"))


def test_the_migration_says_what_stands_in_its_way(traeger_a, traeger_b):
    with connection.cursor() as cursor:
        for table, names in (
            ("portalimage", ("one_picture_per_file", "picture_in_its_folder")),
            ("portaldocument", ("one_document_per_file", "document_in_its_folder")),
            ("portalrendition", ("rendition_in_its_folder",)),
        ):
            for name in names:
                cursor.execute(f"ALTER TABLE thinka_sites_{table} DROP CONSTRAINT {name}")
    check = import_module("sites.migrations.0010_file_names").refuse_what_breaks_the_rules
    pictures = [ImageFactory(traeger=each) for each in (traeger_a, traeger_b)]
    _right, wrong = DocumentFactory.create_batch(2, traeger=traeger_a)
    good, bad = (pictures[0].get_rendition(f"width-{width}") for width in (20, 30))
    PortalRendition.objects.filter(pk=bad.pk).update(file=f"renditions/{pictures[1].pk}/x.jpg")
    check(apps, None)
    assert PortalRendition.objects.get() == good
    PortalImage.objects.update(file="original_images/a.jpg")
    PortalDocument.objects.filter(pk=wrong.pk).update(file="original_images/b.jpg")
    with pytest.raises(CommandError) as caught:
        check(apps, None)
    assert str(caught.value).splitlines()[-3:] == [
        *(f"- PortalImage {picture.pk}: original_images/a.jpg" for picture in pictures),
        f"- PortalDocument {wrong.pk}: original_images/b.jpg",
    ]
