#!/usr/bin/env python
"""Fail when a text of the interface has no German translation. Needs gettext's programs.

Collects the texts in a copy of the project, so that nothing in the checkout changes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/de/LC_MESSAGES/django.po")
SKIP = shutil.ignore_patterns(".*", "node_modules", "var", "tests", "docs", "__pycache__", "*.mo")


def problems(catalogue: Path) -> list[str]:
    """One line for each text in the .po file that is untranslated or only guessed ("fuzzy")."""
    found = []
    for entry in polib.pofile(str(catalogue), encoding="utf-8"):
        if entry.obsolete or entry.translated():
            continue
        place = entry.occurrences[0][0] if entry.occurrences else "?"
        found.append(f"{'fuzzy' if entry.fuzzy else 'untranslated'}: {entry.msgid!r} ({place})")
    return found


def collect(root: Path, copy: Path) -> Path:
    """Copy the project to `copy`, collect its texts there, and return the .po file."""
    shutil.copytree(root, copy, ignore=SKIP)
    (copy / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    # Django without the project's settings: the copy need not be able to run.
    command = [sys.executable, "-m", "django", "makemessages", "--locale=de", "--add-location=file"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        command, cwd=copy, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    return copy / CATALOGUE


def main() -> int:
    if not shutil.which("xgettext"):
        print("xgettext is missing. On Debian and Ubuntu: apt-get install gettext", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        found = problems(collect(ROOT, Path(folder) / "copy"))
    for line in found:
        print(line)
    if found:
        print(
            f"{len(found)} texts have no German translation. Run: make messages, then translate {CATALOGUE}"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
