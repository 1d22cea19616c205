"""What a web process may call does no harm, whatever it is asked."""

import pytest

from sites.access.roles import REDAKTION
from sites.rls.install import callable_by_web_role
from tests.checksums import state
from tests.sites.rls.hostile.calls import CALLS, NOTHING, REFUSED
from tests.sites.rls.hostile.trying import attempt, undone
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")

EMPTY = (None, False, "", [])


def test_every_function_that_may_be_called_is_listed():
    assert sorted(CALLS) == sorted(callable_by_web_role())


@pytest.mark.parametrize("name", CALLS)
def test_a_call_with_foreign_arguments(name, things, traeger_b):
    call, comes, _why = CALLS[name]
    before = state()
    with web_process(things.people[REDAKTION], traeger_b):
        answer = attempt(things.fill(f"SELECT {call}"))
    assert state() == before
    if comes == REFUSED:
        assert answer.refused, answer
    else:
        ((value,),) = answer.rows
        assert (value in EMPTY) is (comes == NOTHING), answer


def test_nothing_that_is_told_is_a_word_of_somebody(things, traeger_b):
    told = {}
    with web_process(things.people[REDAKTION], traeger_b):
        for name, (call, _comes, _why) in CALLS.items():
            told[name] = str(undone(things.fill(f"SELECT {call}")).rows)
    assert {name: text for name, text in told.items() if "Geheim" in text} == {}
