"""The text of Office (OOXML) and OpenDocument files: archives with XML in them, read piece by piece.

Only what a reader of the document sees: neither comments nor a speaker's notes nor what was crossed out.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from search.attachments import limits
from search.attachments.unreadable import DAMAGED, LOCKED, TOO_LARGE, UnreadableError

_CHUNK = 64 * 1024
# How the encrypted file begins that Office makes in the place of an archive.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Format:
    """Where the text is. Elements are named without their namespaces, of which each format has several.

    `parts`: what the XML files in the archive are called, in their order; `pages`: those that are counted as
    pages. `texts`: elements whose characters are text; `ends`: those that end a line; `gaps`: those that
    stand for a space; `skipped`: those that are left out with all that is in them.
    """

    parts: tuple[str, ...]
    texts: frozenset[str]
    ends: frozenset[str]
    gaps: frozenset[str]
    skipped: frozenset[str]
    pages: str = ""


_GAPS = frozenset({"tab", "br", "cr"})
# The same once more, for old programs.
_AGAIN = "Fallback"
_SLIDE = r"ppt/slides/slide\d+\.xml"
_OPEN_DOCUMENT = Format(
    parts=(r"content\.xml",),
    texts=frozenset({"p", "h"}),
    ends=frozenset({"p", "h"}),
    gaps=frozenset({"s", "tab", "line-break"}),
    skipped=frozenset({"tracked-changes", "annotation", "notes"}),
)
FORMATS = {
    "docx": Format(
        parts=(r"word/document\d*\.xml", r"word/(?:header|footer|footnotes|endnotes)\d*\.xml"),
        texts=frozenset({"t"}),
        ends=frozenset({"p"}),
        gaps=_GAPS,
        skipped=frozenset({_AGAIN}),
    ),
    "pptx": Format(
        parts=(_SLIDE,),
        texts=frozenset({"t"}),
        ends=frozenset({"p"}),
        gaps=_GAPS,
        skipped=frozenset({_AGAIN}),
        pages=_SLIDE,
    ),
    # Texts are kept once for all sheets, others in their cells. `rPh`: how Japanese is pronounced.
    "xlsx": Format(
        parts=(r"xl/sharedStrings\.xml", r"xl/worksheets/sheet\d+\.xml"),
        texts=frozenset({"t"}),
        ends=frozenset({"si", "is"}),
        gaps=frozenset(),
        skipped=frozenset({"rPh"}),
    ),
    "odt": _OPEN_DOCUMENT,
    "ods": _OPEN_DOCUMENT,
    "odp": _OPEN_DOCUMENT,
}


def pieces(file: BinaryIO, extension: str) -> tuple[int | None, Iterator[str]]:
    """Return the number of slides of `file` (None: of another kind), and its text piece by piece."""
    if file.read(len(_COMPOUND)) == _COMPOUND:
        raise UnreadableError(LOCKED)
    kind = FORMATS[extension]
    try:
        archive = zipfile.ZipFile(file)
        names = archive.namelist()
        locked = _is_locked(archive, names)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise UnreadableError(DAMAGED) from error
    if locked:
        raise UnreadableError(LOCKED)
    count = len(_like(names, kind.pages)) if kind.pages else None
    return count, _texts(archive, kind, [name for part in kind.parts for name in _like(names, part)])


def _like(names: list[str], pattern: str) -> list[str]:
    """Return those of `names` that match, in the order of the number in them."""
    found = [name for name in names if re.fullmatch(pattern, name, re.IGNORECASE)]
    return sorted(found, key=lambda name: (len(name), name))


def _is_locked(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Tell whether the archive wants a password: as ZIP does it, or as OpenDocument says it."""
    if any(member.flag_bits & 1 for member in archive.infolist()):
        return True
    manifest = "META-INF/manifest.xml"
    if manifest not in names:
        return False
    with archive.open(manifest) as content:
        return b"encryption-data" in content.read(limits.UNPACKED // 100)


def _texts(archive: zipfile.ZipFile, kind: Format, names: list[str]) -> Iterator[str]:
    if not names:
        raise UnreadableError(DAMAGED)
    left = limits.UNPACKED
    for name in names:
        text = _Text(kind)
        try:
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise UnreadableError(TOO_LARGE)
                    yield text.feed(chunk)
                yield text.feed(b"", last=True)
        except (zipfile.BadZipFile, zlib.error, expat.ExpatError, NotImplementedError, EOFError) as error:
            raise UnreadableError(DAMAGED) from error


class _Text:
    """Picks the text out of one XML file. How deep elements are nested makes no difference."""

    def __init__(self, kind: Format):
        self.kind = kind
        self.found: list[str] = []
        # In how many elements with text we are, and with something that is left out.
        self.inside = self.left_out = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self.parser = parser

    def feed(self, chunk: bytes, last: bool = False) -> str:
        """Read `chunk` and return the text in it."""
        self.parser.Parse(chunk, last)
        text = "".join(self.found)
        self.found.clear()
        return text

    @staticmethod
    def _refuse(*_doctype) -> None:
        """No document needs a DOCTYPE; with one come entities that unfold without end."""
        raise UnreadableError(DAMAGED)

    def _begin(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name in self.kind.skipped:
            self.left_out += 1
        elif name in self.kind.texts:
            self.inside += 1
        elif name in self.kind.gaps and not self.left_out:
            self.found.append(" ")

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name in self.kind.skipped:
            self.left_out -= 1
        elif name in self.kind.texts:
            self.inside -= 1
        if name in self.kind.ends and not self.left_out:
            self.found.append("\n")

    def _characters(self, characters: str) -> None:
        if self.inside and not self.left_out:
            self.found.append(characters)
