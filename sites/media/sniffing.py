"""Compares what is in a file with what its name says."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import unquote
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from sites.media.types import FILE_TYPES, extension_of

WRONG_CONTENT = _(
    "This file is called .%(extension)s but contains something else. Please open it in the program that it "
    "comes from, save it there as .%(extension)s and upload it again."
)
MACROS = _("This file contains macros. Please save it without macros and upload it again.")
DAMAGED = _(
    "This file is damaged or not whole. Please open it in the program that it comes from, save it anew and "
    "upload it again."
)
NO_EXTENSION = _(
    "The name of this file has no ending such as .pdf, so nobody could open it. Please add the right one and "
    "upload it again."
)

_HEAD = 2048
# As much is read of what a document says about itself.
_DECLARED = 1_000_000
Check = Callable[[bytes, File], bool]


def check_content(file: File) -> None:
    """Raise ValidationError where `file` is not of the type that its name says.

    Names with extensions that may not be uploaded at all are left to the check of extensions.
    """
    extension = extension_of(file.name)
    if not extension:
        raise ValidationError(NO_EXTENSION, code="no_extension")
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


class _Container:
    """A ZIP archive of a document. Raises ValidationError where it is damaged."""

    def __init__(self, file: File):
        try:
            self.archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ValidationError(DAMAGED, code="damaged") from error
        # Some programs write names with other slashes, and capitals make no difference (ECMA-376-2, 6.2.2).
        names = ((member.filename.replace("\\", "/").lower(), member) for member in self.archive.infolist())
        self.members = dict(names)

    def read(self, name: str) -> bytes:
        """Return the beginning of the member `name`, nothing where there is none."""
        member = self.members.get(name.lower())
        if member is None:
            return b""
        try:
            with self.archive.open(member) as content:
                return content.read(_DECLARED)
        # Also for one with a password.
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError) as error:
            raise ValidationError(DAMAGED, code="damaged") from error

    def elements(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """Return (name, attributes) of the elements of an XML file in it, without prefixes."""
        found = []

        def refuse(*_doctype):
            raise ValueError("No document needs entities of its own.")

        def keep(tag, attributes):
            plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            found.append((tag.rpartition(":")[2], plain))

        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = keep
        try:
            parser.Parse(self.read(name), True)
        except (expat.ExpatError, ValueError):
            return []
        return found


def _content_types(container: _Container) -> dict[str, str]:
    """Return the content types that an Office document declares, by part or by ".ending"."""
    return {
        (
            attributes.get("PartName", "").lower().lstrip("/")
            or f".{attributes.get('Extension', '').lower()}"
        ): attributes.get("ContentType", "")
        for _tag, attributes in container.elements("[Content_Types].xml")
    }


def _office_type(container: _Container) -> str:
    """Return the content type of the main part of an Office document, wherever it lies (ECMA-376-2)."""
    targets = [
        attributes.get("Target", "")
        for tag, attributes in container.elements("_rels/.rels")
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument")
    ]
    if len(targets) != 1:
        return ""
    part = posixpath.normpath(f"/{unquote(targets[0])}").lower().lstrip("/")
    if part not in container.members:
        return ""
    declared = _content_types(container)
    return declared.get(part) or declared.get(posixpath.splitext(part)[1], "")


def _is_office(extension: str) -> Check:
    main = f"{FILE_TYPES[extension].mime}.main+xml"

    def check(head: bytes, file: File) -> bool:
        if not head.startswith(b"PK\3\4"):
            return False
        container = _Container(file)
        found = _office_type(container)
        declared = " ".join(_content_types(container).values()).lower()
        with_macros = any(name.endswith("vbaproject.bin") for name in container.members)
        if with_macros or "macroenabled" in declared or "vbaproject" in declared:
            raise ValidationError(MACROS, code="macros")
        return found == main

    return check


def _is_open_document(extension: str) -> Check:
    mime = FILE_TYPES[extension].mime

    def check(head: bytes, file: File) -> bool:
        if not head.startswith(b"PK\3\4"):
            return False
        container = _Container(file)
        # Most programs write it first and not compressed, as they should; some leave it out.
        found = container.read("mimetype").decode("ascii", errors="replace").strip() or next(
            (
                attributes.get("media-type", "")
                for _tag, attributes in container.elements("META-INF/manifest.xml")
                if attributes.get("full-path") == "/"
            ),
            "",
        )
        return found == mime and "content.xml" in container.members

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


def _is_pdf(head: bytes, file: File) -> bool:
    """Printers and mail programs write something in front; readers look this far (ISO 32000-1, annex H.3)."""
    return b"%PDF-" in head[:1024] and not _MARKUP.match(head.decode("latin-1"))


CHECKS: dict[str, Check] = {
    "pdf": _is_pdf,
    "rtf": _starts_with(b"{\\rtf"),
    "csv": _is_text,
    "txt": _is_text,
    "vtt": _is_subtitles,
    **{extension: _is_office(extension) for extension in ("docx", "pptx", "xlsx")},
    **{extension: _is_open_document(extension) for extension in ("odp", "ods", "odt")},
    "mp3": _is_mp3,
    "mp4": lambda head, file: head[4:8] == b"ftyp",
    "oga": _starts_with(b"OggS"),
    "ogg": _starts_with(b"OggS"),
    "wav": lambda head, file: head.startswith(b"RIFF") and head[8:12] == b"WAVE",
    "webm": lambda head, file: head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64],
}
