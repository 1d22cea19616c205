"""How files are stored tells nobody how others call theirs; people keep the names that they know."""

import os
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from sites.access.roles import REDAKTION
from sites.media import renaming
from sites.media.names import kept_name
from sites.media.storage import PortalStorage, is_random
from sites.models import PortalDocument, PortalImage, PortalRendition
from tests.factories import DocumentFactory, ImageFactory
from tests.sites.media.test_uploads import WAYS, upload
from tests.sites.media.uploads import jpeg, png

DATA = b"%PDF-1.7 ..."


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"


@pytest.fixture
def editor(traeger_b, person, client_for):
    return client_for(person(REDAKTION, traeger_b), traeger_b)


def shape(text: str) -> str:
    """Return `text` with what differs between any two files taken out."""
    return re.sub(r"[0-9a-f]{32}|\d+", "*", text).replace("geheim", "@").replace("frei", "@")


KINDS = {"images": (PortalImage, "jpg", jpeg()), "documents": (PortalDocument, "pdf", DATA)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_a_name_that_another_traeger_uses(kind, way, traeger_a, traeger_b, editor):
    model, ending, data = KINDS[kind]
    factory = ImageFactory if kind == "images" else DocumentFactory
    factory(traeger=traeger_a, file__filename=f"geheim.{ending}")
    seen = {}
    for name in ("geheim", "frei"):
        assert (
            upload(
                editor, kind, way, f"{name}.{ending}", data, title=name, collection=traeger_b.collection_id
            )
            is None
        )
        made = model.objects.order_by("-pk").first()
        assert is_random(made.file.name)
        assert made.filename == f"{name}.{ending}"
        urls = [made.url] if kind == "documents" else [made.file.url, made.get_rendition("width-20").url]
        listing = editor.get(
            reverse(f"wagtail{'images' if kind == 'images' else 'docs'}:index_results")
        ).content
        lines = [line.strip() for line in listing.decode().splitlines() if name in line]
        seen[name] = [shape(text) for text in (made.file.name, *urls, *lines)]
        if kind == "documents":
            assert made.url.endswith(f"/{name}.pdf")
    assert seen["geheim"] == seen["frei"]


def test_half_done_uploads_do_not_tell_either(traeger_a, traeger_b, editor, person):
    UploadedFile.objects.create(file=ContentFile(DATA, "geheim.pdf"), for_content_type_id=1)
    names = []
    for name in ("geheim", "frei"):
        answer = editor.post(
            reverse("wagtaildocs:add_multiple"),
            {
                "title": "x" * 300,
                "collection": traeger_b.collection_id,
                "files[]": SimpleUploadedFile(f"{name}.pdf", DATA),
            },
        ).json()
        waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
        names.append(shape(waiting.file.name))
        prefix = f"uploaded-document-{waiting.pk}"
        answer = editor.post(
            reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[waiting.pk]),
            {f"{prefix}-title": "T", f"{prefix}-collection": traeger_b.collection_id, f"{prefix}-tags": ""},
        ).json()
        assert answer["success"]
        assert PortalDocument.objects.order_by("-pk").first().filename == f"{name}.pdf"
    assert names[0] == names[1]


