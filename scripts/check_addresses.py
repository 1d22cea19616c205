#!/usr/bin/env python
"""Fail when a lock file or package setting names where packages are downloaded from.

Each machine has its own source (a mirror, a cache); an address in a lock file would go around it.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"https?://|git\+|--(extra-)?index-url|--find-links|^\s*-[if]\s", re.MULTILINE)
SETTINGS = (".npmrc", ".yarnrc", "pip.conf", "uv.toml", ".pypirc")


def problems(root: Path = ROOT) -> list[str]:
    """One line for each place below `root` that names a download address or could."""
    found = [
        f"{name}: settings of a package tool do not belong here"
        for name in SETTINGS
        if (root / name).exists()
    ]
    for path in sorted((root / "requirements").iterdir()):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if ADDRESS.search(line):
                found.append(f"requirements/{path.name}:{number}: {line.strip()}")
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock.get("packages", {}).items():
        if "resolved" in package:
            found.append(f"package-lock.json: {name}: {package['resolved']}")
        elif name and "integrity" not in package:
            found.append(f"package-lock.json: {name} has no hash")
    return found


def main() -> int:
    found = problems()
    for line in found:
        print(line)
    if found:
        print("Write lock files with: make requirements, npm install --omit-lockfile-registry-resolved")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
