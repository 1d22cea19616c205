"""The look ahead at newer versions of Wagtail says what it found, and fails nothing."""

import subprocess
from functools import partial

import pytest

from scripts import check_newest

NEWER = partial(dict, wagtail="99.0")
REPORT = {"install": [{"metadata": {"name": "wagtail", "version": "99.0"}}]}


def test_what_pip_would_install_is_newer():
    assert check_newest.newer(REPORT) == {"wagtail": "99.0"}
    assert check_newest.newer({"install": []}) == {}


def no_registry():
    raise subprocess.CalledProcessError(1, "pip")


@pytest.mark.parametrize(
    ("registry", "found", "said"),
    [
        (dict, [], "The newest versions are those that are pinned."),
        (no_registry, [], "Could not be tried: "),
        (lambda: {"wagtail": "99.0"}, [], "Nothing breaks with them."),
        (
            lambda: {"wagtail": "99.0"},
            ["FAILED tests/x.py::test"],
            "With them this breaks:\nFAILED tests/x.py::test",
        ),
    ],
)
def test_it_is_said_and_never_an_error(registry, found, said, monkeypatch, capsys):
    monkeypatch.setattr(check_newest, "ask_registry", registry)
    monkeypatch.setattr(check_newest, "try_out", lambda versions, folder: found)
    assert check_newest.main() == 0
    assert said in capsys.readouterr().out


def test_the_summary_names_what_failed():
    output = "..F\nFAILED tests/a.py::test - assert\nERROR tests/b.py\n2 failed in 3s"
    assert check_newest.broken(output) == ["FAILED tests/a.py::test - assert", "ERROR tests/b.py"]
