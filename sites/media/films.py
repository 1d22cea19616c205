"""Takes personal data out of films: where and when they were made, with which device, by whom.

An MP4 file is made of boxes: length, name and content, which may be boxes again (ISO/IEC 14496-12). Boxes
that tell such things are emptied where they stand, so that all others keep their places: a film finds its
pictures and its sound by how far they are from the beginning. These themselves are not looked at.
"""

import shutil
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.base import File

# The boxes that are looked into: those of the film, of a track, of what the track contains.
_LOOK_INTO = {b"moov": {b"trak": {b"mdia": {}}}}
# "User data" hold the place, "meta" the same in Apple's way, "uuid" whatever a program likes, XMP for one.
_TELLING = {b"udta", b"meta", b"uuid"}
# Begin with version and flags, then say when the film was made and changed; nought is "unknown".
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_UNUSED = b"free"
# A film that was written in parts has some thousands.
_MOST_BOXES = 100_000
_PART = 64 * 1024


def without_metadata(file: File) -> File:
    """Return the film `file` without personal data: itself where there is nothing to take out.

    Other types than MP4 stay as they are, and so does what follows a box that can't be read: players stop
    there, too.
    """
    file.seek(0)
    is_film = file.read(8)[4:] == b"ftyp"
    found = list(_to_empty(file)) if is_film else []
    file.seek(0)
    if not found:
        return file
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the returned file
    shutil.copyfileobj(file, copy)
    for place, name, start, end in found:
        if name:
            copy.seek(place)
            copy.write(name)
        _empty(copy, start, end)
    copy.seek(0)
    return File(copy, name=file.name)


def _empty(copy: BinaryIO, start: int, end: int) -> None:
    copy.seek(start)
    while start < end:
        start += copy.write(bytes(min(_PART, end - start)))


def _boxes(file: File, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield name, place, beginning and end of the content of the boxes from `start` to `end`."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        length, name, content = int.from_bytes(head[:4], "big"), head[4:8], start + 8
        if length == 1:
            length, content = int.from_bytes(head[8:], "big"), start + 16
        after = start + length if length else end
        if after < content or after > end:
            return
        yield name, start, content, after
        start = after


def _to_empty(file: File) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield what is to be emptied: where a name is to be written, the name (or nothing), start and end."""
    left = _MOST_BOXES
    waiting = [(0, file.size, _LOOK_INTO)]
    while waiting:
        start, end, inside = waiting.pop()
        for name, place, content, after in _boxes(file, start, end):
            left -= 1
            if left < 0:
                return
            if name in _TELLING:
                yield place + 4, _UNUSED, content, after
            elif name in _DATED:
                file.seek(content)
                start_of_dates, size = content + 4, 16 if file.read(1) == b"\1" else 8
                file.seek(start_of_dates)
                if any(file.read(size)):
                    yield place, b"", start_of_dates, min(start_of_dates + size, after)
            elif name in inside:
                waiting.append((content, after, inside[name]))
