"""Where the embedded server keeps its things."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from .errors import DatabaseError

# The kernel refuses longer socket paths (sockaddr_un.sun_path is 108 bytes with the closing zero).
MAX_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"
SHORT_ROOT = Path("/tmp")  # noqa: S108 (the folder below it is checked for owner and mode)


@dataclass(frozen=True)
class Layout:
    """Paths of one embedded server; `var` is the project's folder for everything made at run time."""

    var: Path

    @property
    def data(self) -> Path:
        return self.var / "postgres"

    @property
    def log(self) -> Path:
        return self.var / "postgres.log"

    @property
    def start_lock(self) -> Path:
        return self.var / "postgres.lock"

    @property
    def users_lock(self) -> Path:
        return self.var / "postgres.users"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def sockets(self) -> Path:
        """Folder of the socket: `var/postgres-socket`, or a short one when that path is too long.

        The short one depends on the user and the data folder only, never on TMPDIR or
        XDG_RUNTIME_DIR: a cron job and a login shell must find the same server.
        """
        near = self.var / "postgres-socket"
        if len(os.fsencode(near / SOCKET_NAME)) <= MAX_SOCKET_PATH:
            return near
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return SHORT_ROOT / f"thinka-{os.geteuid()}-{digest}"

    @property
    def socket(self) -> Path:
        return self.sockets / SOCKET_NAME


def layout_for(var: Path | str) -> Layout:
    """The layout below `var`, whose links are resolved: one folder, one server."""
    return Layout(Path(var).resolve())


def make_private_folder(folder: Path, owner: int) -> None:
    """Make `folder` for `owner` (uid) with mode 0700, or refuse one that somebody else made.

    In a folder that all may write to, a stranger could have made it first, to listen in.
    """
    try:
        folder.mkdir(mode=0o700)
        if owner != os.geteuid():
            os.chown(folder, owner, -1)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        raise DatabaseError(
            f"The folder {folder} for the database's socket belongs to another user or is no folder.\n"
            "Remove it, then start again."
        )
    if found.st_uid != owner:
        os.chown(folder, owner, -1)
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
