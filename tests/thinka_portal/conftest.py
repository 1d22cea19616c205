import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.thinka_portal.launching import Runner, clean_up, root_runner, user_runner


@pytest.fixture
def make_var() -> Iterator[Callable[..., Path]]:
    """Makes `var` folders inside a folder that only their owner (uid) may enter; removes them afterwards."""
    made: list[Path] = []

    def make(owner: int, *below: str) -> Path:
        # Not tmp_path: its parents belong to whoever runs the tests, and its paths are long.
        top = Path(tempfile.mkdtemp(prefix="launch-", dir="/tmp"))
        folder = top
        for name in below:
            folder = folder / name
            folder.mkdir(mode=0o700)
        for path in (top, *sorted(top.rglob("*"))):
            os.chown(path, owner, -1)
        made.append(folder / "var")
        return folder / "var"

    yield make
    for var in made:
        clean_up(var)
        top = next(parent for parent in var.parents if parent.name.startswith("launch-"))
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture(params=["root", "user"])
def runner(request: pytest.FixtureRequest) -> Runner:
    """The test runs once as root and once as a normal user."""
    found = root_runner() if request.param == "root" else user_runner()
    if found is None:
        pytest.skip(f"this system lets nobody become {request.param} here (no user namespaces, no setpriv)")
    return found
