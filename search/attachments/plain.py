"""The text of files that hold nothing else."""

from collections.abc import Iterator
from typing import BinaryIO

from search.attachments import limits

# No character takes more bytes.
_WIDEST = 4


def pieces(file: BinaryIO) -> Iterator[str]:
    """Yield the text of `file`, whatever program wrote it: in UTF-8, UTF-16, or as Windows did."""
    most = limits.TEXT * _WIDEST
    content = file.read(most)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield content.decode("utf-16", errors="replace")
        return
    try:
        # The last character may be cut.
        yield content.decode("utf-8-sig", errors="strict" if len(content) < most else "ignore")
    except UnicodeDecodeError:
        yield content.decode("cp1252", errors="replace")
