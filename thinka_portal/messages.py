"""Translations of the interface: compile them (`python -m thinka_portal.messages`).

Compiling needs no gettext tools, so that a newcomer needs only Python. Collecting new texts from the code
(`make messages`) does; that is a developer's step.
"""

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write the .mo file of each .po file below `root`/locale that changed; returns those written.

    Raises OSError with the file and line when a .po file can't be read.
    """
    written = []
    for source in sorted(root.glob("locale/**/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        catalogue = polib.pofile(str(source), encoding="utf-8")
        # Whole or not at all: a server may be reading it.
        part = target.with_suffix(f".mo.{os.getpid()}")
        catalogue.save_as_mofile(str(part))
        part.replace(target)
        written.append(target)
    return written


def main() -> int:
    try:
        for path in compile_all():
            print(f"Compiled {path.relative_to(ROOT)}")
    except OSError as error:
        print(f"The translations can't be compiled: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
