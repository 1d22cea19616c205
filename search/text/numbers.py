"""Telephone numbers, however they are written, and other groups of digits."""

import re

from search.text.scanning import IGNORED

_SHORTEST, _LONGEST = 7, 15
# Of a number without a gap nobody knows where the area code ends.
_AREA_CODES = (3, 4, 5)
_SHORTEST_PIECE = 4
_IGNORED = re.compile(f"[{IGNORED}]+")
_GROUPS = re.compile(r"\d+")
_ABROAD = re.compile(r"^(?:\+|00)\D*49\D*(?:\(?0\)?)?\D*")
_TIME_OR_DATE = re.compile(r"^\d\d?[.:]")


def digits(text: str) -> tuple[tuple[str, float], ...]:
    """Return the terms of digits with gaps, the whole number first; nothing where it is none.

    A telephone number is looked up by its national form, by the part after the area code and by the groups of
    digits as they are written.
    """
    text = _IGNORED.sub("", text)
    national = _ABROAD.sub("0", text)
    if _TIME_OR_DATE.match(national):
        return ()
    if national[0] not in "+(0":
        return _groups(national)
    groups = _GROUPS.findall(national)
    whole = "".join(groups)
    if national.startswith("+"):
        whole = "00" + whole
    if not _SHORTEST <= len(whole) <= _LONGEST:
        return ()
    pieces = [group for group in groups if len(group) >= _SHORTEST_PIECE]
    if len(groups) == 1 or (len(groups[0]) < 3 and "/" not in national and ")" not in national):
        pieces += [whole[length:] for length in _AREA_CODES]
    else:
        area, rest = _at_area_code(national, groups)
        pieces += [area, rest]
        if len(groups) > 2 and national[-len(groups[-1]) - 1] not in " \u00a0":
            # The extension: the number of the house without it.
            pieces.append(rest[: -len(groups[-1])])
    pieces = [piece for piece in dict.fromkeys(pieces) if len(piece) >= 3 and piece != whole]
    return ((whole, 1.0), *((piece, 0.5) for piece in pieces))


def _at_area_code(number: str, groups: list[str]) -> tuple[str, str]:
    for mark in (")", "/"):
        if mark in number:
            area, rest = number.split(mark, 1)
            return "".join(_GROUPS.findall(area)), "".join(_GROUPS.findall(rest))
    return groups[0], "".join(groups[1:])


def _groups(text: str) -> tuple[tuple[str, float], ...]:
    """Groups such as 12 34 56: a number without its area code, or two years."""
    groups = _GROUPS.findall(text)
    whole = "".join(groups)
    if len(groups) < 2 or not 5 <= len(whole) <= _LONGEST:
        return ()
    return ((whole, 1.0), *((group, 0.5) for group in dict.fromkeys(groups)))
