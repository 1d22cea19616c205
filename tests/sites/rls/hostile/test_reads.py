"""Nothing of another Träger is read."""

import pytest

from sites.access.roles import REDAKTION
from tests.sites.rls.hostile.reads import READS
from tests.sites.rls.hostile.trying import Answer, attempt
from tests.web_role import step_down, step_up, web_process

pytestmark = pytest.mark.xdist_group("hostile")


@pytest.mark.parametrize("name", READS)
def test_reading(name, things, traeger_b):
    with web_process(things.people[REDAKTION], traeger_b):
        assert attempt(things.fill(READS[name])) == Answer()


def test_the_tries_would_find_something(things):
    """The owner, whom nothing binds, gets rows: so the ids are right."""
    # This one is meant to fail as soon as it sees the page.
    found = {name: attempt(things.fill(sql)) for name, sql in READS.items() if "fails" not in name}
    assert {name: answer for name, answer in found.items() if not answer.rows} == {}


def test_nobody_is_told(things):
    """A web process that has told the database nothing sees nothing."""
    step_down()
    try:
        for table in ("wagtailcore_page", "thinka_sites_user", "thinka_sites_portalimage", "auth_group"):
            assert attempt(f"SELECT FROM {table}") == Answer()
    finally:
        step_up()
