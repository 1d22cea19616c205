#!/usr/bin/env python
"""Fail where the rooms of the project are not as the architecture says (docs/developers/architecture.md).

Each package of `sites` says in its docstring what belongs there, nothing lies loose beside the packages, and
no file is too long to be read. Which room imports which, import-linter checks. Prints the longest files.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("benchmarks", "home", "knowledge", "search", "sites", "thinka_portal")
# Django and Wagtail look for these names.
ENTRIES = {"__init__.py", "apps.py", "checks.py", "wagtail_hooks.py"}
# What Django fills by its own rules.
BY_CONVENTION = {"management", "migrations", "templatetags"}
SENTENCES = 3
LINES = {"settings": 300, "code": 400}


def loose(folder: Path) -> list[str]:
    """Modules of a room with packages that belong into one of them."""
    return [
        f"{path.name} lies loose in {folder.name}/"
        for path in folder.glob("*.py")
        if path.name not in ENTRIES
    ]


def unexplained(folder: Path) -> list[str]:
    """Packages whose docstring does not say in so many sentences what belongs there."""
    found = []
    for package in sorted(folder.glob("*/__init__.py")):
        if package.parent.name in BY_CONVENTION:
            continue
        text = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
        if len([part for part in text.replace("\n", " ").split(". ") if part.strip()]) < SENTENCES:
            found.append(
                f"{package.parent.name}/__init__.py: say what belongs here, what not, and the front door"
            )
    return found


def lengths(root: Path) -> dict[str, tuple[int, str]]:
    """The longest file of each kind: lines and path."""
    longest = dict.fromkeys(LINES, (0, ""))
    for room in ROOMS:
        for path in (root / room).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            kind = "settings" if "settings" in path.parts else "code"
            count = len(path.read_text(encoding="utf-8").splitlines())
            longest[kind] = max(longest[kind], (count, str(path.relative_to(root))))
    return longest


def problems(root: Path = ROOT) -> list[str]:
    """What is not as it should be, one line each."""
    too_long = [
        f"{path} has {count} lines, more than {LINES[kind]}"
        for kind, (count, path) in lengths(root).items()
        if count > LINES[kind]
    ]
    return [*loose(root / "sites"), *unexplained(root / "sites"), *too_long]


def main() -> int:
    found = problems()
    for line in found:
        print(line, file=sys.stderr)
    print("Longest files:", ", ".join(f"{path} {count}" for count, path in lengths(ROOT).values()))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
