"""The last lines of a run say what tests have counted, also where these failed or ran in other processes."""

from functools import partial

import pytest

PROPERTY = "last line"


@pytest.fixture
def last_line(record_property):
    """`last_line("steps=20 differences=0")`: this is said at the end."""
    return partial(record_property, PROPERTY)


# Around pytest's own, which ends with the list of failures.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    yield
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            if report.when == "call":
                for name, line in report.user_properties:
                    if name == PROPERTY:
                        terminalreporter.write_line(line)
