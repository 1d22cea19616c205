import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from sites.wall.install import fingerprint, wrong_readers
from tests.factories import ContentPageFactory


def test_all_readers_of_the_world_are_right(world, capsys):
    call_command("wall_verify")
    assert "All readers are right." in capsys.readouterr().out


def test_wrong_readers_are_named_and_put_right(traeger_a, capsys):
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Verstellt")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET readers = '{u:1}' WHERE id = %s", [page.pk])
    with pytest.raises(CommandError, match=r"1 pages with wrong readers.*: manage\.py wall_verify --fix"):
        call_command("wall_verify")
    call_command("wall_verify", fix=True)
    assert "1 pages put right." in capsys.readouterr().out
    assert wrong_readers() == []


def test_an_internal_page_is_read_by_the_roles_of_its_traeger(traeger_a, traeger_b):
    internal = traeger_a.site.root_page.get_children().get(slug="intern")
    with connection.cursor() as cursor:
        cursor.execute("SELECT readers FROM wagtailcore_page WHERE id = %s", [internal.pk])
        readers = set(cursor.fetchone()[0])
    own = {f"g:{pk}" for pk in traeger_a.roles.values_list("group_id", flat=True)}
    assert readers == own


def test_every_process_takes_the_same_wall_for_the_same():
    """The order of sets is another one in each process; web processes refuse a wall of another version."""
    command = (
        "import django; django.setup(); from sites.wall.install import fingerprint; print(fingerprint())"
    )
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
