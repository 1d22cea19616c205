"""Nothing of another Träger is written, and nobody writes what they may do."""

import pytest
from django.db import transaction

from sites.roles import REDAKTION
from tests.checksums import state
from tests.sites.wall.hostile.trying import Answer, attempt
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
    # This one is meant to collide.
    tries = {name: sql for name, sql in WRITES.items() if "collision" not in name}
    answers = {name: _undone(things.fill(sql)) for name, sql in tries.items()}
    assert {name: answer for name, answer in answers.items() if answer.count < 1} == {}


def _undone(sql: str) -> Answer:
    """Try something and take it back."""
    point = transaction.savepoint()
    answer = attempt(sql)
    transaction.savepoint_rollback(point)
    return answer
