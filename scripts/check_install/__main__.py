"""Follow docs/operators/install.md and backup.md to the letter, on this machine, and look at what came of it.

Usage, as root on Debian: python3 scripts/check_install
It ends with 0, with 1 where the pages don't lead to a running site, with 3 where this machine can't try that.

The commands in the pages' ```sh blocks run as they stand there, in the order of the pages, with the files of
deploy/. They run in a copy of this machine that lasts as long as the check: a root folder laid over this one
in memory, with processes, network and cgroups of its own and with systemd as its first process. So nothing of
it reaches the machine, and all of it ends with the check. SUBSTITUTES in pages.py says what stands in for a
command; each is printed.

Runs under the system's Python with nothing installed, so it uses the standard library only.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from common import ROOT, SHARED, CheckError, MissingError, say
from looks import (
    look_at_files,
    look_at_health,
    look_at_restarts,
    look_at_restored,
    look_at_secrets,
    look_at_site,
)
from machine import machine, outside
from pages import PAGES, script
from stand_ins import account, bootstrap, checkout, publish_update, start_database


def inside() -> int:
    """Follow the pages, look at the site after each. Returns the exit code."""
    (SHARED / "outcome.new").write_text("1")
    try:
        start_database()
        follow_page(PAGES[0])
        look_at_site()
        look_at_health()
        look_at_files()
        look_at_secrets()
        look_at_restarts()
        publish_update()
        follow_page(PAGES[1])
        look_at_restored()
        (SHARED / "outcome.new").write_text("0")
    except (CheckError, subprocess.CalledProcessError, OSError, AssertionError) as error:
        print(f"\nFAILED: {error}", flush=True)
        for unit in ("portal-web", "portal-worker", "postgresql", "nginx"):
            print(f"\n-- {unit}", flush=True)
            subprocess.run(["systemctl", "status", "--no-pager", "--full", "--lines", "25", unit])
        subprocess.run(["tail", "-n", "25", "/var/log/nginx/error.log"])
        print("\n-- systemd", flush=True)
        print("\n".join((SHARED / "console").read_text(errors="replace").splitlines()[-25:]))
    finally:
        sys.stdout.flush()
        (SHARED / "outcome.new").rename(SHARED / "outcome")
    return 0


def follow_page(page: str) -> None:
    say(f"\n== {page}")
    done = subprocess.run(["bash", "-c", script(ROOT / page)], stdin=subprocess.DEVNULL, cwd="/root")
    if done.returncode:
        raise CheckError(f"The last command above, of {page}, ended with {done.returncode}.")


PARTS = {"inside": inside, "checkout": checkout, "bootstrap": bootstrap, "account": account}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    # Not for people: what the check calls itself with.
    parser.add_argument("--part", choices=[*PARTS, "machine"], help=argparse.SUPPRESS)
    parser.add_argument("--shared", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    try:
        if options.part == "machine":
            machine(options.shared)
        return (PARTS[options.part] if options.part else outside)() or 0
    except CheckError as error:
        print(f"The installation was not checked. {error}" if not options.part else error, file=sys.stderr)
        return 3 if isinstance(error, MissingError) else 1


if __name__ == "__main__":
    sys.exit(main())
