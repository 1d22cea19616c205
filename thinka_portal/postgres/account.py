"""Under which account the server runs: PostgreSQL refuses to start as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import USE_DATABASE_URL, DatabaseError
from .layout import Layout


@dataclass(frozen=True)
class Account:
    """`prefix` goes before each server command; `uid` and `gid` own the server's files."""

    prefix: tuple[str, ...]
    uid: int
    gid: int


def choose_account(layout: Layout, binaries: Path, euid: int | None = None) -> Account:
    """The account to run the server of `layout` under. Raises `DatabaseError` when there is none.

    A normal user: the same user. Root: a user namespace in which root's files belong to an
    ordinary account, so that nothing changes its owner or permissions; where namespaces are
    switched off, the account `nobody`, if it can reach the server's programs and data as they are.
    """
    euid = os.geteuid() if euid is None else euid
    if euid != 0:
        return Account((), euid, os.getegid())
    found = _namespace_account(layout) or _nobody_account(layout, binaries)
    if found is None:
        raise DatabaseError(
            "The embedded database can't run as root here: user namespaces are switched off, and an\n"
            f"unprivileged account can't reach {layout.var} and {binaries}.\n"
            "Start the portal as a normal user. " + USE_DATABASE_URL
        )
    return found


def _namespace_account(layout: Layout) -> Account | None:
    if layout.data.exists() and layout.data.stat().st_uid != 0:
        return None  # made by `nobody` before: inside the namespace it would be a stranger's
    unshare = shutil.which("unshare")
    ordinary = _ordinary_user()
    if not unshare or not ordinary:
        return None
    # initdb looks up the name of its user, so the number must be one that /etc/passwd knows.
    prefix = (unshare, "--user", f"--map-user={ordinary.pw_uid}", f"--map-group={ordinary.pw_gid}")
    return Account(prefix, 0, 0) if _works([*prefix, "true"]) else None


def _ordinary_user() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        return next((entry for entry in pwd.getpwall() if entry.pw_uid != 0), None)


def _nobody_account(layout: Layout, binaries: Path) -> Account | None:
    setpriv = shutil.which("setpriv")
    ordinary = _ordinary_user()
    if not setpriv or not ordinary:
        return None
    uid, gid = ordinary.pw_uid, ordinary.pw_gid
    prefix = (setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--")
    # var/ is the project's own: passing through it may be allowed. Folders above it are not touched.
    layout.var.chmod(layout.var.stat().st_mode | 0o011)
    needed = (
        [str(binaries / "initdb"), "--version"],
        [str(binaries / "postgres"), "--version"],
        ["test", "-x", str(layout.var)],
    )
    reachable = all(_works([*prefix, *command]) for command in needed)
    return Account(prefix, uid, gid) if reachable else None


def _works(command: list[str]) -> bool:
    try:
        return (
            subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd="/"
            ).returncode
            == 0
        )
    except OSError:
        return False
