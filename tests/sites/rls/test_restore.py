"""A dump and its restore bring back RLS as this version knows it, so that web processes start."""

import subprocess

import psycopg
import pytest
from django.db import connection

from sites.rls.install import sql
from thinka_portal.database import database_url
from thinka_portal.postgres.server import SUPERUSER, binaries


def call(program: str, *arguments: str, given: bytes = b"", user: str = "") -> bytes:
    """Call one of PostgreSQL's programs on the server of the tests; return what it wrote."""
    known = connection.settings_dict
    environment = {"PGHOST": known["HOST"], "PGUSER": user or known["USER"], "PGPASSWORD": known["PASSWORD"]}
    if known["PORT"]:
        environment["PGPORT"] = known["PORT"]
    done = subprocess.run(
        [binaries() / program, *arguments], input=given, env=environment, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def restored():
    """A connection to a new database, into which the definitions of that of the tests were restored."""
    original = connection.settings_dict["NAME"]
    copy = f"{original}_restored"
    call("dropdb", "--if-exists", "--force", copy)
    call("createdb", "--template=template0", copy)
    try:
        dump = call("pg_dump", "--schema-only", original)
        # As deploy/restore does: one of the extensions only a superuser may create.
        user = "" if database_url() else SUPERUSER
        call(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            f"--dbname={copy}",
            given=dump,
            user=user,
        )
        known = connection.settings_dict
        place = {"host": known["HOST"], "port": known["PORT"] or None, "dbname": copy}
        with psycopg.connect(**place, user=known["USER"], password=known["PASSWORD"]) as restored:
            yield restored
    finally:
        call("dropdb", "--force", copy)


@pytest.mark.django_db
def test_the_wall_is_the_same_after_dump_and_restore(restored):
    # The parts of fingerprint.sql, one by one, so that a failure names what changed.
    query = sql("fingerprint.sql")
    parts = query[query.index("SELECT format") : query.rindex(") parts")]
    with connection.cursor() as cursor:
        cursor.execute(parts)
        before = {part for (part,) in cursor.fetchall()}
        cursor.execute("SELECT obj_description(to_regproc('portal_set_identity'), 'pg_proc')")
        label = cursor.fetchone()
    assert len(before) > 100
    after = {part for (part,) in restored.execute(parts)}
    assert sorted(after - before) == []
    assert sorted(before - after) == []
    assert (
        restored.execute("SELECT obj_description(to_regproc('portal_set_identity'), 'pg_proc')").fetchone()
        == label
    )
