"""A picture that can't be shown leaves its place; the page around it stands."""

import errno
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from PIL import Image
from wagtail.models import get_page_models

from home.blocks.media import MediaBlock
from home.models.base import PortalPage
from sites.access.roles import LEITUNG
from sites.media import failures
from sites.models import PortalDocument, PortalImage, PortalRendition
from tests import full_site
from tests.factories import DocumentFactory, ImageFactory
from tests.sites.media.pictures import PICTURES

pytestmark = [pytest.mark.usefixtures("full_portal"), pytest.mark.xdist_group("full")]
PLACE = "/static/no-picture.svg"
NAMES = sorted(model.__name__ for model in get_page_models() if issubclass(model, PortalPage))


def missing(monkeypatch, settings) -> None:
    """After a backup that was restored without them: rows, but no files at all."""
    PortalRendition.objects.all().delete()


def sizes_missing(monkeypatch, settings) -> None:
    for number, picture in enumerate(PortalImage.objects.all()):
        for spec in ("fill-640x360|format-webp", "fill-480x300|format-webp"):
            PortalRendition.objects.update_or_create(
                image=picture,
                filter_spec=spec,
                focal_point_key="",
                defaults={"width": 3, "height": 2, "file": f"images/{number}{spec[5:8]}.webp"},
            )


def _every_file(content: bytes) -> None:
    for picture in PortalImage.objects.all():
        Path(picture.file.path).parent.mkdir(parents=True, exist_ok=True)
        Path(picture.file.path).write_bytes(content)


def broken(monkeypatch, settings) -> None:
    PortalRendition.objects.all().delete()
    _every_file(PICTURES["profile"][1][:300])


def of_no_kind(monkeypatch, settings) -> None:
    PortalRendition.objects.all().delete()
    _every_file(b"MZ" * 200)


def disc_full(monkeypatch, settings) -> None:
    PortalRendition.objects.all().delete()
    _every_file(PICTURES["profile"][1])

    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)


WAYS = [missing, sizes_missing, broken, of_no_kind, disc_full]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def failing(request, db, settings, tmp_path, monkeypatch):
    """All pictures fail, in one of the ways."""
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    request.param(monkeypatch, settings)
    return request.param


def places(html: str) -> list[str]:
    return [tag for tag in re.findall("<img[^>]*>", html) if PLACE in tag]


def test_pages_show_the_places_of_pictures(failing, world, person, client_for, caplog):
    reader = person("lesen", world.traeger_a)
    found = {}
    for name, page in full_site.pages().items():
        where = world.knowledge if "knowledge" in type(page).__module__ else world.traeger_a
        answer = client_for(reader, where).get(page.get_url_parts()[2])
        assert answer.status_code == 200, name
        found[name] = answer.content.decode()
        # Nothing that leads messengers and search engines to a picture that is none.
        assert "og:image" not in found[name] or PLACE not in found[name].split("</head>")[0]
    assert sorted(found) == NAMES
    answer = client_for(None, world.traeger_a).get("/bausteine/")
    assert answer.status_code == 200
    for html in (found["AnlaufstellePage"], found["NewsIndexPage"], answer.content.decode()):
        assert places(html)
    assert any('alt="Ein Rechteck"' in tag for tag in places(found["AnlaufstellePage"]))
    assert caplog.records


def test_addresses_without_pictures_stand(failing, world, client_for):
    client = client_for(None, world.traeger_a)
    for path in (
        "/",
        "/termine/feed/",
        "/aktuelles/feed/",
        "/sitemap.xml",
        "/suche/?q=Angebot",
        "/anmelden/",
    ):
        assert client.get(path).status_code == 200, path


def test_the_editing_area_shows_them_too(failing, world, person, client_for):
    client = client_for(person(LEITUNG, world.traeger_a), world.traeger_a)
    picture = PortalImage.objects.filter(collection=world.traeger_a.collection).first()
    document = PortalDocument.objects.filter(collection=world.traeger_a.collection).first()
    page = full_site.pages()["AnlaufstellePage"]
    listings = [
        reverse("wagtailimages:index"),
        reverse("wagtailimages:index") + "?layout=list",
        reverse("wagtailimages:index_results"),
        reverse("wagtailimages_chooser:choose_results"),
    ]
    addresses = [
        *listings,
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtailimages:delete", args=[picture.pk]),
        reverse("wagtailimages:image_usage", args=[picture.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:chosen", args=[picture.pk]),
        reverse("wagtailimages_chooser:select_format", args=[picture.pk]),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        f"/admin/api/main/images/{picture.pk}/",
        "/admin/api/main/images/",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        if address in listings:
            assert places(answer.content.decode()), address


@pytest.mark.parametrize("spec", ["fill-160x160|format-webp", "width-480|format-webp", "max-240x96"])
def test_the_place_is_as_large_as_the_picture(spec, traeger_a, settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    picture = ImageFactory(traeger=traeger_a)
    made = picture.get_rendition(spec)
    expected = made.width, made.height
    made.delete()
    Path(picture.file.path).unlink()
    place = PortalImage.objects.get(pk=picture.pk).get_rendition(spec)
    assert (place.width, place.height) == expected
    assert place.url == PLACE
    assert place.alt == picture.description
    assert place.pk is None


def test_it_is_logged_once_and_tried_again_later(traeger_a, settings, tmp_path, monkeypatch, caplog):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    picture = ImageFactory(traeger=traeger_a)
    whole = Path(picture.file.path).read_bytes()
    Path(picture.file.path).write_bytes(whole[:300])
    opened = []
    stock = Image.open
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: opened.append(args) or stock(*args, **kwargs))
    for _visit in range(3):
        assert not PortalImage.objects.get(pk=picture.pk).get_rendition("width-20").file
    assert len(opened) == 1
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        f"Picture {picture.pk} can't be shown as width-20"
    ]
    Path(picture.file.path).write_bytes(whole)
    monkeypatch.setattr(failures, "SECONDS", 0)
    failures.cache.clear()
    assert PortalImage.objects.get(pk=picture.pk).get_rendition("width-20").file


def test_a_new_file_is_tried_at_once(traeger_a, settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    picture = ImageFactory(traeger=traeger_a)
    Path(picture.file.path).unlink()
    assert not picture.get_rendition("width-20").file
    picture.file = ContentFile(PICTURES["profile"][1], "neu.jpg")
    picture._set_image_file_metadata()
    picture.save()
    assert PortalImage.objects.get(pk=picture.pk).get_rendition("width-20").file


def test_a_film_without_its_still_picture_is_shown(traeger_a, settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    picture = ImageFactory(traeger=traeger_a)
    Path(picture.file.path).unlink()
    block = MediaBlock()
    film = DocumentFactory(traeger=traeger_a, file__filename="film.mp4")
    value = block.to_python(
        {"title": "Film", "file": film.pk, "poster": picture.pk, "transcript": "<p>x</p>"}
    )
    html = block.render(value)
    assert "<video" in html
    assert "poster=" not in html
