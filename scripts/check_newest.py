#!/usr/bin/env python
"""Try the fast part of the suite with the newest Wagtail and wagtail-localize that the registry has.

What breaks is printed, and fails nothing: the pinned versions are what runs. It is a look ahead, so that an
update holds no surprise. In an environment of its own, below var/; does nothing where the newest are pinned.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("wagtail", "wagtail-localize")
# What the patches were written for, and every page type through create, submit, approve and read.
FAST = (
    "tests/sites/wagtail_patches/test_upstream.py",
    "tests/home/test_page_matrix.py",
    "tests/sites/test_checks.py",
)


def newer(report: dict) -> dict[str, str]:
    """The packages, with their versions, that pip would install according to its `report`."""
    return {each["metadata"]["name"]: each["metadata"]["version"] for each in report["install"]}


def ask_registry() -> dict[str, str]:
    """The packages of which the registry has a newer version than this environment has.

    Raises SubprocessError where it does not answer.
    """
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--quiet",
        "--upgrade",
        "--no-deps",
        "--report",
        "-",
    ]
    done = subprocess.run([*command, *PACKAGES], capture_output=True, text=True, check=True, timeout=120)
    return newer(json.loads(done.stdout))


def broken(output: str) -> list[str]:
    """The lines of pytest's summary that say what failed."""
    return [line for line in output.splitlines() if line.startswith(("FAILED ", "ERROR "))]


def try_out(versions: dict[str, str], folder: Path) -> list[str]:
    """Run the fast part with `versions` in an environment in `folder`; return what broke."""
    shutil.rmtree(folder, ignore_errors=True)
    python = folder / "bin" / "python"
    wanted = [f"{name}=={version}" for name, version in versions.items()]
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements/dev.txt"],
        [str(python), "-m", "pip", "install", "--quiet", *wanted],
    ):
        subprocess.run(command, cwd=ROOT, check=True)
    done = subprocess.run(
        [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *FAST],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = broken(done.stdout)
    # It may not even have come to tests.
    return found or ([] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()[-20:])


def main() -> int:
    """Say what breaks with the newest versions. Always 0."""
    try:
        versions = ask_registry()
        if not versions:
            print("The newest versions are those that are pinned.")
            return 0
        print("Newer than pinned:", ", ".join(f"{name} {version}" for name, version in versions.items()))
        found = try_out(versions, ROOT / "var" / "newest")
    except (subprocess.SubprocessError, OSError, json.JSONDecodeError) as error:
        print(f"Could not be tried: {error}")
        return 0
    print("\n".join(["With them this breaks:", *found]) if found else "Nothing breaks with them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
