"""Small programs of the set-up: translations, lock files, the first step of `make`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from scripts import bootstrap, check_addresses, check_messages
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


def test_make_alone_lists_the_targets():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("run", "test", "stop", "lint", "messages", "requirements"):
        assert f"\n  {target} " in done.stdout
