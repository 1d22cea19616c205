"""What differs between two versions of a page, in words. Pure values, no database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED, LEFT_OUT = "same", "added", "removed", "left out"
# Longer lines are compared as a whole: each word with each would take too long.
MOST_WORDS = 400
_WORDS = re.compile(r"\s+|[^\s]+")

Said = list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """A piece of text and what became of it: SAME, ADDED, REMOVED; LEFT_OUT: lines that did not change."""

    what: str
    text: str = ""


@dataclass(frozen=True)
class Change:
    """What changed in the part `name` of a page."""

    name: str
    parts: tuple[Part, ...]


def compare(before: Said, after: Said) -> list[Change]:
    """Return what changed from `before` to `after` (name, text), in the order of the page after it."""
    old, new = dict(before), dict(after)
    names = [*new, *(name for name in old if name not in new)]
    return [
        Change(name, tuple(_parts(old.get(name, ""), new.get(name, ""))))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


def _parts(old: str, new: str) -> Iterator[Part]:
    """Yield the text by lines, and lines that were changed by words; what did not change is left out."""
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Part(LEFT_OUT, "".join(lines[0][a:b]))
        else:
            yield from _words("".join(lines[0][a:b]), "".join(lines[1][c:d]))


def _words(old: str, new: str) -> Iterator[Part]:
    words = _WORDS.findall(old), _WORDS.findall(new)
    if max(map(len, words)) > MOST_WORDS or not (old and new):
        yield from (Part(what, text) for what, text in ((REMOVED, old), (ADDED, new)) if text)
        return
    for kind, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        removed, added = "".join(words[0][a:b]), "".join(words[1][c:d])
        if kind == "equal":
            yield Part(SAME, removed)
        else:
            yield from (Part(what, text) for what, text in ((REMOVED, removed), (ADDED, added)) if text)
