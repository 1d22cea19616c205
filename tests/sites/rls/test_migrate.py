"""Migrations and RLS are one transaction: nobody finds a table without RLS, and what fails leaves nothing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import dedent

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from wagtail.signal_handlers import connect_reference_index_signal_handlers

from sites.models import User
from sites.rls import install as installing
from sites.rls.install import installed, wrong_readers
from tests.conftest import cloned_database, using_database
from tests.sites.rls.test_migrations import EMAIL, fill, guarded, seen
from tests.world import load

LABEL = "SELECT obj_description(to_regproc('portal_set_identity'), 'pg_proc')"
COLUMN = (
    "SELECT count(*) FROM information_schema.columns"
    " WHERE table_name = 'wagtailcore_page' AND column_name = 'example'"
)

# Of an app without tables. Rows wait for the check of their foreign keys, and their table is changed then: by
# the next migration, and in one that wants no transaction.
STEPS = {
    "0001_rows": """
        operations = [
            migrations.RunSQL(
                "ALTER TABLE wagtailcore_page ADD COLUMN example int; INSERT INTO auth_permission"
                " (name, content_type_id, codename) SELECT 'a', min(id), 'a' FROM django_content_type",
                "ALTER TABLE wagtailcore_page DROP COLUMN example;"
                " DELETE FROM auth_permission WHERE name IN ('a', 'b')",
            ),
            migrations.RunPython(lambda *_: test_migrate.DURING[0](), migrations.RunPython.noop),
        ]
    """,
    "0002_table": """
        dependencies = [("benchmarks", "0001_rows")]
        operations = [
            migrations.RunSQL(
                "ALTER TABLE auth_permission ADD COLUMN example int",
                "ALTER TABLE auth_permission DROP COLUMN example",
            ),
        ]
    """,
    "0003_both": """
        atomic = False
        dependencies = [("benchmarks", "0002_table")]
        operations = [
            migrations.RunSQL(
                "INSERT INTO auth_permission (name, content_type_id, codename)"
                " SELECT 'b', min(id), 'b' FROM django_content_type",
                migrations.RunSQL.noop,
            ),
            migrations.RunSQL("ALTER TABLE auth_permission ADD COLUMN other int",
                              "ALTER TABLE auth_permission DROP COLUMN other"),
        ]
    """,
    "0004_end": """
        dependencies = [("benchmarks", "0003_both")]
        operations = [migrations.RunPython(lambda *_: test_migrate.DURING[1](), migrations.RunPython.noop)]
    """,
}
# What the first and the last of them do besides.
DURING: list[Callable[[], None]] = []


@pytest.fixture
def steps(tmp_path, monkeypatch, settings) -> Iterator[None]:
    """There are migrations to apply."""
    folder = tmp_path / "example_steps"
    folder.mkdir()
    (folder / "__init__.py").touch()
    for name, body in STEPS.items():
        head = "from django.db import migrations\nfrom tests.sites.rls import test_migrate\n\n\n"
        lines = dedent(body).strip().splitlines()
        text = "".join(f"    {line}\n" for line in lines)
        (folder / f"{name}.py").write_text(f"{head}class Migration(migrations.Migration):\n{text}")
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"benchmarks": "example_steps"}
    DURING[:] = [lambda: None, lambda: None]
    yield
    # Wagtail lets go of them before migrations, and takes them up again after the last one.
    connect_reference_index_signal_handlers()
    DURING.clear()


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker) -> Iterator[None]:
    with (
        cloned_database("migrating", fill, django_db_blocker) as (name, _none),
        django_db_blocker.unblock(),
        using_database(name),
    ):
        yield
        connection.close()


def ask(query: str):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def view() -> tuple:
    """What others find: the policies of each table, the label, and what people of B and visitors see."""
    portal = load()
    person = User.objects.get(email=EMAIL)
    pages = [seen(person, portal.traeger_b), seen(None, portal.traeger_a)]
    return guarded(), ask(LABEL), pages


def elsewhere(look: Callable[[], object]) -> list:
    """Call `look` with a connection of its own that waits for no table. An error is an answer, too."""
    answer = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
            answer.append(look())
        except Exception as error:
            answer.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answer


@contextmanager
def watched() -> Iterator[list]:
    """Meanwhile somebody looks all the time; collects what they find."""
    found, over = [], threading.Event()

    def look() -> None:
        while not over.is_set():
            policies = guarded()
            try:
                pages = view()[2]
            except OperationalError:
                pages = None  # has to wait
            found.append((policies, pages))

    thread = threading.Thread(target=elsewhere, args=[look])
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def test_a_migration_that_fails_leaves_everything_as_it_was(filled, steps):
    before, looks = view(), []

    def fail() -> None:
        looks.append(elsewhere(lambda: (guarded(), ask(LABEL))))
        looks.append(elsewhere(lambda: view()[2]))
        raise RuntimeError("in the middle")

    DURING[1] = fail
    with watched() as found, pytest.raises(RuntimeError, match="in the middle"):
        call_command("migrate", verbosity=0)
    # What was in force is in force, and whoever wants rows waits.
    assert looks[0] == [before[:2]]
    assert isinstance(looks[1][0], OperationalError)
    assert all(policies == before[0] and pages in (before[2], None) for policies, pages in found)
    assert found
    assert view() == before
    assert installed()
    assert ask(COLUMN) == 0
    assert ask("SELECT count(*) FROM django_migrations WHERE app = 'benchmarks'") == 0


def test_migrations_leave_no_moment_without_rls(filled, steps):
    before = view()
    with watched() as found:
        call_command("migrate", verbosity=0)
        assert ask(COLUMN) == 1
        call_command("migrate", "benchmarks", "zero", verbosity=0)
    assert ask(COLUMN) == 0
    assert found
    for policies, pages in found:
        assert policies == before[0]
        assert pages in (before[2], None)
    assert view() == before
    assert installed()
    assert wrong_readers() == []


def test_somebody_who_uses_the_tables_for_long_is_waited_for(filled, steps, monkeypatch):
    monkeypatch.setattr(installing, "LOCK_PAUSE", 0.1)
    reading, enough = threading.Event(), threading.Event()

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; SELECT FROM wagtailcore_page")
            reading.set()
            enough.wait()

    reader = threading.Thread(target=elsewhere, args=[read])
    reader.start()
    reading.wait()
    try:
        monkeypatch.setattr(installing, "LOCK_PATIENCE", 0)
        with pytest.raises(OperationalError, match="lock timeout"):
            call_command("migrate", verbosity=0)
        assert installed()
        monkeypatch.setattr(installing, "LOCK_PATIENCE", 60)
        threading.Timer(2, enough.set).start()
        call_command("migrate", verbosity=0)
        assert enough.is_set()
    finally:
        enough.set()
        reader.join()
    assert ask(COLUMN) == 1
    call_command("migrate", "benchmarks", "zero", verbosity=0)


@pytest.mark.django_db  # some of wagtail-localize look into the database when they are imported
def test_no_app_has_a_migration_that_is_possible_in_no_transaction():
    found = {
        key: operation
        for key, migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if "Concurrently" in type(operation).__name__
        or "CONCURRENTLY" in str(getattr(operation, "sql", "")).upper()
    }
    assert found == {}
