"""The process that reads one file: `python -m search.attachments.reader ENDING`, the file as standard input.

It writes its answer to standard output, as JSON (see `read`). Before it looks at the file it takes away from
itself what a hostile one could use: time, memory, other processes, writing of more than an answer.
"""

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

from search.attachments import limits, office, pdf, plain
from search.attachments.unreadable import DAMAGED, TOO_LARGE, UnreadableError


def bind() -> None:
    """Put the limits on this process. It ends by a signal where it takes too long."""
    signal.alarm(limits.SECONDS)
    # The hard limit comes later: at it, the process would be killed without saying why.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS + 5))
    for limit, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_FSIZE, limits.ANSWER),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    # Whoever waits for a page comes first.
    os.nice(10)


def read(file: BinaryIO, ending: str) -> dict[str, Any]:
    """Return what is in `file`.

    `text`; `pages`: their number, None where there are none; `whole`: nothing was left out because it is too
    much; `empty`: there is no text, or so little on the pages that they must be pictures. Or only `reason`:
    why it can't be read, see `unreadable`.
    """
    try:
        if os.fstat(file.fileno()).st_size > limits.FILE:
            raise UnreadableError(TOO_LARGE)
        pages, pieces = _opened(file, ending)
        text, whole = _joined(pieces)
    except UnreadableError as error:
        return {"reason": error.reason}
    except MemoryError:
        return {"reason": TOO_LARGE}
    except Exception:  # pypdf and zipfile fail in many ways over nonsense
        return {"reason": DAMAGED}
    letters = sum(map(str.isalpha, text))
    enough = pdf.FEW_LETTERS * (pages or 1) if ending == "pdf" else 1
    return {"text": text, "pages": pages, "whole": whole, "empty": whole and letters < enough}


def _opened(file: BinaryIO, ending: str) -> tuple[int | None, Iterator[str]]:
    if ending == "pdf":
        return pdf.pages(file)
    if ending in office.FORMATS:
        return office.pieces(file, ending)
    return None, plain.pieces(file)


def _joined(pieces: Iterator[str]) -> tuple[str, bool]:
    """Return the pieces as one text, and whether that is all of them."""
    begin, found, length = time.monotonic(), [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > limits.TEXT or time.monotonic() - begin > limits.SOON:
            return _storable("".join(found))[: limits.TEXT], False
    return _storable("".join(found)), True


def _storable(text: str) -> str:
    """Return `text` without what no database holds: zero bytes, halves of characters."""
    return text.replace("\0", " ").encode("utf-8", errors="ignore").decode()


if __name__ == "__main__":
    bind()
    json.dump(read(sys.stdin.buffer, sys.argv[1]), sys.stdout)
