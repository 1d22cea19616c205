#!/usr/bin/env python3
"""Make the checkout ready: Python packages, front-end packages, styles and translations.

Usage: python3 scripts/bootstrap.py local|dev

Runs under the system's Python with nothing installed, so it uses the standard library only, and it keeps
to old syntax, so that an old Python can still say that it is too old. Each step is skipped when nothing
changed since it last succeeded.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMPS = os.path.join(VENV, "stamps.json")
NEEDED_PYTHON = (3, 11)
NEEDED_NODE = 20
# How the system says that a folder can't be written to.
READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class SetUpError(Exception):
    """The set-up can't go on; the message says what to do."""


def main():
    if sys.version_info < NEEDED_PYTHON:
        raise SetUpError(
            f"The portal needs Python {dotted(NEEDED_PYTHON)} or newer; {sys.executable} is "
            f"Python {dotted(sys.version_info[:2])}.\n"
            "Is a newer one installed? Then name it, for example: make run PYTHON=python3.12\n"
            "Debian 12, Ubuntu 24.04 and newer bring one."
        )
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted not in ("local", "dev"):
        raise SetUpError("Usage: python3 scripts/bootstrap.py local|dev")
    with alone():
        make_venv()
        install_python(wanted)
        install_front_end()
        # Both look for themselves whether there is anything to do.
        run([PYTHON, "-m", "thinka_portal.frontend"], "The styles could not be built.", quiet=True)
        run([PYTHON, "-m", "thinka_portal.messages"], "The translations could not be compiled.", quiet=True)


@contextlib.contextmanager
def alone():
    """Two starts at once must not install over each other: wait for the other one.

    In a checkout that nobody may write to, nothing is installed either.
    """
    try:
        os.makedirs(os.path.join(ROOT, "var"), exist_ok=True)
        lock = open(os.path.join(ROOT, "var", "bootstrap.lock"), "w")  # noqa: SIM115 - closed below
    except OSError as error:
        if error.errno not in READ_ONLY:
            raise
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def require_writable():
    """Raise `SetUpError` where packages are to be installed and the checkout can't be written to."""
    try:
        os.makedirs(VENV, exist_ok=True)
        with tempfile.TemporaryFile(dir=VENV):
            pass
    except OSError as error:
        if error.errno not in READ_ONLY:
            raise
        raise SetUpError(
            f"{ROOT} can't be written to, and not all packages are installed there.\n"
            "Start once with the right to write there (as its owner, or before it is mounted read-only):\n"
            "  make run\n"
            "Afterwards it runs from there with PORTAL_VAR set to a folder that can be written to."
        ) from None


def make_venv():
    """Make .venv, anew when it is broken: a moved checkout, a removed Python, a package that lost files."""
    if works([PYTHON, "-c", f"import pip, sys; sys.exit(sys.version_info < {NEEDED_PYTHON})"]):
        damaged = damaged_packages()
        if not damaged:
            return
        print("Files of these packages are missing or cut off: " + ", ".join(damaged))
    require_writable()
    say("Making a virtual environment in .venv")
    command = [sys.executable, "-m", "venv", "--clear", VENV]
    if not works([sys.executable, "-c", "import venv, ensurepip"]):
        raise SetUpError(
            "Python's module for virtual environments is missing. On Debian and Ubuntu install it with\n"
            "  apt-get install python3-venv\n"
            f"(for another Python than the system's: python{dotted(sys.version_info[:2])}-venv),\n"
            "then start again."
        )
    run(command, "The virtual environment could not be made.", quiet=True)


# Runs under the Python of .venv: which packages are there, and whether their files are as they should be.
INSPECT = """
import json, os
from importlib.metadata import distributions

def whole(file):
    try:
        return file.size is None or os.stat(file.locate()).st_size == file.size
    except OSError:
        return False

found = {d.metadata["Name"]: all(map(whole, d.files or ())) and d.files is not None for d in distributions()}
print(json.dumps(found))
"""


