"""A room imports only from rooms below it. What it needs of one above, settings, signals and hooks bring."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("thinka_portal", "search", "knowledge", "home", "sites")


def imported(source: str) -> Iterator[str]:
    """Yield the names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def climbing(room: str, source: str) -> set[str]:
    """Return what a file of `room` imports from rooms above it."""
    above = ROOMS[: ROOMS.index(room)]
    return {module for module in imported(source) if module.partition(".")[0] in above}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_downwards(room):
    files = {path.relative_to(ROOT): path.read_text("utf-8") for path in (ROOT / room).rglob("*.py")}
    assert files
    found = {str(path): names for path, text in files.items() if (names := climbing(room, text))}
    assert found == {}


def test_an_import_that_climbs_is_found():
    inside = "def later():\n    from search.kinds import kinds\n    import home.models\n"
    assert climbing("sites", inside) == {"search.kinds", "home.models"}
    assert climbing("knowledge", inside) == {"search.kinds"}
    assert climbing("search", inside) == set()
