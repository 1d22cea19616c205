"""Compares what is in a file with what its name says."""

import re
import zipfile
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from sites.media.types import FILE_TYPES, extension_of

WRONG_CONTENT = _(
    "This file is called .%(extension)s but contains something else. Please open it in the program that it "
    "comes from, save it there as .%(extension)s and upload it again."
)
MACROS = _("This file contains macros. Please save it without macros and upload it again.")

_HEAD = 2048
Check = Callable[[bytes, File], bool]


def check_content(file: File) -> None:
    """Raise ValidationError where `file` is not of the type that its name says.

    Names with extensions that may not be uploaded at all are left to the check of extensions.
    """
    extension = extension_of(file.name)
    check = CHECKS.get(extension)
    if not check:
        return
    file.seek(0)
    fits = check(file.read(_HEAD), file)
    file.seek(0)
    if not fits:
        raise ValidationError(WRONG_CONTENT, code="wrong_content", params={"extension": extension})


def _starts_with(*beginnings: bytes) -> Check:
    return lambda head, file: head.startswith(beginnings)


def _is_mp3(head: bytes, file: File) -> bool:
    """With a title in front, or right away the first frame: eleven bits set, and a layer."""
    frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0
    return head.startswith(b"ID3") or frame


def _members(file: File) -> dict[str, zipfile.ZipInfo]:
    """Return what is in a ZIP archive, by name; nothing where it is none or is damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            return {member.filename: member for member in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return {}


def _is_office(main: str) -> Check:
    def check(head: bytes, file: File) -> bool:
        names = _members(file) if head.startswith(b"PK\3\4") else {}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise ValidationError(MACROS, code="macros")
        return {"[Content_Types].xml", main} <= names.keys()

    return check


def _is_open_document(mime: str) -> Check:
    def check(head: bytes, file: File) -> bool:
        names = _members(file) if head.startswith(b"PK\3\4") else {}
        if not {"mimetype", "content.xml"} <= names.keys():
            return False
        # Written as the first member and not compressed, so that others can tell the type.
        return head[30:].startswith(b"mimetype") and mime.encode() in head[38:200]

    return check


_MARKUP = re.compile(r"\s*<[a-z!?/]", re.IGNORECASE)


def _is_text(head: bytes, file: File) -> bool:
    """Text in any encoding, but nothing that begins like a web page or another language of tags."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="replace")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        file.seek(0)
        if any(b"\0" in chunk for chunk in file.chunks()):
            return False
    return not _MARKUP.match(text)


def _is_subtitles(head: bytes, file: File) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") and _is_text(head, file)


CHECKS: dict[str, Check] = {
    "pdf": _starts_with(b"%PDF-"),
    "rtf": _starts_with(b"{\\rtf"),
    "csv": _is_text,
    "txt": _is_text,
    "vtt": _is_subtitles,
    "docx": _is_office("word/document.xml"),
    "pptx": _is_office("ppt/presentation.xml"),
    "xlsx": _is_office("xl/workbook.xml"),
    **{extension: _is_open_document(FILE_TYPES[extension].mime) for extension in ("odp", "ods", "odt")},
    "mp3": _is_mp3,
    "mp4": lambda head, file: head[4:8] == b"ftyp",
    "oga": _starts_with(b"OggS"),
    "ogg": _starts_with(b"OggS"),
    "wav": lambda head, file: head.startswith(b"RIFF") and head[8:12] == b"WAVE",
    "webm": lambda head, file: head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64],
}