def packages():
    """Return the installed packages by name, and whether all of their files are there, with their length."""
    result = subprocess.run(
        [PYTHON, "-c", INSPECT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        return json.loads(result.stdout.decode())
    except ValueError:
        return {"": False}


def damaged_packages():
    """Return the names of the packages that were installed and are not there as they were."""
    found = packages()
    missing = set(stamp("packages") or ()) - set(found)
    return sorted(missing.union(name or "of an unknown name" for name, whole in found.items() if not whole))


def install_python(wanted):
    """Install requirements/<wanted>.txt; pip checks the hash of each file."""
    path = os.path.join(ROOT, "requirements", wanted + ".txt")
    digest = digest_of(path)
    if stamp("python-" + wanted) == digest:
        return
    # What `dev` has installed holds all of `local`.
    everything = os.path.join(ROOT, "requirements", "dev.txt")
    if wanted == "local" and stamp("python-dev") == digest_of(everything):
        return
    require_writable()
    say("Installing Python packages (a minute or two)")
    pip_install(path, "The Python packages could not be installed.")
    stamp("packages", sorted(packages()))
    stamp("python-" + wanted, digest)


def pip_install(path, failure):
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", path]
    command += ["--disable-pip-version-check", "--no-input"]
    environment = dict(os.environ, PIP_ROOT_USER_ACTION="ignore")
    run(command, failure + " Is there an Internet connection, and room on the disk?", env=environment)


def install_front_end():
    """Install the npm packages of the lockfile; npm checks the hash of each file."""
    digest = digest_of(os.path.join(ROOT, "package.json"), os.path.join(ROOT, "package-lock.json"))
    if stamp("npm") == digest and front_end_is_whole():
        return
    require_writable()
    npm = find_npm()
    if npm is None:
        say("Installing Node for the front-end packages")
        node = os.path.join(ROOT, "requirements", "node.txt")
        pip_install(node, "Node could not be installed.")
        npm = os.path.join(VENV, "bin", "npm")
    say("Installing front-end packages")
    # npm starts `node` by name: the one that belongs to it must come first.
    path = os.path.dirname(npm) + os.pathsep + os.environ.get("PATH", "")
    run(
        # Packages' own scripts are not run: styles and fonts need none.
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        "The front-end packages could not be installed. Is there an Internet connection?",
        quiet=True,
        env=dict(os.environ, PATH=path),
    )
    stamp("npm", digest)


def front_end_is_whole():
    """Tell whether all packages are there that npm has noted."""
    folder = os.path.join(ROOT, "node_modules")
    try:
        with open(os.path.join(folder, ".package-lock.json")) as file:
            noted = json.load(file)["packages"]
    except (OSError, ValueError, KeyError):
        return False
    return all(os.path.isfile(os.path.join(ROOT, path, "package.json")) for path in noted)


def find_npm():
    """The path of npm next to a Node that is new enough: the machine's or one in .venv; else None."""
    for folder in [None, os.path.join(VENV, "bin")]:
        node = shutil.which("node", path=folder)
        npm = shutil.which("npm", path=folder)
        if not node or not npm:
            continue
        result = subprocess.run([node, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        major = result.stdout.decode().strip().lstrip("v").split(".")[0]
        if result.returncode == 0 and major.isdigit() and int(major) >= NEEDED_NODE:
            return npm
    return None


def digest_of(*paths):
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamp(name, value=None):
    """What was last done under `name`; with `value`, remember that. Lives in .venv and ends with it."""
    try:
        with open(STAMPS) as file:
            stamps = json.load(file)
    except (OSError, ValueError):
        stamps = {}
    if value is not None:
        stamps[name] = value
        with open(STAMPS + ".new", "w") as file:
            json.dump(stamps, file)
        os.replace(STAMPS + ".new", STAMPS)
    return stamps.get(name)


def dotted(version):
    return ".".join(str(part) for part in version)


def works(command):
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def run(command, failure, quiet=False, env=None):
    """Run `command` in the checkout; show what it printed only when it fails, if `quiet`."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if quiet else {}
    result = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=env, **output)
    if result.returncode:
        if quiet:
            sys.stderr.write(result.stdout.decode("utf-8", "replace"))
        raise SetUpError(failure)


def say(text):
    print(text + " …", flush=True)


if __name__ == "__main__":
    try:
        main()
    except SetUpError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"The set-up stopped: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped. The next start goes on from here.")
