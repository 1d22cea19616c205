"""Writes small PDF files: a title, headings, paragraphs, lists, boxes to tick, lines to write on.

Only what the demo's checklists need (ISO 32000-1, with the standard font Helvetica). The text is real
text in WinAnsi coding, so that the search and screen readers can read it.
"""

import textwrap

_WIDTH, _HEIGHT = 595, 842  # A4 in points
_LEFT, _TOP, _BOTTOM = 64, 774, 72


class _Pages:
    """Collects drawing commands and begins a new page when one is full."""

    def __init__(self):
        self.pages: list[list[str]] = [[]]
        self.y = _TOP

    def room(self, points: float) -> None:
        """Move down by `points`; on a new page where this one has no room left."""
        self.y -= points
        if self.y < _BOTTOM:
            self.pages.append([])
            self.y = _TOP

    def text(self, words: str, size: int, font: str = "F1", indent: int = 0, width: int = 80) -> None:
        for line in textwrap.wrap(words, width) or [""]:
            self.room(size * 1.45)
            self.draw(f"BT /{font} {size} Tf {_LEFT + indent} {self.y:.1f} Td ({_escaped(line)}) Tj ET")

    def draw(self, command: str) -> None:
        self.pages[-1].append(command)


def make_pdf(title: str, text: str) -> bytes:
    """Return a PDF file. In `text`, a line beginning with "# " is a heading, "- " an entry of a list,
    "[ ] " a box to tick, "___" a line to write on; everything else is a paragraph.

    Raises UnicodeEncodeError for characters that the standard fonts don't have.
    """
    canvas = _Pages()
    canvas.text(title, 18, "F2", width=48)
    canvas.room(10)
    for line in text.strip().splitlines():
        _draw_line(canvas, line.strip())
    return _assemble(title, ["\n".join(page).encode("cp1252") for page in canvas.pages])


def _draw_line(canvas: _Pages, line: str) -> None:
    if line.startswith("# "):
        canvas.room(8)
        canvas.text(line[2:], 13, "F2", width=64)
    elif line.startswith("[ ] "):
        canvas.text(line[4:], 11, indent=20)
        canvas.draw(f"{_LEFT} {canvas.y - 1:.1f} 10 10 re S")
    elif line.startswith("- "):
        canvas.text("\u2022  " + line[2:], 11, indent=6)
    elif line == "___":
        canvas.room(26)
        canvas.draw(f"{_LEFT} {canvas.y:.1f} m {_WIDTH - _LEFT} {canvas.y:.1f} l S")
    elif line:
        canvas.text(line, 11)
    else:
        canvas.room(4)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assemble(title: str, streams: list[bytes]) -> bytes:
    """Put the objects of the file together with the table that says where each begins."""
    first_page = 6
    page_ids = [first_page + 2 * index for index in range(len(streams))]
    kids = " ".join(f"{number} 0 R" for number in page_ids)
    hex_title = title.encode("utf-16-be").hex().upper()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        f"<< /Title <FEFF{hex_title}> /Producer (ThINKA-Portal) >>".encode(),
    ]
    for number, stream in zip(page_ids, streams, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
