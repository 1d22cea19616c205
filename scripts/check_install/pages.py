"""The commands of the pages for operators."""

import re
import shlex
from pathlib import Path

from common import ROOT, CheckError

PAGES = ("docs/operators/install.md", "docs/operators/backup.md")
HERE = str(Path(__file__).resolve().parent)
# Calls this check.
ME = f"python3 {shlex.quote(HERE)}"
BLOCK = re.compile(r"^#+ ([^\n]+)$|^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# How the commands begin that can't run here, what is done instead, and why.
SUBSTITUTES = {
    "apt-get": (":", "done before, when there still was a network; PostgreSQL is the wheel's"),
    "/usr/share/postgresql-common/": (":", "there is no network; PostgreSQL is the wheel's"),
    "git clone": (f"{ME} --part checkout", "a copy of this checkout, with the packages of its .venv"),
    "python3 scripts/bootstrap.py": (f"{ME} --part bootstrap", "no network; the packages are there already"),
    "deploy/manage createsuperuser": (f"{ME} --part account", "the same command, with answers typed in"),
}


def commands() -> str:
    """Return the commands of all pages, one block after the other."""
    return "\n".join(block for page in PAGES for _heading, block in blocks(ROOT / page))


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return (heading, commands) of each ```sh block of `page`."""
    found, heading = [], ""
    for part in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if part[1]:
            heading = part[1]
        else:
            found.append((heading, part[2]))
    if not found:
        raise CheckError(f"{page} holds no ```sh block.")
    return found


def script(page: Path) -> str:
    """Return the commands of `page` as one script that says what it does and stops at the first failure."""
    lines = ["set -eu"]
    for heading, block in blocks(page):
        lines.append(f"printf '\\n-- %s\\n' {shlex.quote(heading)}")
        # A command may go on in the next line.
        for line in re.split(r"(?<!\\)\n", block.rstrip("\n")):
            known = (found for start, found in SUBSTITUTES.items() if line.startswith(start))
            command, why = next(known, (line, ""))
            shown = f"$ {line}" + (f"\n  (instead: {why})" if why else "")
            lines += [f"printf '%4ds %s\\n' \"$SECONDS\" {shlex.quote(shown)}", command]
    return "\n".join(lines) + "\n"
