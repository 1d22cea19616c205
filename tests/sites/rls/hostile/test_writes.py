"""Nothing of another Träger is written, and nobody writes what they may do."""

import pytest

from sites.access.roles import REDAKTION
from sites.rls.identity import SITE
from tests.checksums import state
from tests.sites.rls.hostile.trying import attempt, undone
from tests.sites.rls.hostile.writes import VISITOR_WRITES, WRITES
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")


@pytest.mark.parametrize("name", WRITES)
def test_writing(name, things, traeger_b):
    before = state()
    with web_process(things.people[REDAKTION], traeger_b):
        answer = attempt(things.fill(WRITES[name]))
    assert answer.fruitless, answer
    assert state() == before


@pytest.mark.parametrize("name", VISITOR_WRITES)
def test_writing_as_a_visitor(name, things, traeger_a):
    before = state()
    with web_process(None, traeger_a, SITE):
        answer = attempt(things.fill(VISITOR_WRITES[name]))
    assert answer.fruitless, answer
    assert state() == before


def test_a_visitor_sees_what_they_must_not_write(things, traeger_a):
    """So it is not for want of seeing that they find nothing to write."""
    with web_process(None, traeger_a, SITE):
        for seen in (
            "SELECT FROM thinka_sites_portalrendition WHERE image_id = {foreign_image}",
            "SELECT FROM thinka_sites_branding WHERE id = {foreign_branding}",
        ):
            assert attempt(things.fill(seen)).count > 0, seen


def test_the_owner_could_write_all_that(things):
    """So it is RLS that refuses, and not a mistake in a try."""
    tries = WRITES | {f"{name}, as a visitor": sql for name, sql in VISITOR_WRITES.items()}
    answers = {name: undone(things.fill(sql)) for name, sql in tries.items()}
    assert {name: answer for name, answer in answers.items() if answer.count < 1} == {}
