import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sites.wall.install import wrong_readers
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
