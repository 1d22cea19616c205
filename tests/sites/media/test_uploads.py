"""What may be uploaded, on each way there is: one at a time, several at once, from a chooser."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape
from PIL import Image
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from sites.media import sniffing
from sites.media.types import FILE_TYPES
from sites.models import PortalDocument, PortalImage
from tests.sites.media.pictures import PICTURES
from tests.sites.media.uploads import (
    GPS_MARK,
    STRICT_OFFICE,
    archive,
    encoded,
    gif,
    jpeg,
    late_open_document,
    office,
    open_document,
    open_document_with_manifest_only,
    png,
    png_of_size,
    webp,
)

TEXT = "Grüße, Anna;42\n"
GOOD = {
    "pdf": [b"%PDF-1.7 ...", b" %PDF-1.7", b"\x1b%-12345X@PJL\r\n%PDF-1.4", b"\0" * 1019 + b"%PDF-"],
    "rtf": [b"{\\rtf1 x}"],
    "csv": [TEXT.encode(), TEXT.encode("cp1252"), TEXT.encode("utf-16"), b"\xef\xbb\xbfa;b", b"a < b"],
    "txt": [TEXT.encode(), b" 1 < 2 ", b"<3"],
    "vtt": [b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo", b"\xef\xbb\xbfWEBVTT"],
    "docx": [
        office("word/document.xml"),
        # What it is called is its own business.
        office("word/document2.xml", target="/word/document2.xml"),
        office("word/Dokument 1.xml", target="./word/Dokument%201.xml"),
        office("word\\document.xml", target="word/document.xml"),
        office("word/document.xml", by_extension=True, types="[content_types].xml"),
        office("word/document.xml", relations=STRICT_OFFICE),
    ],
    "pptx": [office("ppt/presentation.xml")],
    "xlsx": [office("xl/workbook.xml"), office("xl/workbook22.xml")],
    "odt": [open_document("text"), late_open_document("text"), open_document_with_manifest_only("text")],
    "ods": [open_document("spreadsheet"), late_open_document("spreadsheet")],
    "odp": [open_document("presentation")],
    "mp3": [b"ID3\4", b"\xff\xfb\x90\x00"],
    "mp4": [b"\0\0\0\x18ftypmp42", b"\0\0\0\x14ftypqt  "],
    "oga": [b"OggS\0"],
    "ogg": [b"OggS\0"],
    "wav": [b"RIFF\0\0\0\0WAVEfmt "],
    "webm": [b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"],
}
HTML = [b"<!DOCTYPE html><script>", b"\n <html>", b"\xef\xbb\xbf<svg onload=x>", "<script>".encode("utf-16")]
BAD = {
    "pdf": [b"", b"MZ", b"<html>%PDF-", b" \n<script>%PDF-", b"\0" * 1020 + b"%PDF-"],
    "rtf": [b"rtf"],
    "csv": [*HTML, b"PK\3\4\0", b"a\0b", b"x" * 5000 + b"\0"],
    "txt": [*HTML, b"<!-- x --><script>", b"<?xml version='1.0'?>", b"\x7fELF\0"],
    "vtt": [b"Hallo", b"<script>WEBVTT", b"WEBVTT\0"],
    "docx": [
        *(archive("word/document.xml"), office("xl/workbook.xml"), open_document("text")),
        # It says that it is one, but has no such part, or says so with definitions of its own.
        office("word/other.xml", target="word/document.xml"),
        office("word/document.xml", target="../../word/other.xml"),
        office("word/document.xml", head="<!DOCTYPE x [<!ENTITY y 'z'>]>"),
        office("word/document.xml", mime="application/vnd.ms-word.template.main+xml"),
    ],
    "pptx": [office("word/document.xml"), b"<html>" + office("ppt/presentation.xml")],
    "xlsx": [office("word/document.xml"), b"\xd0\xcf\x11\xe0"],
    "odt": [
        *(open_document("spreadsheet"), late_open_document("spreadsheet"), office("word/document.xml")),
        *(archive("content.xml", "mimetype"), archive("content.xml", "META-INF/manifest.xml")),
        open_document_with_manifest_only("spreadsheet"),
    ],
    "ods": [open_document("text"), archive("content.xml", first=("mimetype", b"text/html"))],
    "odp": [open_document("text"), b"<html>" + open_document("presentation")],
    "mp3": [b"\xff\xd8\xff\xe0", b"\xff\xf9", b"<html>", b"RIFF"],
    "mp4": [b"ftypmp42", b"\x1a\x45\xdf\xa3webm"],
    "oga": [b"RIFF"],
    "ogg": [b"OggX"],
    "wav": [b"RIFF\0\0\0\0WEBP"],
    "webm": [b"\x1a\x45\xdf\xa3matroska", b"webm"],
}


def test_every_type_of_document_is_checked(settings):
    assert set(GOOD) == set(BAD) == set(sniffing.CHECKS) == set(settings.WAGTAILDOCS_EXTENSIONS)
    assert set(FILE_TYPES) == set(settings.WAGTAILDOCS_EXTENSIONS) | set(settings.WAGTAILIMAGES_EXTENSIONS)


def upload(client, kind: str, way: str, name: str, data: bytes, **values):
    """Upload a file; return the messages that the editor reads, None where it was taken."""
    images = kind == "images"
    app, prefix = (
        ("wagtailimages", "image-chooser-upload") if images else ("wagtaildocs", "document-chooser-upload")
    )
    file = SimpleUploadedFile(name, data)
    values = {"title": "Titel", **values}
    if way == "several":
        answer = client.post(reverse(f"{app}:add_multiple"), {**values, "files[]": file}).json()
        return None if answer["success"] else answer["error_message"]
    if way == "chooser":
        values = {f"{prefix}-{key}": value for key, value in {**values, "file": file}.items()}
        answer = json.loads(client.post(reverse(f"{app}_chooser:create"), values).content)
        return None if answer["step"] in ("chosen", "duplicate_found") else answer["htmlFragment"]
    answer = client.post(reverse(f"{app}:add"), {**values, "file": file})
    return None if answer.status_code == 302 else answer.content.decode()


@pytest.fixture
def editor(traeger_a, person, client_for):
    return client_for(person("redaktion", traeger_a), traeger_a)


@pytest.fixture
def collection(traeger_a) -> int:
    return traeger_a.collection.pk


WAYS = ["one", "several", "chooser"]


@pytest.mark.parametrize("extension", GOOD)
def test_good_documents(extension, editor, collection):
    for data in GOOD[extension]:
        assert upload(editor, "documents", "one", f"a.{extension}", data, collection=collection) is None, data
    assert PortalDocument.objects.count() == len(GOOD[extension])


@pytest.mark.parametrize("extension", BAD)
def test_bad_documents(extension, editor, collection):
    for data in BAD[extension]:
        found = upload(editor, "documents", "several", f"a.{extension}", data, collection=collection)
        expected = "leer" if not data else f"Diese Datei heißt .{extension}, enthält aber etwas anderes."
        assert expected in (found or ""), data
    assert not PortalDocument.objects.exists()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
REFUSED = {
    "other content": ("documents", "a.PDF", b"MZ", "Speichern Sie sie dort als .pdf"),
    "macros": ("documents", "a.docx", office("word/document.xml", "word/vbaProject.bin"), "ohne Makros"),
    "macros in a part by any name": (
        "documents",
        "a.docx",
        office(
            "word/document.xml",
            "word/makro.bin",
            declared="<Default Extension='bin' ContentType='application/vnd.ms-office.vbaProject'/>",
        ),
        "ohne Makros",
    ),
    "macros by another name": (
        "documents",
        "a.docx",
        office("word/document.xml", mime="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "ohne Makros",
    ),
    "half a document": ("documents", "a.docx", office("word/document.xml")[:-30], "beschädigt"),
    "damaged inside": (
        "documents",
        "a.odt",
        open_document("text").replace(b"opendocument.text", b"opendocument.texx"),
        "beschädigt",
    ),
    "no ending": ("documents", "a", b"%PDF-1.7", "keine Endung"),
    "html": ("documents", "a.html", b"<p>", "html"),
    "svg as document": ("documents", "a.svg", b"<svg/>", "svg"),
    "svg": ("images", "a.svg", SVG, "kein Bild für Webseiten"),
    "svg as png": (
        "images",
        "a.png",
        SVG,
        "kein Bild für Webseiten",
    ),
    "html as jpg": ("images", "a.jpg", b"<html><script>alert(1)</script>", "kein Bild für Webseiten"),
    "jpeg as png": ("images", "a.png", jpeg(), "ist aber vom Typ jpeg"),
    "png as jpg": ("images", "a.jpg", png(), "ist aber vom Typ png"),
    "tiff": ("images", "a.tif", encoded("TIFF"), "kein Bild für Webseiten"),
    "pdf as gif": ("images", "a.gif", b"%PDF-1.7", "kein Bild für Webseiten"),
    "half a picture": ("images", "a.jpg", jpeg()[:-40], "Bild ist beschädigt"),
    "half of another": ("images", "a.png", png()[:-40], "Bild ist beschädigt"),
    "many pixels": ("images", "a.png", png_of_size(8000, 7600), "zu viele Bildpunkte"),
    "bomb": ("images", "a.png", png_of_size(20_000, 20_000), "zu viele Bildpunkte"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_with_a_message_that_helps(name, way, editor, collection):
    kind, file_name, data, message = REFUSED[name]
    found = upload(editor, kind, way, file_name, data, collection=collection)
    assert found is not None
    assert message in found or escape(message) in found
    # One reason, and the true one.
    assert ("Dateiendung „" in found) == (name in ("html", "svg as document"))
    if way == "several":
        assert "\n" not in found
    assert not PortalDocument.objects.exists()
    assert not PortalImage.objects.exists()
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "field"), [("images", "a.png"), ("documents", "a.txt")])
def test_too_large(kind, field, way, editor, collection, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    data = png() if kind == "images" else b"x" * 101
    found = upload(editor, kind, way, field, data, collection=collection)
    assert "Diese Datei ist zu groß" in found
    assert "kleiner" in found


@pytest.mark.parametrize("way", WAYS)
def test_uploaded_pictures_have_no_personal_data(way, editor, collection):
    assert upload(editor, "images", way, "a.jpg", jpeg(6), collection=collection) is None
    picture = PortalImage.objects.get()
    stored = picture.file.read()
    assert GPS_MARK not in stored
    assert picture.file_size == len(stored)
    assert (picture.width, picture.height) == (48, 32)


def test_a_picture_that_waits_for_a_title_is_cleaned_too(editor, collection):
    answer = editor.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x" * 300, "collection": collection, "files[]": SimpleUploadedFile("a.jpg", jpeg(6))},
    ).json()
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    prefix = f"uploaded-image-{waiting.pk}"
    answer = editor.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
        {f"{prefix}-title": "Titel", f"{prefix}-collection": collection, f"{prefix}-tags": ""},
    ).json()
    assert answer["success"]
    picture = PortalImage.objects.get()
    stored = picture.file.read()
    assert GPS_MARK not in stored
    assert picture.file_size == len(stored)


def test_a_new_file_for_a_picture_is_checked(editor, collection):
    upload(editor, "images", "one", "a.jpg", jpeg(), collection=collection)
    picture = PortalImage.objects.get()
    address = reverse("wagtailimages:edit", args=[picture.pk])
    values = {"title": "Titel", "collection": collection, "tags": ""}
    answer = editor.post(address, {**values, "file": SimpleUploadedFile("b.jpg", png())})
    assert "ist aber vom Typ png" in answer.content.decode()
    answer = editor.post(address, {**values, "file": SimpleUploadedFile("b.png", png(3))})
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert picture.filename == "b.png"
    assert picture.file.name.endswith(".png")
    assert picture.file_size == picture.file.size
    assert editor.post(address, values).status_code == 302


def test_portraits_have_no_personal_data(traeger_a, person, client_for):
    user = person("redaktion", traeger_a)
    profile, _created = UserProfile.objects.get_or_create(user=user)
    profile.avatar.save("ich.jpg", SimpleUploadedFile("ich.jpg", jpeg()))
    assert GPS_MARK not in profile.avatar.read()


@pytest.fixture
def send_portrait(traeger_a, person, client_for):
    """`send_portrait(name, data)` → the answer of the account page."""
    client = client_for(person("redaktion", traeger_a), traeger_a)

    def send(name: str = "", data: bytes = b""):
        values = {"name_email-first_name": "Erika", "name_email-last_name": "Beispiel"}
        values |= {"locale-preferred_language": "de", "theme-theme": "system"}
        values |= {"theme-contrast": "system", "theme-density": "default"}
        if name:
            values["avatar-avatar"] = SimpleUploadedFile(name, data)
        return client.post(reverse("wagtailadmin_account"), values)

    return send


def portrait() -> UserProfile | None:
    return UserProfile.objects.exclude(avatar="").exclude(avatar=None).first()


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("ich.jpg", jpeg(6), (32, 48)),
        ("ich.gif", gif(), (48, 32)),
        ("breit.png", png_of_size(9000, 20), (400, 1)),
        ("sehr-" * 40 + ".webp", webp(), (48, 32)),
    ],
)
def test_a_portrait_is_stored_small_upright_and_without_personal_data(name, data, size, send_portrait):
    assert send_portrait(name, data).status_code == 302
    stored = portrait().avatar
    with Image.open(stored) as picture:
        assert picture.size == size
        assert not picture.getexif()
    stored.seek(0)
    assert GPS_MARK not in stored.read()
    assert send_portrait("noch-eins.png", png()).status_code == 302
    assert not stored.storage.exists(stored.name)


@pytest.mark.parametrize("name", PICTURES)
def test_every_kind_of_picture_can_be_a_portrait(name, send_portrait):
    assert send_portrait(*PICTURES[name]).status_code == 302
    with Image.open(portrait().avatar) as picture:
        picture.load()
        assert picture.mode in ("L", "LA", "P", "RGB", "RGBA")
        assert max(picture.size) <= 400


@pytest.mark.parametrize("name", [name for name, row in REFUSED.items() if row[0] == "images"])
def test_a_portrait_is_refused_like_any_picture(name, send_portrait):
    _kind, file_name, data, message = REFUSED[name]
    answer = send_portrait(file_name, data)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert portrait() is None


def test_a_portrait_that_is_too_large(send_portrait, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    answer = send_portrait("ich.png", png())
    assert answer.status_code == 200
    assert "Diese Datei ist zu groß" in answer.content.decode()
    assert portrait() is None


def test_an_account_is_saved_where_the_file_of_the_portrait_is_missing(send_portrait, traeger_a):
    assert send_portrait("ich.png", png()).status_code == 302
    stored = portrait().avatar
    stored.storage.delete(stored.name)
    assert send_portrait().status_code == 302
    assert portrait().avatar == stored
