"""Parts of files: the rules of RFC 9110 about `Range`, for one part at a time."""

import re
from dataclasses import dataclass

from django.utils.http import parse_http_date_safe

_ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass(frozen=True)
class Part:
    """The bytes from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class NotSatisfiableError(Exception):
    """None of the bytes asked for exists."""


def asked_part(header: str, size: int) -> Part | None:
    """Return the part of a file of `size` bytes that a Range header asks for.

    None: the whole file, also for what is malformed or asks for several parts, as the RFC allows. Raises
    NotSatisfiableError.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    begin, end = match.groups()
    if not begin:
        if not int(end) or not size:
            raise NotSatisfiableError
        return Part(max(size - int(end), 0), size - 1)
    first, last = int(begin), int(end) if end else size - 1
    if end and last < first:
        return None
    if first >= size:
        raise NotSatisfiableError
    return Part(first, min(last, size - 1))


def still_the_same(if_range: str, etag: str, last_modified: int) -> bool:
    """Tell whether an If-Range header names the file as it is: by its strong etag or its exact date."""
    return if_range == etag or parse_http_date_safe(if_range) == last_modified
