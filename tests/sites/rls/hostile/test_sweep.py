"""Every guarded table, row by row: people of one Träger find and change nothing of another one's."""

from contextlib import nullcontext

import pytest
from django.db import connection, models, transaction

from sites.access.roles import LEITUNG, REDAKTION
from sites.rls.derived import content_tables, table_policies, tables
from sites.rls.identity import ADMIN, SITE
from tests.conftest import cloned_database, using_database
from tests.sites.rls.hostile.sweeping import READ_BY_ALL, READ_ON_SITES, VISITOR, WITHOUT_A_ROLE, make
from tests.sites.rls.hostile.trying import Answer, attempt
from tests.sites.rls.oracle import Oracle
from tests.web_role import web_process

pytestmark = [pytest.mark.xdist_group("sweep"), pytest.mark.long]

ROLES, AREAS = (LEITUNG, REDAKTION), (ADMIN, SITE)

_THOSE = "FROM {table} WHERE {key} = ANY (%(ids)s)"
KEYS = "SELECT {key} " + _THOSE
# Of a row that is written PostgreSQL makes another version, elsewhere.
PLACES = "SELECT ctid " + _THOSE
VALUE = "SELECT {column}::text " + _THOSE + " LIMIT 1"
# Statements that name rows find only what may be read; those that name nothing are bound by less.
WRITES = {
    "update": "UPDATE {table} SET {key} = {key} WHERE {key} = ANY (%(ids)s)",
    "delete": "DELETE " + _THOSE,
    "update whatever there is": "UPDATE {table} SET {column} = %(value)s",
    "delete whatever there is": "DELETE FROM {table}",
}


@pytest.fixture(scope="module")
def swept_database(django_db_setup, django_db_blocker):
    with cloned_database("sweep", make, django_db_blocker) as (name, swept), using_database(name):
        yield swept


@pytest.fixture
def swept(swept_database, db):
    """Each test tries in a transaction of its own."""
    return swept_database


def harmless_column(model) -> str:
    """Return a column that takes the same value in every row; the key where all others only point."""
    constraints = [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]
    together = {name for names in model._meta.unique_together for name in names}
    together |= {name for each in constraints for name in each.fields}
    for field in model._meta.local_concrete_fields:
        if not (field.is_relation or field.unique or field.name in together):
            return field.column
    return model._meta.pk.column


def ask(sql: str, swept, table: str, **values) -> Answer:
    """Run a statement about the foreign rows of a table."""
    model, quote = tables()[table], connection.ops.quote_name
    names = {"table": table, "key": model._meta.pk.column, "column": harmless_column(model)}
    arguments = {"ids": swept.foreign[table], **values}
    return attempt(sql.format(**{name: quote(text) for name, text in names.items()}), arguments)


def found(swept, who: str, area: str) -> dict[str, set]:
    """Return the foreign rows that somebody sees, by table."""
    with web_process(swept.people[who], swept.own, area):
        seen = {table: {row[0] for row in ask(KEYS, swept, table).rows} for table in table_policies()}
    return {table: ids for table, ids in seen.items() if ids}


def test_there_are_foreign_rows_in_every_walled_table(swept):
    assert [table for table in table_policies() if not swept.foreign.get(table)] == []


@pytest.mark.parametrize("role", ROLES)
def test_at_work_nothing_foreign_is_found(role, swept):
    assert found(swept, role, ADMIN) == {table: set(swept.foreign[table]) for table in READ_BY_ALL}


@pytest.mark.parametrize("who", [*ROLES, WITHOUT_A_ROLE])
def test_on_the_site_one_finds_what_every_visitor_finds(who, swept):
    """No page of the foreign Träger is for everybody who is logged in."""
    assert found(swept, who, SITE) == found(swept, VISITOR, SITE)


def test_a_visitor_finds_what_is_public_and_nothing_of_how_people_work(swept):
    seen = found(swept, VISITOR, SITE)
    assert {*seen} - {*content_tables()} == {*READ_ON_SITES, *READ_BY_ALL}
    oracle = Oracle()
    public = {pk for pk, page in oracle.pages.items() if {"public", "d:public"} & {*oracle.readers(page)}}
    assert seen["wagtailcore_page"] == public & {*swept.foreign["wagtailcore_page"]}


def tried(write: str) -> list[str]:
    """Return the tables in which `write` can be tried: no value fits into all rows of what only points."""
    every = write != "update whatever there is"
    return [
        table
        for table in table_policies()
        if every or harmless_column(tables()[table]) != tables()[table]._meta.pk.column
    ]


def written(swept, write: str, asking) -> list[str]:
    """Return the tables in which the statement `write` writes a foreign row, as who is `asking`."""
    touched = []
    for table in tried(write):
        point = transaction.savepoint()
        places, value = ask(PLACES, swept, table), ask(VALUE, swept, table).rows[0][0]
        with asking():
            answer = ask(WRITES[write], swept, table, value=value)
        assert answer.refused or not answer.sqlstate, (table, answer)
        if ask(PLACES, swept, table) != places:
            touched.append(table)
        transaction.savepoint_rollback(point)
    return touched


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("write", WRITES)
def test_no_foreign_row_is_written(write, role, area, swept):
    assert written(swept, write, lambda: web_process(swept.people[role], swept.own, area)) == []


@pytest.mark.parametrize("write", ["update", "delete", "delete whatever there is"])
def test_the_owner_writes_them_all(write, swept):
    """So it is RLS that keeps them. One value in all rows breaks rules of their tables sometimes."""
    assert written(swept, write, nullcontext) == tried(write)
