"""Makes the sizes and cuts of pictures that pages show.

Every picture is brought to the few kinds of pixels that all formats can hold before Wagtail cuts it, so that
what was accepted once never fails on a page. `FILTER_SPECS` names all sizes that are in use; a test compares
it with the templates.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from types import SimpleNamespace

from django.core.files.base import File
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

# What the portal's pages ask for, then what the editing area does.
FILTER_SPECS = (
    "fill-160x160|format-webp",
    "fill-480x300|format-webp",
    "fill-600x450|format-webp",
    "fill-640x360|format-webp",
    "fill-640x400|format-webp",
    "fill-960x600|format-webp",
    "fill-1200x630|format-jpeg",
    "max-240x96",
    "width-480|format-webp",
    "width-960|format-webp",
    *("fill-600x338", "max-150x150", "max-165x165", "max-800x600", "original", "width-500", "width-800"),
)
# WebP holds no longer side, and no browser shows one well.
LONGEST_SIDE = 16_383
# The longest side of the picture with which conversions are tried: enough to meet every kind of pixels.
TRIED_SIDE = 256
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def _with_eight_bits(picture: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits with 8; Pillow's own conversion cuts off instead of scaling."""
    return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _with_common_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return a picture of printing colours or greys in sRGB: by its profile, where that can be used."""
    if profile:
        try:
            own, common = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, own, common, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _is_of_colours(profile: bytes) -> bool:
    """Tell whether a colour profile can be read and is one for red, green and blue."""
    try:
        return ImageCms.ImageCmsProfile(BytesIO(profile)).profile.xcolor_space.strip() == "RGB"
    except (ImageCms.PyCMSError, OSError):
        return False


def convertible(picture: Image.Image) -> Image.Image:
    """Return `picture` upright, as 8 bits of grey or of red, green and blue, perhaps with transparency.

    Of what was noted about it only a usable colour profile stays.
    """
    picture = ImageOps.exif_transpose(picture)
    profile = picture.info.get("icc_profile") or b""
    if picture.mode.startswith("I"):
        picture = _with_eight_bits(picture)
    elif picture.has_transparency_data:
        picture = picture if picture.mode in ("LA", "RGBA") else picture.convert("RGBA")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    if picture.mode in ("L", "CMYK"):
        picture = _with_common_colours(picture, profile)
    elif profile and picture.mode in ("RGB", "RGBA") and _is_of_colours(profile):
        picture.info = {"icc_profile": profile}
        return picture
    picture.info = {}
    return picture


def format_name(picture: Image.Image) -> str:
    """Return Wagtail's name for the format of an opened picture."""
    # What cameras write when there is a preview behind the picture.
    return (picture.format or "").lower().replace("mpo", "jpeg")


def _for_willow(picture: Image.Image, original_format: str) -> PillowImage:
    made = PillowImage(convertible(picture))
    # Wagtail asks for it before it cuts.
    made.format_name = original_format
    return made


class PortalFilter(Filter):
    """One size or cut of pictures."""

    @contextmanager
    def get_willow_image(self, image, source: File | None = None) -> Iterator[PillowImage]:
        opened = image.open_file() if source is None else nullcontext(source)
        with opened as file, Image.open(file, formats=_FORMATS) as picture:
            yield _for_willow(picture, format_name(picture))

    def get_transform(self, image, size=None):
        """Return what is done to a picture (an ImageTransform); the result is never too long to store."""
        transform = super().get_transform(image, size)
        longest = max(transform.size)
        if longest > LONGEST_SIDE:
            width, height = (max(1, side * LONGEST_SIDE // longest) for side in transform.size)
            transform = transform.resize((width, height))
        return transform


class _TriedFilter(PortalFilter):
    """The same for a picture that is not stored: `image.picture`, of the format `image.format_name`."""

    @contextmanager
    def get_willow_image(self, image, source=None):
        yield _for_willow(image.picture, image.format_name)


def try_conversions(picture: Image.Image, size: tuple[int, int]) -> None:
    """Make all sizes of `picture`, a small copy of it in truth; raises whatever one of them raises.

    `size`: its width and height, where it was unpacked smaller.

    What can fail lies in the kind of pixels and in the colour profile, which the copy has, and in the
    proportions, which are computed in full. So it costs some hundredths of a second for any picture.
    """
    width, height = picture.size
    part = min(1, TRIED_SIDE / max(width, height))
    small = picture.resize(
        (max(1, round(width * part)), max(1, round(height * part))), Image.Resampling.NEAREST
    )
    tried = SimpleNamespace(
        picture=small,
        format_name=format_name(picture),
        is_svg=lambda: False,
        get_focal_point=lambda: None,
    )
    for spec in FILTER_SPECS:
        tried_filter = _TriedFilter(spec)
        tried_filter.get_transform(tried, size)
        tried_filter.run(tried, BytesIO())
