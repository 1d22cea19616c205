"""Nothing of another Träger is written, and nobody writes what they may do."""

import pytest

from sites.roles import REDAKTION
from tests.checksums import state
from tests.sites.wall.hostile.trying import attempt, undone
from tests.sites.wall.hostile.writes import WRITES
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")


@pytest.mark.parametrize("name", WRITES)
def test_writing(name, things, traeger_b):
    before = state()
    with web_process(things.people[REDAKTION], traeger_b):
        answer = attempt(things.fill(WRITES[name]))
    assert answer.fruitless, answer
    assert state() == before


def test_the_owner_could_write_all_that(things):
    """So it is the wall that refuses, and not a mistake in a try."""
    answers = {name: undone(things.fill(sql)) for name, sql in WRITES.items()}
    assert {name: answer for name, answer in answers.items() if answer.count < 1} == {}
