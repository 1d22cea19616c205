"""`manage.py rls`: what it says about every table, about one, and about one that nobody knows."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from wagtail.models import Page

from sites.models import Traeger
from sites.rls.derived import table_policies, tables
from sites.rls.preflight import OTHER_VERSION
from sites.rls.tables import CLOSED, FREE
from tests.factories import ContentPageFactory
from tests.web_role import step_down, step_up


@pytest.fixture
def output(db, capsys):
    def call(*arguments: str) -> list[str]:
        call_command("rls", *arguments)
        return capsys.readouterr().out.splitlines()

    return call


@pytest.fixture
def unknown_table(db) -> str:
    """A table that belongs to no model, as an extension might leave it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_over (secret text)")
    return "left_over"


# What is shown of some tables below the line with their rows.
POLICIES = {
    "wagtailcore_page": [
        "read: readers overlap passes or path in pass_paths",
        "insert: path below edit_paths",
        "update: works(path, id)",
        "delete: path below edit_paths",
        "never written, kept by triggers: readers, words",
    ],
    "wagtailcore_comment": [
        "read: works_on_page(page_id)",
        "insert: works_on_page(page_id) and (user_id IS NULL or user_id = person)",
        "update, delete: works_on_page(page_id)",
    ],
    "wagtailcore_commentreply": [
        "read: sees wagtailcore_comment (id = comment_id)",
        "insert: sees wagtailcore_comment (id = comment_id) and (user_id IS NULL or user_id = person)",
        "update, delete: sees wagtailcore_comment (id = comment_id)",
    ],
    "home_contentpage": [
        "read: sees_page(page_ptr_id)",
        "insert, update: works_on_page(page_ptr_id)",
        "delete: page_path(page_ptr_id) below edit_paths",
    ],
    "wagtailcore_revision": [
        "read, insert, update: by base_content_type_id: page: works_on_page(object_id)",
        "delete: by base_content_type_id: page: page_path(object_id) below edit_paths",
    ],
    "auth_group": ["read: id in own_groups or id in near_groups", "insert, update, delete: nobody"],
    "wagtailcore_locale": ["read: everybody", "insert, update, delete: nobody"],
    "wagtailadmin_admin": [],
}


@pytest.fixture
def shown(output) -> dict[str, tuple[str, list[str]]]:
    """What is printed: by table what follows its name, and the lines below."""
    found, name = {}, ""
    *lines, _legend, _more, _end = output()
    for line in lines:
        if line.startswith("  "):
            found[name][1].append(line[2:])
        else:
            name, _colon, rest = line.partition(": ")
            found[name] = (rest, [])
    return found


def test_every_table_is_listed_with_who_uses_it(output, shown):
    free = {name: f"FREE: {why}" for name, why in FREE.items()}
    guarded = {
        name: f"guarded: {policies.about}".removesuffix(": ") for name, policies in table_policies().items()
    }
    closed = {name: f"closed to web processes: {why}" for name, why in CLOSED.items()}
    said = {name: re.sub(r"^\d+ rows?, ", "", text) for name, (text, _) in shown.items()}
    assert said == free | guarded | closed
    assert shown.keys() == tables().keys() | FREE.keys() | CLOSED.keys()
    assert {name for name, (_, below) in shown.items() if not below} == FREE.keys() | CLOSED.keys()
    assert output()[-1] == f"{len(table_policies())} tables behind RLS, {len(FREE)} free."


def test_the_rows_are_counted(world, output):
    """Not estimated: nothing has been analysed here since the last page was made."""
    before = Page.objects.count()
    ContentPageFactory.create_batch(3, parent=world.traeger_a.site.root_page)
    lines = output()
    assert f"wagtailcore_page: {before + 3} rows, guarded" in lines
    assert f"thinka_sites_traeger: {Traeger.objects.count()} rows, guarded" in lines
    assert "wagtailcore_locale: 1 row, guarded: the same for everybody; changed by administrators" in lines
    assert f"wagtailadmin_admin: 0 rows, FREE: {FREE['wagtailadmin_admin']}" in lines


@pytest.mark.parametrize("table", POLICIES)
def test_who_reads_and_writes_is_said_in_few_words(table, shown):
    assert shown[table][1] == POLICIES[table]


def test_nothing_is_left_of_the_sql(shown):
    said = {name: " ".join(below) for name, (_, below) in shown.items()}
    sql = re.compile(r"SELECT|WHERE|CASE|ANY|::|\?|portal_\w+\(")
    assert not {name: text for name, text in said.items() if sql.search(text)}
    assert not {name: text for name, text in said.items() if text.count("(") != text.count(")")}


def test_a_wall_of_another_version_is_said(output):
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON FUNCTION portal_set_identity IS 'another'")
    assert output()[-1].endswith(OTHER_VERSION)


@pytest.mark.parametrize("table", ["wagtailcore_page", "thinka_sites_job", "home_contentpage"])
def test_the_conditions_of_a_table_are_shown(output, table):
    conditions = table_policies()[table].conditions(table)
    first, *lines = output(table)
    about = table_policies()[table].about
    assert first == (f"{table}: guarded: {about}" if about else f"{table}: guarded")
    parts = dict(zip(("read", "insert", "update", "delete"), conditions.values(), strict=True))
    assert list(conditions) == ["SELECT", "INSERT", "UPDATE", "DELETE"]
    assert lines == [line for action, text in parts.items() for line in (f"{action}:", f"  {text}")]


def test_of_a_free_table_the_reason_is_shown(output):
    assert output("wagtailadmin_admin") == [f"wagtailadmin_admin: FREE: {FREE['wagtailadmin_admin']}"]


def test_a_table_that_nobody_knows_is_closed_and_shown_as_such(output, unknown_table):
    says = "UNKNOWN: web processes may not use it"
    assert output(unknown_table) == [f"{unknown_table}: {says}"]
    assert f"{unknown_table}: 0 rows, {says}" in output()
    step_down()
    try:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("SELECT * FROM left_over")
    finally:
        step_up()


def test_a_name_that_no_table_has_is_an_error(output):
    with pytest.raises(CommandError, match=r"There is no table tippfehler\. All tables: manage\.py rls"):
        output("tippfehler")
