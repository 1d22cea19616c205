"""DATABASE_URL: what is understood, and what is said when it is not."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from thinka_portal.database import POOL, database_settings
from thinka_portal.database_url import check_connection, parse_database_url
from thinka_portal.postgres import DatabaseError

ROOT = Path(__file__).resolve().parents[2]
SECRET = "geh/eim@wort"
ENCODED = "geh%2Feim%40wort"

UNDERSTOOD = {
    "postgres://portal@db.example.org/portal": {"USER": "portal", "HOST": "db.example.org", "NAME": "portal"},
    "postgresql://db.example.org:5433/x": {"PORT": "5433", "NAME": "x", "USER": "", "PASSWORD": ""},
    f"postgres://us%C3%A4r:{ENCODED}@h/db%2Dname": {"USER": "usär", "PASSWORD": SECRET, "NAME": "db-name"},
    "postgres:///portal?host=/run/postgresql": {"HOST": "/run/postgresql", "NAME": "portal"},
    "postgres://u@/portal?host=/run/x&port=5433": {"HOST": "/run/x", "PORT": "5433"},
    "postgres://u@[::1]:5432/portal": {"HOST": "::1", "PORT": "5432"},
    "postgres://u@h/portal?sslmode=verify-full&sslrootcert=/etc/ca.pem": {
        "OPTIONS": {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    },
    "postgres://u@h/portal?pool_max_size=20&pool_min_size=2": {
        "OPTIONS": {"pool": {"max_size": 20, "min_size": 2}}
    },
}

NOT_UNDERSTOOD = {
    "garbage": "must begin with postgres://",
    "mysql://u@h/portal": "must begin with postgres://",
    "postgres://u@h": "name of the database must follow",
    "postgres://u@h/": "name of the database must follow",
    "postgres://u@h/a/b": "name of the database must follow",
    "postgres://u@h:port/portal": "no valid address",
    "postgres://u@h:99999/portal": "no valid address",
    "postgres://u@/portal?port=0": "port must be a number",
    "postgres://u@[::1/portal": "no valid address",
    f"postgres://u:{SECRET}#x@h/portal": "no valid address",
    "postgres://u:pass@h/portal#x": "holds a #",
    "postgres://u@h/portal?sslmood=require": "sslmood",
    "postgres://u@h/portal?pool_max_size=many": "pool_max_size must be a whole number",
    "postgres://u@h/portal?pool_max_size=0": "pool_max_size must be at least 1",
    "postgres://u@h/portal?pool=maybe": "pool must be on or off",
    "postgres://u@h/portal?&&": "no valid address",
}


@pytest.mark.parametrize("url", UNDERSTOOD)
def test_understood(url):
    settings = parse_database_url(url)
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    expected = UNDERSTOOD[url]
    assert {key: settings[key] for key in expected} == expected


@pytest.mark.parametrize("url", NOT_UNDERSTOOD)
def test_not_understood(url):
    with pytest.raises(DatabaseError, match=NOT_UNDERSTOOD[url]) as caught:
        parse_database_url(url)
    assert "It looks like this: postgres://" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_the_pool_is_on_unless_switched_off():
    assert parse_database_url("postgres://h/x", POOL)["OPTIONS"]["pool"] == POOL
    assert parse_database_url("postgres://h/x?pool_max_size=3", POOL)["OPTIONS"]["pool"]["max_size"] == 3
    assert "pool" not in parse_database_url("postgres://h/x?pool=off", POOL)["OPTIONS"]


def test_it_replaces_the_embedded_server(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://u@db.example.org/other")
    assert database_settings(tmp_path)["HOST"] == "db.example.org"
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("PORTAL_VAR", raising=False)
    assert database_settings(tmp_path)["HOST"] == str(tmp_path / "var" / "postgres-socket")
    assert not (tmp_path / "var").exists()


def test_unreachable_says_what_to_check_and_hides_the_password():
    settings = parse_database_url(f"postgres://portal:{ENCODED}@localhost:1/portal", POOL)
    with pytest.raises(DatabaseError, match="can't be reached: portal at localhost:1") as caught:
        check_connection(settings)
    assert "Check that the server runs" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert ENCODED not in str(caught.value)


GARBAGE = "not-an-address"
CLOSED_PORT = f"postgres://portal:{ENCODED}@localhost:1/portal"
NO_HOST = f"postgres://portal:{ENCODED}@does-not-exist.invalid/portal"


@pytest.mark.parametrize(
    ("program", "url", "message"),
    [
        ("manage.py migrate", GARBAGE, "DATABASE_URL can't be understood"),
        ("manage.py migrate", CLOSED_PORT, "can't be reached"),
        ("manage.py migrate", NO_HOST, "can't be reached"),
        ("-m thinka_portal.run --port PORT", GARBAGE, "DATABASE_URL can't be understood"),
        ("-m thinka_portal.run --port PORT", CLOSED_PORT, "can't be reached"),
        ("-m pytest tests/none", CLOSED_PORT, "can't be reached"),
    ],
)
def test_on_the_command_line_it_is_a_message_not_a_traceback(program, url, message):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, *program.replace("PORT", str(free_port())).split()],
        cwd=ROOT,
        env=environment | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "thinka_portal.settings.test"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    output = done.stdout + done.stderr
    assert done.returncode == (4 if "pytest" in program else 1)
    assert message in output
    assert "Traceback" not in output
    assert SECRET not in output
    assert ENCODED not in output


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
