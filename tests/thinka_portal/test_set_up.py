"""Small programs of the set-up: translations, lock files, the first step of `make`."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import polib
import pytest

from scripts import bootstrap, check_addresses, check_messages
from thinka_portal.database import var_dir
from thinka_portal.messages import compile_all

ROOT = Path(__file__).resolve().parents[2]

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Offer"\nmsgstr "Angebot"\n'


@pytest.fixture
def catalogue(tmp_path):
    path = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    return path


def test_translations_are_compiled_once(catalogue, tmp_path):
    target = catalogue.with_suffix(".mo")
    assert compile_all(tmp_path) == [target]
    assert polib.mofile(str(target)).find("Offer").msgstr == "Angebot"
    assert compile_all(tmp_path) == []
    later = target.stat().st_mtime_ns + 10**9
    os.utime(catalogue, ns=(later, later))
    assert compile_all(tmp_path) == [target]
    assert [path.name for path in catalogue.parent.iterdir() if path.suffix not in (".po", ".mo")] == []


def test_missing_and_guessed_translations_are_found(catalogue):
    untranslated = 'msgid "Event"\nmsgstr ""\n'
    guessed = '#, fuzzy\nmsgid "News"\nmsgstr "Alt"\n'
    gone = '#~ msgid "Gone"\n#~ msgstr ""\n'
    catalogue.write_text("\n".join([PO, untranslated, guessed, gone]))
    assert check_messages.problems(catalogue) == ["untranslated: 'Event' (?)", "fuzzy: 'News' (?)"]


def test_new_texts_in_the_code_are_found(tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is not installed (apt-get install gettext)")
    project = tmp_path / "project"
    (project / "templates").mkdir(parents=True)
    (project / "templates" / "new.html").write_text(
        '{% load i18n %}{% translate "A text nobody translated" %}'
    )
    found = check_messages.problems(check_messages.collect(project, tmp_path / "copy"))
    assert found == ["untranslated: 'A text nobody translated' (templates/new.html)"]


def test_the_lock_files_name_no_addresses():
    assert check_addresses.problems() == []


@pytest.mark.parametrize(
    ("requirements", "packages", "expected"),
    [
        ("--index-url somewhere\n", {}, "requirements/base.txt:1: --index-url somewhere"),
        ("a @ https://example.org/a.whl\n", {}, "requirements/base.txt:1: a @ https://example.org/a.whl"),
        ("", {"resolved": "https://example.org/a.tgz", "integrity": "x"}, "package-lock.json: a: https://"),
        ("", {}, "package-lock.json: a has no hash"),
    ],
)
def test_an_address_in_a_lock_file_is_found(tmp_path, requirements, packages, expected):
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").write_text(requirements)
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": {"": {}, "a": packages}}))
    assert any(line.startswith(expected) for line in check_addresses.problems(tmp_path))


def test_an_old_python_is_refused_with_a_hint(monkeypatch):
    monkeypatch.setattr(bootstrap, "NEEDED_PYTHON", (99, 1))
    with pytest.raises(bootstrap.SetUpError, match=r"needs Python 99\.1 or newer(?s:.*)PYTHON="):
        bootstrap.main()


def test_a_missing_venv_module_names_the_package(monkeypatch):
    monkeypatch.setattr(bootstrap, "works", lambda _command: False)
    with pytest.raises(bootstrap.SetUpError, match=r"apt-get install python3-venv"):
        bootstrap.make_venv()


def test_the_first_step_runs_without_installed_packages():
    """It is what installs them; `-I -S` hides everything but the standard library."""
    command = [sys.executable, "-I", "-S", str(ROOT / "scripts" / "bootstrap.py")]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert done.stderr == "Usage: python3 scripts/bootstrap.py local|dev\n"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout in which everything is installed: two packages of Python, one of npm."""
    root = tmp_path / "checkout"
    monkeypatch.setattr(bootstrap, "ROOT", str(root))
    monkeypatch.setattr(bootstrap, "VENV", str(root / ".venv"))
    monkeypatch.setattr(bootstrap, "STAMPS", str(root / ".venv" / "stamps.json"))
    site = root / "site"
    for name in ("one", "two"):
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").write_text("x = 1\n")
        (site / f"{name}-1.dist-info").mkdir()
        (site / f"{name}-1.dist-info" / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
        )
        record = f"{name}/__init__.py,,6\n{name}/__pycache__/__init__.pyc,,\n{name}-1.dist-info/RECORD,,\n"
        (site / f"{name}-1.dist-info" / "RECORD").write_text(record)
    # Nothing else is there for the Python of this test.
    python = root / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{site}" exec {sys.executable} -S "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(bootstrap, "PYTHON", str(python))
    (root / ".venv").mkdir()
    bootstrap.stamp("packages", ["one", "two"])
    package = root / "node_modules" / "@kern-ux" / "native"
    package.mkdir(parents=True)
    (package / "package.json").write_text("{}")
    noted = {"packages": {"node_modules/@kern-ux/native": {}}}
    (root / "node_modules" / ".package-lock.json").write_text(json.dumps(noted))
    return root


