"""The text of PDF files."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader

from search.attachments.unreadable import DAMAGED, LOCKED, UnreadableError

# On average on a page: with fewer letters it shows pictures, with a page number perhaps.
FEW_LETTERS = 10


def pages(file: BinaryIO) -> tuple[int, Iterator[str]]:
    """Return how many pages `file` has, and their texts one after the other."""
    document = PdfReader(file)
    # Without a password it may be read by everybody; only printing or copying is forbidden then.
    if document.is_encrypted and not document.decrypt(""):
        raise UnreadableError(LOCKED)
    return len(document.pages), _texts(document)


def _texts(document: PdfReader) -> Iterator[str]:
    good = bad = 0
    for page in document.pages:
        try:
            yield page.extract_text() + "\n"
            good += 1
        except MemoryError:
            raise
        except Exception:  # pypdf fails in many ways over nonsense; other pages may be whole
            bad += 1
    if bad and not good:
        raise UnreadableError(DAMAGED)
