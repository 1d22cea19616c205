"""No module takes the day of its import for today: a server runs for weeks, and tests run over midnight."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOMS = ("benchmarks", "home", "knowledge", "search", "sites", "thinka_portal", "tests")
DAYS = {"localdate", "today"}
# Of tests, which end within hours, instants may be made at the beginning.
INSTANTS = {"now", "localtime", "utcnow"}
BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what runs when a module is imported: all but the bodies of its functions."""
    yield node
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, BODIES):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from at_import(child)


def called(text: str) -> set[str]:
    """The names of the functions and methods that a module calls when it is imported."""
    calls = (node.func for node in at_import(ast.parse(text)) if isinstance(node, ast.Call))
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls}


def test_what_runs_at_import_is_told_from_what_runs_later():
    text = """
TODAY = timezone.localdate()
LATER = lambda: date.today()
def ask(day=now()):
    return localtime()
class Form:
    day = utcnow()
    def clean(self):
        return today()
"""
    assert called(text) == {"localdate", "now", "utcnow"}


def test_no_module_keeps_the_day_of_its_import():
    found = {}
    for room in ROOMS:
        for path in Path(settings.BASE_DIR, room).rglob("*.py"):
            text = path.read_text()
            names = {name for name in (DAYS if room == "tests" else DAYS | INSTANTS) if f"{name}(" in text}
            # To parse each file takes seconds.
            if names and (names := names & called(text)):
                found[str(path)] = names
    assert found == {}
