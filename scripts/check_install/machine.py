"""The copy of this machine, and what it is made of."""

import contextlib
import ctypes
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from common import SHARED, MissingError, mount
from pages import HERE, ME, commands

# How long everything may take, in seconds.
PATIENCE = 900
# Programs that every Debian has; the pages' packages are installed inside.
NEEDED = ("unshare", "mount", "pivot_root", "git", "tar", "apt-get")
SYSTEMD = Path("/lib/systemd/systemd")


def outside() -> int:
    """Start the copy of this machine, show what happens in it, and end it. Returns the exit code."""
    require_means()
    # So that what is below is undone then, too.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="portal-check-") as name, own_cgroup() as cgroup:
        shared = Path(name)
        (shared / "output").touch()
        (shared / "root").mkdir()

        def prepare() -> None:
            # Ends with the check, also when that is killed.
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)
            (cgroup / "cgroup.procs").write_text(str(os.getpid()))

        spaces = ["--mount", "--pid", "--ipc", "--uts", "--cgroup", "--fork", "--kill-child"]
        begin = time.monotonic()
        with (shared / "console").open("wb") as console:
            machine = subprocess.Popen(
                ["unshare", *spaces, sys.executable, HERE, "--part", "machine", "--shared", name],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                preexec_fn=prepare,
            )
            try:
                follow(machine, shared, begin + PATIENCE)
            finally:
                cost = (
                    f"{time.monotonic() - begin:.0f} seconds, {processor_seconds(cgroup):.0f} of a processor"
                )
                machine.kill()
                machine.wait()
        outcome = shared / "outcome"
        if outcome.exists() and outcome.read_text() == "0":
            print(f"The pages lead to a running site. {cost}.")
            return 0
        if not outcome.exists():
            sys.stdout.write((shared / "console").read_text(errors="replace")[-4000:])
            print("The check was not brought to its end, see above.", file=sys.stderr)
        return 1


def processor_seconds(cgroup: Path) -> float:
    """Return how long the processors have worked for the copy."""
    used = re.search(r"usage_usec (\d+)", (cgroup / "cpu.stat").read_text())
    return int(used[1]) / 1_000_000


def require_means() -> None:
    """Raise MissingError where this machine can't be copied."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if os.geteuid():
        missing.append("the rights of root")
    if not SYSTEMD.exists():
        missing.append("systemd (apt-get install systemd)")
    if "overlay" not in Path("/proc/filesystems").read_text():
        missing.append("overlayfs in the kernel")
    if missing:
        raise MissingError(f"Needed for this check and missing: {', '.join(missing)}.")


@contextlib.contextmanager
def own_cgroup() -> Iterator[Path]:
    """Make a cgroup for the copy, so that its systemd sees and touches no other. Yields the folder."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    found = [mount[1] for mount in mounts if mount[2] == "cgroup2"]
    if not found:
        raise MissingError("Needed for this check and missing: a mounted cgroup2.")
    folder = Path(found[0]) / f"portal-check-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        for _try in range(50):  # the kernel takes a moment to forget the last process
            for path, _folders, _files in os.walk(folder, topdown=False):
                with contextlib.suppress(OSError):
                    os.rmdir(path)
            if not folder.exists():
                break
            time.sleep(0.1)


def follow(machine: subprocess.Popen, shared: Path, end: float) -> None:
    """Show what the copy says, until there is an outcome or it has ended or `end` has come."""
    with (shared / "output").open("rb") as output:
        while True:
            over = (shared / "outcome").exists() or machine.poll() is not None
            sys.stdout.write(output.read().decode(errors="replace"))
            sys.stdout.flush()
            if over:
                return
            if time.monotonic() > end:
                print(f"Stopped after {PATIENCE} seconds.", file=sys.stderr)
                return
            time.sleep(0.2)


