"""Takes personal data out of pictures: where and when they were made, with which device, by whom.

Nothing is encoded anew, so the picture itself stays bit by bit the same. What remains is what is needed to
show it: the pixels, the colours, and which side is up. Whatever follows the end of the picture goes, too.
"""

import re
import struct
import zlib
from collections.abc import Callable

from django.core.files.base import ContentFile, File
from PIL import Image

_ORIENTATION = 0x0112
_UPRIGHT = 1
_EXIF = b"Exif\0\0"


class DamagedPictureError(ValueError):
    """The bytes are not a whole picture of their type."""


def without_metadata(file: File) -> File:
    """Return the picture `file` without personal data: itself where there is nothing to take out.

    Other types than JPEG, PNG, WebP and GIF stay as they are. Raises DamagedPictureError.
    """
    file.seek(0)
    data = file.read()
    file.seek(0)
    clean = _cleaner(data)
    try:
        cleaned = clean(data) if clean else data
    except (IndexError, struct.error) as error:
        raise DamagedPictureError from error
    return file if cleaned == data else ContentFile(cleaned, name=file.name)


def _cleaner(data: bytes) -> Callable[[bytes], bytes] | None:
    if data.startswith(b"\xff\xd8\xff"):
        return _clean_jpeg
    if data.startswith(_PNG):
        return _clean_png
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _clean_webp
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _clean_gif
    return None


def _which_side_is_up(exif: bytes) -> bytes:
    """Return metadata that hold nothing but the orientation in `exif`; empty where the picture is upright."""
    found = Image.Exif()
    try:
        found.load(exif)
        orientation = found.get(_ORIENTATION, _UPRIGHT)
    except Exception:  # Pillow fails in many ways over nonsense
        return b""
    if orientation not in range(2, 9):
        return b""
    kept = Image.Exif()
    kept[_ORIENTATION] = orientation
    return kept.tobytes().removeprefix(_EXIF)


# JPEG: segments of marker, length and content; the pixels follow the segment "start of scan".

_SCAN, _END = 0xDA, 0xD9
_MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def _keep_segment(marker: int, content: bytes) -> bool:
    if marker in (0xE0, 0xEE):
        return content.startswith((b"JFIF\0", b"Adobe"))
    if marker == 0xE2:
        return content.startswith(b"ICC_PROFILE\0")
    # Tables and frames; what is left are data of programs and comments.
    return 0xC0 <= marker <= 0xCF or 0xDA <= marker <= 0xDF


def _clean_jpeg(data: bytes) -> bytes:
    kept, orientation, place = [data[:2]], b"", 2
    while True:
        if data[place] != 0xFF:
            raise DamagedPictureError
        while data[place + 1] == 0xFF:
            place += 1
        marker = data[place + 1]
        if marker == _END:
            break
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        end = place + 2 + length
        if length < 2 or end > len(data):
            raise DamagedPictureError
        content = data[place + 4 : end]
        if marker == 0xE1 and content.startswith(_EXIF):
            orientation = orientation or _which_side_is_up(content)
        if _keep_segment(marker, content):
            kept.append(data[place:end])
        place = end
        if marker == _SCAN:
            found = _MARKER_AFTER_SCAN.search(data, place)
            if not found:
                raise DamagedPictureError
            kept.append(data[place : found.start()])
            place = found.start()
    if orientation:
        content = _EXIF + orientation
        # After the one segment that wants to be the first.
        place = 2 if kept[1][1] == 0xE0 else 1
        kept.insert(place, b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content)
    return b"".join(kept) + b"\xff\xd9"


# PNG: chunks of length, name, content and checksum. What moves becomes still: Wagtail would take it for no
# picture, and pages show it still anyway.

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset(
    (b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT cICP mDCV cLLI").split()
)


def _clean_png(data: bytes) -> bytes:
    kept, orientation, place, name = [_PNG], b"", len(_PNG), b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", data, place)
        name, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data):
            raise DamagedPictureError
        if name == b"eXIf":
            orientation = _which_side_is_up(data[place + 8 : end - 4])
        if name in _PNG_CHUNKS:
            kept.append(data[place:end])
        place = end
    if orientation:
        chunk = b"eXIf" + orientation
        kept.insert(2, struct.pack(">I", len(orientation)) + chunk + struct.pack(">I", zlib.crc32(chunk)))
    return b"".join(kept)


# WebP: chunks of name, length and content, of even length; the first says what there is.

_WEBP_CHUNKS = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _clean_webp(data: bytes) -> bytes:
    chunks, orientation, place = [], b"", 12
    whole = 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data) + 1:
        raise DamagedPictureError
    while place + 8 <= min(whole, len(data)):
        name, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        content = data[place + 8 : place + 8 + length]
        if len(content) < length:
            raise DamagedPictureError
        if name == b"EXIF":
            orientation = _which_side_is_up(content)
        elif name in _WEBP_CHUNKS:
            chunks.append((name, content))
        place += 8 + length + length % 2
    if orientation:
        chunks.append((b"EXIF", orientation))
    body = b"".join(_webp_chunk(name, content, bool(orientation)) for name, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunk(name: bytes, content: bytes, has_exif: bool) -> bytes:
    if name == b"VP8X":
        flags = content[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if has_exif else 0)
        content = bytes([flags]) + content[1:]
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


# GIF: blocks, each with a byte for its kind; what is long lies in parts, each with its length in front.

_EXTENSION, _FRAME, _TRAILER = 0x21, 0x2C, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
# How often a moving picture is repeated, and colours. What is left belongs to programs, XMP for one.
_GIF_APPLICATIONS = frozenset([b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"])


def _after_colours(flags: int, place: int) -> int:
    return place + (3 << (flags & 7) + 1 if flags & 0x80 else 0)


def _after_parts(data: bytes, place: int) -> int:
    while length := data[place]:
        place += 1 + length
    return place + 1


def _keep_extension(kind: int, name: bytes) -> bool:
    return kind != _COMMENT and (kind != _APPLICATION or name in _GIF_APPLICATIONS)


def _clean_gif(data: bytes) -> bytes:
    place = _after_colours(data[10], 13)
    kept = [data[:place]]
    # Some programs leave the end out, and browsers do not miss it.
    while place < len(data) and data[place] != _TRAILER:
        start, kind = place, data[place]
        if kind == _FRAME:
            place = _after_parts(data, _after_colours(data[start + 9], start + 10) + 1)
            kept.append(data[start:place])
        elif kind == _EXTENSION:
            place = _after_parts(data, start + 2)
            if _keep_extension(data[start + 1], data[start + 3 : start + 14]):
                kept.append(data[start:place])
        else:
            # Padding, which decoders pass over, too.
            place += 1
    return b"".join(kept) + bytes([_TRAILER])
