"""`manage.py wall`: what it says about every table, about one, and about one that nobody knows."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from sites.wall.derived import tables, walls
from sites.wall.startup import ANOTHER_WALL
from sites.wall.tables import FREE
from tests.web_role import step_down, step_up


@pytest.fixture
def output(db, capsys):
    def call(*arguments: str) -> list[str]:
        call_command("wall", *arguments)
        return capsys.readouterr().out.splitlines()

    return call


@pytest.fixture
def unknown_table(db) -> str:
    """A table that belongs to no model, as an extension might leave it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_over (secret text)")
    return "left_over"


def test_every_table_is_listed_with_who_uses_it(output):
    *lines, end = output()
    found = dict(re.fullmatch(r"(\w+)  \(\d+ rows\)  (.+)", line).groups() for line in lines)
    assert found.keys() == tables().keys() | FREE.keys()
    assert {name for name, text in found.items() if text.startswith("FREE: ")} == FREE.keys()
    assert not [name for name, text in found.items() if text.startswith("UNKNOWN")]
    assert end == f"{len(walls())} tables behind the wall, {len(FREE)} free."


def test_a_wall_of_another_version_is_said(output):
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON FUNCTION portal_enter IS 'another'")
    assert output()[-1].endswith(ANOTHER_WALL)


@pytest.mark.parametrize("table", ["wagtailcore_page", "thinka_sites_job", "home_contentpage"])
def test_the_conditions_of_a_table_are_shown(output, table):
    conditions = walls()[table].conditions(table)
    shown = "\n".join(output(table))
    parts = dict(zip(("read", "insert", "update", "delete"), conditions.values(), strict=True))
    assert list(conditions) == ["SELECT", "INSERT", "UPDATE", "DELETE"]
    assert shown == "\n".join(f"{action}:\n  {text}" for action, text in parts.items())


def test_of_a_free_table_the_reason_is_shown(output):
    assert output("django_session") == [f"django_session  FREE: {FREE['django_session']}"]


def test_a_table_that_nobody_knows_is_closed_and_shown_as_such(output, unknown_table):
    says = "UNKNOWN: web processes may not use it"
    assert output(unknown_table) == [f"{unknown_table}  {says}"]
    assert f"{unknown_table}  (0 rows)  {says}" in output()
    step_down()
    try:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("SELECT * FROM left_over")
    finally:
        step_up()


def test_a_name_that_no_table_has_is_an_error(output):
    with pytest.raises(CommandError, match=r"There is no table tippfehler\. All tables: manage\.py wall"):
        output("tippfehler")
