"""Is the server running? What its pid file says, and whether that is still true."""

import os
from dataclasses import dataclass
from pathlib import Path

from .layout import Layout

PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """A running server: its process id, and whether it takes connections yet."""

    pid: int
    ready: bool


def find_postmaster(layout: Layout) -> Postmaster | None:
    """The running server of `layout`, or None; a pid file that a kill -9 left behind counts for nothing."""
    try:
        lines = layout.pid_file.read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    if not _serves(pid, layout.data):
        return None
    # Line 8 is the server's status, see src/include/utils/pidfile.h of PostgreSQL.
    return Postmaster(pid, ready=len(lines) >= 8 and lines[7].strip() == "ready")


def survivors(layout: Layout) -> list[int]:
    """Process ids of helpers that outlived a killed server; they end by themselves soon."""
    found = []
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit() and _is_postgres(int(entry.name)) and _serves(int(entry.name), layout.data):
            found.append(int(entry.name))
    return found


def remove_stale_files(layout: Layout) -> None:
    """Remove what a killed server left. Call only under the start lock, when no server is running.

    The server itself removes them only when no process has the old number: after a reboot, or in a
    container that counts from 1 again, another process often has it.
    """
    for path in (layout.pid_file, layout.socket, layout.socket.with_name(layout.socket.name + ".lock")):
        path.unlink(missing_ok=True)


def is_alive(pid: int) -> bool:
    """Whether the process `pid` exists and has not ended (a zombie has)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return "\nState:\tZ" not in (PROC / str(pid) / "status").read_text()
    except OSError:
        return not PROC.is_dir()


def _serves(pid: int, data: Path) -> bool:
    """Whether `pid` is a process that works in the folder `data`, as each PostgreSQL process does."""
    if not is_alive(pid):
        return False
    if not PROC.is_dir():
        return True  # no way to look closer on this system; the connection will tell
    try:
        return (PROC / str(pid) / "cwd").samefile(data)
    except OSError:
        return False


def _is_postgres(pid: int) -> bool:
    try:
        return (PROC / str(pid) / "comm").read_text().strip() == "postgres"
    except OSError:
        return False