def machine(shared: Path) -> None:
    """Lay the copy's root folder over this machine's, install packages, then become its systemd."""
    root = shared / "root"
    mount("--make-rprivate", "/")
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(root))
    (root / "upper").mkdir()
    (root / "work").mkdir()
    (root / "whole").mkdir()
    layers = f"lowerdir=/,upperdir={root}/upper,workdir={root}/work"
    root = root / "whole"
    mount("-t", "overlay", "overlay", "-o", layers, str(root))
    mount("-t", "proc", "proc", str(root / "proc"))
    # Nothing in here changes the kernel's settings.
    mount("--bind", str(root / "proc/sys"), str(root / "proc/sys"))
    mount("-o", "remount,bind,ro", str(root / "proc/sys"))
    mount("-t", "sysfs", "-o", "ro", "sysfs", str(root / "sys"))
    with contextlib.suppress(subprocess.CalledProcessError):
        mount("-t", "tmpfs", "tmpfs", str(root / "sys/fs/cgroup"))
    mount("-t", "cgroup2", "cgroup2", str(root / "sys/fs/cgroup"))
    for folder in ("run", "dev"):
        mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(root / folder))
    devices(root / "dev")
    here = root / SHARED.relative_to("/")
    here.mkdir()
    mount("--bind", str(shared), str(here))
    install_packages(root)
    write_units(root)
    # Not chroot: in one, nobody may make namespaces for users, and the services have such.
    os.chdir(root)
    subprocess.run(["pivot_root", ".", "mnt"], check=True)
    os.chdir("/")
    subprocess.run(["umount", "--lazy", "/mnt"], check=True)
    isolated = ["unshare", "--net", "env", "-i", "container=portal-check"]
    path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    options = ["--system", "--unit=portal-check.service", "--log-target=journal", "--show-status=no"]
    os.execvp("unshare", [*isolated, path, str(SYSTEMD), *options])  # noqa: S606


def devices(dev: Path) -> None:
    """Fill the folder `dev` with what programs ask for."""
    for name in ("null", "zero", "full", "random", "urandom", "tty"):
        (dev / name).touch()
        mount("--bind", f"/dev/{name}", str(dev / name))
    for name in ("pts", "shm"):
        (dev / name).mkdir()
    mount("-t", "devpts", "-o", "newinstance,ptmxmode=0666", "devpts", str(dev / "pts"))
    mount("-t", "tmpfs", "tmpfs", str(dev / "shm"))
    (dev / "ptmx").symlink_to("pts/ptmx")
    (dev / "fd").symlink_to("/proc/self/fd")


def install_packages(root: Path) -> None:
    """Install the packages that the pages name and this machine lacks, but for PostgreSQL's own."""
    named = [
        package
        for line in commands().splitlines()
        if line.startswith("apt-get install")
        for package in shlex.split(line)[2:]
        if not package.startswith(("-", "postgresql"))
    ]
    installed = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"], stdout=subprocess.PIPE, text=True
    ).stdout
    wanted = [name for name in named if f"installed {name}\n" not in installed]
    if not wanted:
        return
    # Nothing starts by being installed: the network is still the machine's own.
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    # /run is empty in there, and with some machines it holds this file.
    names = Path("/etc/resolv.conf")
    if names.exists():
        target = root / str(names.resolve()).lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy(names, target)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["chroot", str(root), "apt-get", "-q", "-o", "Acquire::Retries=3"]
    subprocess.run([*apt, "update"], check=True, env=env)
    subprocess.run([*apt, "install", "-y", "--no-install-recommends", *wanted], check=True, env=env)
    policy.unlink()


def write_units(root: Path) -> None:
    """Leave of the machine's services only systemd itself, and add the check as one."""
    units = root / "lib/systemd/system"
    for folder in (units, root / "etc/systemd/system"):
        for wanted in folder.glob("*.wants"):
            shutil.rmtree(wanted)
    for folder in ("usr/lib/systemd/system-generators", "etc/systemd/system-generators"):
        shutil.rmtree(root / folder, ignore_errors=True)
    for name in ("sysinit", "basic", "local-fs"):
        (root / f"etc/systemd/system/{name}.target").write_text("[Unit]\nDefaultDependencies=no\n")
    journal = root / "etc/systemd/journald.conf.d"
    journal.mkdir(parents=True, exist_ok=True)
    # The kernel's own messages and its audit are the machine's.
    (journal / "check.conf").write_text("[Journal]\nStorage=volatile\nAudit=no\nReadKMsg=no\n")
    (root / "etc/systemd/system/portal-check.service").write_text(
        "[Unit]\nDefaultDependencies=no\nWants=systemd-journald.socket systemd-journald.service\n"
        "After=systemd-journald.service\n[Service]\nType=exec\nTimeoutStartSec=infinity\n"
        f"ExecStart=/bin/sh -c 'exec {ME} --part inside >{SHARED}/output 2>&1'\n"
    )
    (root / "etc/hosts").write_text("127.0.0.1 localhost portal.example.org\n::1 localhost\n")
    (root / "etc/machine-id").write_text("0" * 31 + "1\n")
