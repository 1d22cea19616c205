"""No template is taken that is older than what it was made from."""

import os
import time

import pytest
from django.conf import settings
from django.db import connection

from tests import templates

BASE = settings.BASE_DIR


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A file instead of all those of the portal, changed long ago."""
    path = tmp_path / "models.py"
    path.write_text("one")
    os.utime(path, (0, 0))
    monkeypatch.setattr(templates, "_sources", lambda: [path])
    templates.made_from.cache_clear()
    yield path
    templates.made_from.cache_clear()


def test_it_is_made_from_the_portal_and_what_fills_it():
    sources = set(templates._sources())
    expected = (
        *("home/models/base.py", "sites/rls/readers.sql", "locale/de/LC_MESSAGES/django.mo"),
        *("sites/migrations/0001_user.py", "thinka_portal/settings/test.py", "home/starter.py"),
        *("tests/conftest.py", "tests/world.py", "tests/full_site.py", "tests/factories/pages.py"),
        *("tests/factories/bodies.py", "tests/mailing.py"),
    )
    assert {BASE / path for path in expected} <= sources
    assert BASE / "tests/test_templates.py" not in sources


def test_another_text_another_name(source):
    before = templates._digest()
    source.write_text("two")
    assert templates._digest() != before


def test_another_day_another_name(source, monkeypatch):
    before = templates._digest()
    monkeypatch.setattr(templates.timezone, "localdate", lambda: "tomorrow")
    assert templates._digest() != before


@pytest.mark.parametrize("name", ["DATABASE_URL", "PORTAL_DOMAIN"])
def test_another_server_or_domain_another_name(source, monkeypatch, name):
    before = templates._digest()
    monkeypatch.setenv(name, "elsewhere")
    assert templates._digest() != before


def test_it_is_kept_where_nothing_has_changed(source):
    assert templates.made_from()
    assert templates._is_of_one_version()


def test_what_has_changed_meanwhile_is_not_kept(source):
    assert templates.made_from()
    source.write_text("two")
    os.utime(source, (0, 0))
    assert not templates._is_of_one_version()


def test_what_has_changed_before_it_was_hashed_is_not_kept(source):
    """This process may have loaded the older one."""
    os.utime(source)
    assert templates.made_from()
    assert not templates._is_of_one_version()


def test_a_process_begins_before_its_tests():
    assert time.time() - 24 * 60 * 60 < templates._began() < time.time()


def test_a_process_works_in_a_copy(world):
    assert not connection.settings_dict["NAME"].startswith("test_template")
