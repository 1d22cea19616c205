"""Nothing hidden is seen because something of one's own points to it."""

import pytest

from tests.sites.rls.hostile.pointing import POINTING
from tests.sites.rls.hostile.trying import Answer, attempt
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")


@pytest.mark.parametrize("name", POINTING)
def test_pointing_shows_nothing(name, things, traeger_b):
    role, statements, read = POINTING[name]
    me = things.people[role]
    with web_process(me, traeger_b):
        assert attempt(things.fill(read)) == Answer()
        for statement in statements:
            answer = attempt(things.fill(statement, me=me.pk))
            assert answer.refused or not answer.sqlstate, answer
        assert attempt(things.fill(read)) == Answer()


@pytest.mark.parametrize("name", POINTING)
def test_the_owner_could_do_that(name, things):
    """So the tries are right."""
    role, statements, read = POINTING[name]
    for statement in statements:
        answer = attempt(things.fill(statement, me=things.people[role].pk))
        assert answer.count > 0, answer
    assert attempt(things.fill(read)).rows
