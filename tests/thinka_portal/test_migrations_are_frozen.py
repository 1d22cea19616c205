"""Migrations say what a database was like then: they import nothing that changes later, and lack nothing."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

BASE = Path(settings.BASE_DIR)
FILES = sorted(BASE.glob("*/migrations/[0-9]*.py"))
OURS = {path.parent.name for path in BASE.glob("*/__init__.py")}
# Wagtail's blocks stand in migrations as text, and are imported by it.
PATH = re.compile(rf"({'|'.join(sorted(OURS))})(\.\w+){{2,}}")


def taken_from_us(source: str) -> list[str]:
    """Return what the source of a migration imports from our packages."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            # Relative ones, too.
            names = [node.module or "" if not node.level else f"sites.{node.module or ''}"]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and PATH.fullmatch(node.value):
            names = [node.value]
        else:
            continue
        found += [name for name in names if name.partition(".")[0] in OURS]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]} {path.stem}")
def test_a_migration_imports_nothing_of_ours(path):
    assert taken_from_us(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import sites.fields.dates",
        "from sites.rls.install import sql",
        "import home",
        "from . import helpers",
        "from ..models import Page",
        'x = {0: ("home.blocks.text.TextBlock", (), {})}',
        "def change():\n    from knowledge.models import MethodPage",
    ],
)
def test_what_would_be_found(source):
    assert taken_from_us(source)


def test_models_and_migrations_agree(db):
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes" in said.getvalue()
