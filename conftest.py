"""Every test run gets a database: DATABASE_URL's server or the embedded one, started here."""

import pytest

from thinka_portal.database import finish, prepare
from thinka_portal.postgres import DatabaseError

pytest_plugins = ["tests.last_lines", "pytester"]


def pytest_configure(config: pytest.Config) -> None:
    if config.option.collectonly or config.option.help:
        return
    try:
        prepare()
    except DatabaseError as error:
        raise pytest.UsageError(str(error)) from None


def pytest_unconfigure(config: pytest.Config) -> None:
    finish()
