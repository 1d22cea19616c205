import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from sites.rls.install import fingerprint
from tests.factories import ContentPageFactory

NOTHING_WRONG = ["page: 0 wrong", "collection: 0 wrong", "All readers are right."]
TABLES = {
    "page": "wagtailcore_page",
    "collection": "wagtailcore_collection",
}


@pytest.fixture
def verify(capsys):
    """Calls the command; returns the lines that it printed, the error last."""

    def call(**options) -> list[str]:
        try:
            call_command("rls_verify", **options)
        except CommandError as error:
            return [*capsys.readouterr().out.splitlines(), f"ERROR {error}"]
        return capsys.readouterr().out.splitlines()

    return call


def spoil(kind: str, row_id: int) -> str:
    """Store wrong readers; return how the command names that."""
    table = sql.Identifier(TABLES[kind])
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT readers FROM {} WHERE id = %s").format(table), [row_id])
        right = cursor.fetchone()[0]
        cursor.execute(sql.SQL("UPDATE {} SET readers = '{{u:1}}' WHERE id = %s").format(table), [row_id])
    assert right
    return f"{kind} {row_id}: u:1 should be {', '.join(right)}"


def test_all_readers_of_the_world_are_right(world, verify):
    assert verify() == NOTHING_WRONG


@pytest.mark.parametrize("kind", TABLES)
def test_wrong_readers_are_named_and_put_right(kind, traeger_a, verify):
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Verstellt")
    named = [spoil(kind, {"page": page.pk, "collection": traeger_a.collection_id}[kind])]
    counts = [f"{each}: {sum(line.startswith(f'{each} ') for line in named)} wrong" for each in TABLES]
    found = [*named, *counts]
    error = f"ERROR {len(named)} are wrong. This puts them right: manage.py rls_verify --fix"
    assert verify() == [*found, error]
    assert verify() == [*found, error]
    assert verify(fix=True) == [*found, f"{len(named)} put right.", "All readers are right."]
    assert verify() == NOTHING_WRONG


def test_an_internal_page_is_read_by_the_roles_of_its_traeger(traeger_a, traeger_b):
    internal = traeger_a.site.root_page.get_children().get(slug="intern")
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [internal.pk])
        readers = set(cursor.fetchone()[0])
    own = {f"g:{pk}" for pk in traeger_a.roles.values_list("group_id", flat=True)}
    assert readers == own


def test_every_process_takes_the_same_wall_for_the_same():
    """The order of sets is another one in each process; web processes refuse RLS of another version."""
    command = "import django; django.setup(); from sites.rls.install import fingerprint; print(fingerprint())"
    found = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", command],
            cwd=settings.BASE_DIR,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert found == {f"{fingerprint()}\n"}
