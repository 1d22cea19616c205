"""What is accepted can be made into every size that pages ask for."""

import re
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import wagtail
from django.conf import settings as portal_settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wagtail.images.formats import get_image_formats
from wagtail.images.models import Filter
from wagtail.images.templatetags.wagtailimages_tags import ImageNode

from sites.media.converting import FILTER_SPECS, LONGEST_SIDE, PortalFilter
from sites.media.fields import PictureField
from sites.models import PortalImage
from tests.factories import ImageFactory
from tests.sites.media.pictures import HEIGHT, PICTURES, WIDTH, encoded, png_of_16_bits
from tests.sites.media.test_uploads import WAYS, upload
from tests.sites.media.uploads import png_of_size


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"


OWN_TEMPLATES = Path(portal_settings.BASE_DIR, "templates")
WAGTAIL = Path(wagtail.__file__).parent
_IMAGE_TAG = re.compile(r"{%\s*(?:image|srcset_image|picture)\s")
_IN_PYTHON = re.compile(
    r"""(?:get_renditions?(?:_or_not_found)?\(|preview_image_filter = )[^"'\n)]*["']([^"']+)"""
)


def specs_of_templates() -> set[str]:
    found = set()
    for folder in (OWN_TEMPLATES, *WAGTAIL.rglob("templates")):
        for path in folder.rglob("*.html"):
            if {"styleguide", "test"} & set(path.parts) or not _IMAGE_TAG.search(path.read_text()):
                continue
            nodes = get_template(str(path.relative_to(folder))).template.nodelist.get_nodes_by_type(ImageNode)
            for node in nodes:
                found |= set(Filter.expand_spec(node.filter_specs))
    return found


def specs_of_code() -> set[str]:
    own = [OWN_TEMPLATES.parent / app for app in ("home", "knowledge", "search", "sites", "thinka_portal")]
    sources = [
        path for folder in (*own, WAGTAIL / "images", WAGTAIL / "admin") for path in folder.rglob("*.py")
    ]
    found = {
        spec for path in sources if "tests" not in path.parts for spec in _IN_PYTHON.findall(path.read_text())
    }
    return found | {each.filter_spec for each in get_image_formats()}


def test_all_sizes_in_use_are_known():
    assert specs_of_templates() | specs_of_code() == set(FILTER_SPECS)


@pytest.fixture
def editor(traeger_a, person, client_for):
    return client_for(person("redaktion", traeger_a), traeger_a)


def pictures_of(picture: PortalImage) -> dict[str, Image.Image]:
    """Return all sizes of a picture, as what their files contain."""
    made = picture.get_renditions(*FILTER_SPECS)
    found = {}
    for spec, rendition in made.items():
        assert rendition.file, spec
        found[spec] = Image.open(BytesIO(rendition.file.read()))
        found[spec].load()
        assert found[spec].size == (rendition.width, rendition.height), spec
        assert max(found[spec].size) <= LONGEST_SIDE
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_every_kind_is_accepted_and_made_into_every_size(name, editor, traeger_a):
    file_name, data = PICTURES[name]
    assert upload(editor, "images", "one", file_name, data, collection=traeger_a.collection_id) is None
    pictures_of(PortalImage.objects.get())


@pytest.mark.parametrize("name", PICTURES)
def test_what_was_stored_without_the_form_is_made_into_every_size_too(name, traeger_a):
    _file_name, data = PICTURES[name]
    picture = ImageFactory(traeger=traeger_a)
    Path(picture.file.path).write_bytes(data)
    pictures_of(picture)


