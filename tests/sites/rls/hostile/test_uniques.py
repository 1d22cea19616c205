"""What is unique in the whole table tells nothing of what others have."""

import pytest
from psycopg.errors import UniqueViolation

from sites.access.roles import LEITUNG, REDAKTION
from tests.sites.rls.hostile.trying import Answer, undone
from tests.sites.rls.hostile.uniques import TELLING, UNIQUES
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")

ROLES = (REDAKTION, LEITUNG)
TAKEN = UniqueViolation.sqlstate


def answers(things, tried, me) -> list[Answer]:
    """What comes of a value that somebody else has, and of one that nobody has."""
    statement, *values = tried[:3]
    return [undone(things.fill(statement.replace("{value}", value), me=me.pk)) for value in values]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", UNIQUES)
def test_taken_or_not_gets_the_same_answer(name, role, things, traeger_b):
    me = things.people[role]
    with web_process(me, traeger_b):
        taken, free = answers(things, UNIQUES[name], me)
    assert taken.fruitless, taken
    assert (taken.sqlstate, taken.count) == (free.sqlstate, free.count), free


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TELLING)
def test_what_cannot_be_kept_secret(name, role, things, traeger_b):
    """It is in the handbook, and here with its reason; what does not tell any more belongs in UNIQUES."""
    me = things.people[role]
    with web_process(me, traeger_b):
        taken, free = answers(things, TELLING[name], me)
    assert (taken.count, free.count) == (0, 1), (taken, free)


@pytest.mark.parametrize("name", UNIQUES)
def test_the_owner_is_told(name, things):
    """So the one value is taken, and the other is not."""
    taken, free = answers(things, UNIQUES[name], things.people[REDAKTION])
    assert (taken.sqlstate, free.count) == (TAKEN, 1), (taken, free)