DAMAGES = {
    "nothing": (lambda _site: None, []),
    "a file is gone": (lambda site: (site / "one" / "__init__.py").unlink(), ["one"]),
    "a file is cut off": (lambda site: (site / "two" / "__init__.py").write_text(""), ["two"]),
    "a folder is gone": (lambda site: shutil.rmtree(site / "one"), ["one"]),
    "what is noted is gone": (lambda site: (site / "one-1.dist-info" / "RECORD").unlink(), ["one"]),
    "all of it is gone": (
        lambda site: [shutil.rmtree(path) for path in site.glob("two*")],
        ["two"],
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_package_is_noticed(damage, checkout):
    act, names = DAMAGES[damage]
    act(checkout / "site")
    assert bootstrap.damaged_packages() == names


def test_a_damaged_environment_is_made_anew(checkout, monkeypatch, capsys):
    made = []
    monkeypatch.setattr(bootstrap, "works", lambda _command: True)
    monkeypatch.setattr(bootstrap, "run", lambda command, *_, **__: made.append(command))
    bootstrap.make_venv()
    assert made == []
    (checkout / "site" / "one" / "__init__.py").unlink()
    bootstrap.make_venv()
    assert made == [[sys.executable, "-m", "venv", "--clear", bootstrap.VENV]]
    assert "Files of these packages are missing or cut off: one" in capsys.readouterr().out


def test_damaged_packages_of_the_front_end_are_noticed(checkout):
    assert bootstrap.front_end_is_whole()
    package = checkout / "node_modules" / "@kern-ux" / "native" / "package.json"
    package.unlink()
    assert not bootstrap.front_end_is_whole()
    package.write_text("{}")
    (checkout / "node_modules" / ".package-lock.json").write_text("{")
    assert not bootstrap.front_end_is_whole()


def test_of_two_starts_one_waits(checkout, capsys):
    (checkout / "var").mkdir()
    with (checkout / "var" / "bootstrap.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        done = threading.Event()

        def begin():
            with bootstrap.alone():
                done.set()

        thread = threading.Thread(target=begin)
        thread.start()
        assert not done.wait(0.2)
    assert done.wait(30)
    thread.join()
    assert "Another start is installing; waiting for it …" in capsys.readouterr().out


# Root writes everywhere but where a file system is read-only.
BOUND = """
set -e
mount --bind "$1" "$1"
mount -o remount,ro,bind "$1"
exec "$2" "$1/scripts/bootstrap.py" local
"""


def read_only(folder: Path, python: str, **environment) -> subprocess.CompletedProcess:
    user = ("--user", "--map-root-user") if os.geteuid() else ()
    command = ["unshare", *user, "--mount", "sh", "-c", BOUND, "sh", str(folder), python]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return subprocess.run(command, env=kept | environment, capture_output=True, text=True, cwd="/")


def require_mounts(folder: Path) -> None:
    user = ("--user", "--map-root-user") if os.geteuid() else ()
    try_it = ["unshare", *user, "--mount", "mount", "--bind", str(folder), str(folder)]
    if not shutil.which("unshare") or subprocess.run(try_it, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a folder here")


def test_a_read_only_checkout_that_is_ready_works_with_its_var_elsewhere(tmp_path):
    require_mounts(ROOT)
    elsewhere = tmp_path / "var"
    compile_all()
    # Cutting fonts takes long.
    shutil.copytree(var_dir(ROOT) / "frontend", elsewhere / "frontend")
    (elsewhere / "frontend" / "portal.css").unlink()
    done = read_only(ROOT, sys.executable, PORTAL_VAR=str(elsewhere))
    assert done.returncode == 0, done.stderr
    assert (elsewhere / "frontend" / "portal.css").exists()


def test_a_read_only_checkout_in_which_something_is_missing_says_what_to_do(tmp_path):
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT / "scripts", copy / "scripts")
    require_mounts(copy)
    done = read_only(copy, sys.executable, PORTAL_VAR=str(tmp_path / "var"))
    assert done.returncode == 1
    assert f"{copy} can't be written to, and not all packages are installed there." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_before_anything_is_installed():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        listed = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True)
        steps = listed.stdout
        assert steps.index("thinka_portal.port") < steps.index("scripts/bootstrap.py")
        command = [sys.executable, "-S", "-m", "thinka_portal.port", "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"Port {port} is in use by another program" in done.stderr
    assert "Traceback" not in done.stderr


def test_make_alone_lists_the_targets():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("run", "test", "stop", "lint", "messages", "requirements"):
        assert f"\n  {target} " in done.stdout