@pytest.mark.parametrize("name", [name for name in PICTURES if name.startswith("16 bits")])
def test_16_bits_stay_a_gradient(name, traeger_a):
    """Neither cut off, which would be white, nor taken for 8 bits, which would be black."""
    picture = ImageFactory(traeger=traeger_a, file=ContentFile(PICTURES[name][1], "a.png"))
    greys = pictures_of(picture)["original"].convert("RGB").convert("L")
    assert [round(greys.getpixel((x, 5)) / 255, 1) for x in (0, WIDTH // 2, WIDTH - 1)] == [0, 0.5, 1]


def test_printing_colours_become_those_of_screens(traeger_a):
    red = Image.new("RGB", (20, 20), "red").convert("CMYK")
    picture = ImageFactory(traeger=traeger_a, file=ContentFile(encoded(red, "JPEG"), "a.jpg"))
    for spec, made in pictures_of(picture).items():
        assert made.mode == "RGB", spec
        strength, *others = made.getpixel((5, 5))
        assert strength > 240, spec
        assert max(others) < 20, spec


def test_transparency_stays(traeger_a):
    for name in ("palette with alpha", "one bit, white transparent", "palette, one colour transparent"):
        picture = ImageFactory(traeger=traeger_a, file=ContentFile(PICTURES[name][1], "a.png"))
        lowest, highest = pictures_of(picture)["original"].convert("RGBA").getchannel("A").getextrema()
        assert (lowest, highest) == (0, 255), name


@pytest.mark.parametrize("number", range(2, 9))
def test_turned_pictures_stand_upright(number, traeger_a):
    picture = ImageFactory(traeger=traeger_a, file=ContentFile(PICTURES[f"turned, {number}"][1], "a.jpg"))
    made = pictures_of(picture)["original"]
    assert made.size == ((WIDTH, HEIGHT) if number < 5 else (HEIGHT, WIDTH))
    assert not made.getexif()


@pytest.mark.parametrize("way", WAYS)
def test_what_can_not_be_converted_is_refused(way, editor, traeger_a, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("cannot write mode X as WEBP")

    monkeypatch.setattr("willow.plugins.pillow.PillowImage.save_as_webp", fail)
    found = upload(editor, "images", way, "a.png", png_of_16_bits(0), collection=traeger_a.collection_id)
    assert "keine kleineren Bilder" in found
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize(
    "error", [IndexError, OverflowError, TypeError, EOFError, ZeroDivisionError, SyntaxError, AttributeError]
)
def test_however_unpacking_fails_it_is_refused(error, editor, traeger_a, monkeypatch):
    monkeypatch.setattr(
        "PIL.PngImagePlugin.PngImageFile.load", lambda self: (_ for _ in ()).throw(error("x"))
    )
    found = upload(editor, "images", "one", "a.png", png_of_16_bits(0), collection=traeger_a.collection_id)
    assert "Bild ist beschädigt" in found


@given(
    name=st.sampled_from(
        ["16 bits, grey", "palette with alpha", "moving GIF", "moving WebP", "profile", "moving PNG"]
    ),
    place=st.integers(0, 100),
    replacement=st.binary(max_size=6),
    end=st.integers(1, 100),
)
def test_damaged_files_are_refused_or_can_be_converted(name, place, replacement, end):
    """Whatever the field lets through is made into every size."""
    file_name, data = PICTURES[name]
    at = len(data) * place // 100
    damaged = (data[:at] + replacement + data[at + len(replacement) :])[: len(data) * end // 100]
    field = PictureField()
    try:
        accepted = field.clean(SimpleUploadedFile(file_name, damaged or b"x"))
    except ValidationError:
        return
    picture = SimpleNamespace(is_svg=lambda: False, get_focal_point=lambda: None)
    for spec in FILTER_SPECS:
        PortalFilter(spec).run(picture, BytesIO(), source=ContentFile(accepted.read()))
        accepted.seek(0)


def test_large_pictures_are_tried_on_a_small_copy(monkeypatch):
    """Near the most pixels that are accepted: nothing as large as the picture itself is made of it."""
    converted = []
    stock = Image.Image.convert

    def convert(self, *args, **kwargs):
        converted.append(self.size)
        return stock(self, *args, **kwargs)

    monkeypatch.setattr(Image.Image, "convert", convert)
    PictureField().clean(SimpleUploadedFile("a.png", png_of_size(9990, 6000)))
    assert converted
    assert max(max(size) for size in converted) <= 256
