#!/usr/bin/env python
"""Fail when a line of a template is too long; djlint breaks no long line within a paragraph or a tag."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("templates", "sites/templates")
LIMIT = 120  # characters, as [tool.djlint] in pyproject.toml


def lengths(root: Path) -> list[tuple[int, str]]:
    """Return (characters, "file:line") of each line of the HTML templates below `root`."""
    return [
        (len(line), f"{path.relative_to(root)}:{number}")
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def main() -> int:
    found = lengths(ROOT)
    too_long = [f"{place}: {length} characters, at most {LIMIT}" for length, place in found if length > LIMIT]
    print(*too_long, sep="\n", end="\n" if too_long else "")
    longest, place = max(found)
    print(f"Longest line of a template: {longest} characters ({place})")
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