NAMES = {
    "bericht.pdf": "bericht.pdf",
    "Grüße & Küsse (neu).pdf": "Grüße & Küsse (neu).pdf",
    'a"b; filename=c.pdf': 'a"b; filename=c.pdf',
    "звіт 50%.pdf": "звіт 50%.pdf",
    "C:\\Ordner\\a.pdf": "a.pdf",
    "../../a.pdf": "a.pdf",
    "a\r\nSet-Cookie: x.pdf": "a Set-Cookie: x.pdf",
    "x" * 300 + ".pdf": "x" * 251 + ".pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_downloads_keep_the_name(name, traeger_a, person, client_for):
    assert kept_name(name) == NAMES[name]
    document = PortalDocument(title="T", collection=traeger_a.collection)
    document.file.save(kept_name(name), ContentFile(DATA), save=False)
    document.save()
    assert is_random(document.file.name)
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    answer = client.get(document.url)
    assert answer.status_code == 200
    header = answer["Content-Disposition"]
    assert "\n" not in header
    assert header.startswith("inline; filename")
    assert b"".join(answer.streaming_content) == DATA


def test_pictures_keep_the_name_too(traeger_a, person, client_for):
    picture = ImageFactory(traeger=traeger_a, file__filename="Sommerfest.jpg")
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    assert 'filename="Sommerfest.jpg"' in client.get(picture.file.url)["Content-Disposition"]
    size = picture.get_rendition("width-20|format-webp")
    assert 'filename="Sommerfest.webp"' in client.get(size.url)["Content-Disposition"]


def put_back(row, column: str, name: str) -> None:
    """Store a file as it was stored before names were random."""
    file = getattr(row, column)
    old = Path(file.path)
    new = Path(PortalStorage().path(name))
    new.parent.mkdir(parents=True, exist_ok=True)
    os.rename(old, new)
    type(row).objects.filter(pk=row.pk).update(**{column: name})


@pytest.fixture
def before(traeger_a, person):
    """Return a picture, a document and a portrait with names from before."""
    picture, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    put_back(picture, "file", "original_images/bild_x7.jpg")
    put_back(document, "file", "documents/bericht_AbC.pdf")
    profile = UserProfile.get_for_user(person(REDAKTION, traeger_a))
    profile.avatar.save("ich.png", ContentFile(png(), "ich.png"))
    put_back(profile, "avatar", "avatar_images/ich.png")
    with connection.cursor() as cursor:
        for model in ("portalimage", "portaldocument"):
            cursor.execute(import_module("sites.migrations.0021_stored_names").FILL.format(model=model))
    return picture, document, profile


def files(settings) -> set[str]:
    root = Path(settings.PRIVATE_MEDIA_ROOT)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def stored(before) -> set[str]:
    for row in before:
        row.refresh_from_db()
    picture, document, profile = before
    return {picture.file.name, document.file.name, profile.avatar.name}


def test_files_from_before_get_random_names(before, settings):
    picture, document, _profile = before
    document.refresh_from_db()
    address, data = document.url, document.file.read()
    call_command("purge_renditions", verbosity=0)
    names = stored(before)
    assert all(is_random(name) for name in names)
    assert files(settings) == names
    assert (document.url, document.file.read()) == (address, data)
    assert (picture.filename, document.filename) == ("bild_x7.jpg", "bericht_AbC.pdf")
    call_command("purge_renditions", verbosity=0)
    assert stored(before) == names


@pytest.mark.parametrize("step", ["link", "update", "delete"])
def test_renaming_can_break_off_anywhere(step, before, settings, monkeypatch):
    """In front of each step, for each file: every row has its file, and the next call does the rest."""

    def break_off(*args, **kwargs):
        raise KeyboardInterrupt

    target = {
        "link": ("sites.media.renaming.os.link", break_off),
        "update": ("django.db.models.QuerySet.update", break_off),
        "delete": ("sites.media.storage.PortalStorage.delete", break_off),
    }[step]
    for _time in range(3):
        with monkeypatch.context() as patched:
            patched.setattr(*target)
            with pytest.raises(KeyboardInterrupt):
                renaming.rename_all()
        assert stored(before) <= files(settings)
    renaming.rename_all()
    assert all(is_random(name) for name in stored(before))
    assert files(settings) == stored(before)


def test_a_missing_file_keeps_its_name(before, settings):
    document = before[1]
    Path(PortalStorage().path("documents/bericht_AbC.pdf")).unlink()
    assert renaming.rename_all() == 2
    document.refresh_from_db()
    assert document.file.name == "documents/bericht_AbC.pdf"


def test_sizes_from_before_are_made_anew(traeger_a, settings):
    picture = ImageFactory(traeger=traeger_a)
    old = picture.get_rendition("width-20")
    put_back(old, "file", f"renditions/{picture.pk}/bild.width-20.jpg")
    renaming.rename_all()
    assert not PortalRendition.objects.exists()
    assert is_random(PortalImage.objects.get(pk=picture.pk).get_rendition("width-20").file.name)
    assert len(files(settings)) == 2
