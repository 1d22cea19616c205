"""Tiny pictures of every kind that programs write, by a name for each: file name and bytes."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

from tests.sites.media.uploads import drawing, exif

WIDTH, HEIGHT = 48, 32
RED_GREEN_BLUE, GREY = 2, 0
WITH_ALPHA = 4
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
NONSENSE = b"This is no profile. " * 20


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    stream = BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of_16_bits(colour_type: int, *extra: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of 16 bits a channel, black on the left and white on the right."""
    channels = {GREY: 1, GREY | WITH_ALPHA: 2, RED_GREEN_BLUE: 3, RED_GREEN_BLUE | WITH_ALPHA: 4}[colour_type]
    row = b"\0" + b"".join(struct.pack(">H", x * 65535 // (WIDTH - 1)) * channels for x in range(WIDTH))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, colour_type, 0, 0, 0)
    chunks = [(b"IHDR", header), *extra, (b"IDAT", zlib.compress(row * HEIGHT)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _flat(width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width, height), "#0b6570")


_RGB = drawing()
_GREY, _CMYK = _RGB.convert("L"), _RGB.convert("CMYK")
_RGBA, _PALETTE = _RGB.convert("RGBA"), _RGB.quantize(8)
_RGBA.putalpha(_GREY)
_TURNED = [_RGBA.rotate(180)]

PICTURES: dict[str, tuple[str, bytes]] = {
    "16 bits, grey": ("a.png", png_of_16_bits(GREY)),
    "16 bits, grey, one level transparent": ("a.png", png_of_16_bits(GREY, (b"tRNS", b"\x12\x34"))),
    "16 bits, grey and alpha": ("a.png", png_of_16_bits(GREY | WITH_ALPHA)),
    "16 bits, colours": ("a.png", png_of_16_bits(RED_GREEN_BLUE)),
    "16 bits, colours and alpha": ("a.png", png_of_16_bits(RED_GREEN_BLUE | WITH_ALPHA)),
    "one bit": ("a.png", encoded(_GREY.convert("1"), "PNG")),
    "one bit, white transparent": ("a.png", encoded(_GREY.convert("1"), "PNG", transparency=255)),
    "grey and alpha": ("a.png", encoded(_RGBA.convert("LA"), "PNG")),
    "grey, black transparent": ("a.png", encoded(_GREY, "PNG", transparency=0)),
    "colours, black transparent": ("a.png", encoded(_RGB, "PNG", transparency=(0, 0, 0))),
    "palette": ("a.png", encoded(_PALETTE, "PNG")),
    "palette, one colour transparent": ("a.png", encoded(_PALETTE, "PNG", transparency=2)),
    "palette with alpha": ("a.png", encoded(_PALETTE, "PNG", transparency=bytes([0, 90] + [255] * 6))),
    "moving PNG": ("a.png", encoded(_RGBA, "PNG", save_all=True, append_images=_TURNED)),
    "grey JPEG": ("a.jpg", encoded(_GREY, "JPEG")),
    "progressive JPEG": ("a.jpg", encoded(_RGB, "JPEG", progressive=True)),
    "printing colours": ("a.jpg", encoded(_CMYK, "JPEG")),
    "printing colours, wrong profile": ("a.jpg", encoded(_CMYK, "JPEG", icc_profile=SRGB)),
    "printing colours, no profile": ("a.jpg", encoded(_CMYK, "JPEG", icc_profile=NONSENSE)),
    "profile": ("a.jpg", encoded(_RGB, "JPEG", icc_profile=SRGB)),
    "other profile": ("a.jpg", encoded(_RGB, "JPEG", icc_profile=LAB)),
    "no profile": ("a.jpg", encoded(_RGB, "JPEG", icc_profile=NONSENSE)),
    "no profile, PNG": ("a.png", encoded(_RGBA, "PNG", icc_profile=NONSENSE)),
    "grey, profile of colours": ("a.png", encoded(_GREY, "PNG", icc_profile=SRGB)),
    "still GIF": ("a.gif", encoded(_PALETTE, "GIF")),
    "transparent GIF": ("a.gif", encoded(_PALETTE, "GIF", transparency=0)),
    "moving GIF": ("a.gif", encoded(_RGBA, "GIF", save_all=True, append_images=_TURNED)),
    "moving WebP": ("a.webp", encoded(_RGBA, "WEBP", save_all=True, append_images=_TURNED)),
    "lossless WebP": ("a.webp", encoded(_RGBA, "WEBP", lossless=True)),
    "one point": ("a.png", encoded(_flat(1, 1), "PNG")),
    "one point, GIF": ("a.gif", encoded(_flat(1, 1), "GIF")),
    "as high as WebP can be": ("a.webp", encoded(_flat(1, 16383), "WEBP")),
    "very high": ("a.png", encoded(_flat(1, 60_000), "PNG")),
    "very wide": ("a.png", encoded(_flat(60_000, 1), "PNG")),
    "very wide JPEG": ("a.jpg", encoded(_flat(65_000, 3), "JPEG")),
    **{f"turned, {n}": ("a.jpg", encoded(_RGB, "JPEG", exif=exif(n))) for n in range(2, 9)},
    "turned PNG": ("a.png", encoded(_RGBA, "PNG", exif=exif(6))),
}
