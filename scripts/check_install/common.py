"""What the parts of the check share."""

import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Seen inside and outside: the output, and the outcome as a number.
SHARED = Path("/run/portal-check")
PORTAL = Path("/srv/portal")


class CheckError(Exception):
    """The check failed; the message says where."""


class MissingError(CheckError):
    """This machine lacks what the check needs."""


def say(text: str) -> None:
    print(text, flush=True)


def require(condition: object, claim: str, found: object = "") -> None:
    """Say `claim`. Raises CheckError where it is not true."""
    if not condition:
        raise CheckError(f"Not so: {claim}. Found: {str(found)[:600]}")
    say(f"ok: {claim}")


def wait_for(what: str, found, seconds: int = 30):
    """Return what `found` returns as soon as that is something. Raises CheckError when it takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.1)
    raise CheckError(f"{what} did not come within {seconds} seconds.")


def output_of(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def git(*arguments: str) -> str:
    return output_of("git", *arguments)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)
