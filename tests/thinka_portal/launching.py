"""Start the launcher as root and as a normal user, whoever runs the tests."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

from thinka_portal.postgres import layout_for
from thinka_portal.postgres.process import find_postmaster

DRIVER = Path(__file__).with_name("drive_launcher.py")
NOBODY = 65534


@dataclass(frozen=True)
class Runner:
    """How to start a program as a certain user; `uid` owns the folders that it uses."""

    prefix: tuple[str, ...]
    uid: int

    def command(self, var: Path, action: str, *options: str) -> list[str]:
        return [*self.prefix, sys.executable, str(DRIVER), str(var), action, *options]

    def drive(self, var: Path, action: str, *options: str) -> dict:
        """Run the driver to its end; returns what it printed."""
        done = subprocess.run(
            self.command(var, action, *options),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
        )
        assert done.stdout, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def hold(self, var: Path) -> subprocess.Popen:
        """Start the driver that keeps the server until it gets a line; returns it before it is ready."""
        return subprocess.Popen(
            self.command(var, "hold"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/"
        )


def works(*command: str) -> bool:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, cwd="/").returncode == 0
    except OSError:
        return False


def root_runner() -> Runner | None:
    """Root: ourselves, else root of a user namespace; None where the system has neither."""
    if os.geteuid() == 0:
        return Runner((), 0)
    prefix = ("unshare", "--user", "--map-root-user")
    return Runner(prefix, os.geteuid()) if works(*prefix, sys.executable, "-c", "") else None


def user_runner() -> Runner | None:
    """A normal user: ourselves, else `nobody`; None where root can't become that."""
    if os.geteuid() != 0:
        return Runner((), os.geteuid())
    become = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    # Python and the checkout may lie where only root may read, so reading may be allowed on top.
    for capability in ("", "dac_read_search", "dac_override"):
        extra = (f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}") if capability else ()
        prefix = (*become, *extra, "--")
        if works(*prefix, sys.executable, "-c", "import psycopg") and works(
            *prefix, "test", "-r", str(DRIVER)
        ):
            return Runner(prefix, NOBODY)
    return None


def query(var: Path, statement: str, user: str = "portal", database: str = "portal") -> list[tuple]:
    """What the server below `var` answers."""
    address = {"host": str(layout_for(var).sockets), "dbname": database, "user": user}
    with psycopg.connect(**address, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def postmaster_pid(var: Path) -> int | None:
    found = find_postmaster(layout_for(var))
    return found.pid if found else None


def modes(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode, owner and group of all folders above `folder`."""
    return {
        parent: (found.st_mode, found.st_uid, found.st_gid)
        for parent in folder.parents
        for found in [parent.stat()]
    }


def clean_up(var: Path) -> None:
    """Stop what a test left running below `var`, then remove its folder and its short socket folder."""
    from thinka_portal import postgres

    postgres.stop(var)
    sockets = layout_for(var).sockets
    shutil.rmtree(var, ignore_errors=True)
    shutil.rmtree(sockets, ignore_errors=True)
