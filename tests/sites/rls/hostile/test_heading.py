"""A head changes the own team by its functions, and with any SQL nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sites.access.roles import LEITUNG, REDAKTION
from sites.models import Invitation, TeamRecord
from sites.rls.identity import ADMIN, SITE
from tests.checksums import state
from tests.sites.rls.hostile.heading import HEAD_CALLS, HEAD_WRITES
from tests.sites.rls.hostile.trying import attempt, undone
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")


@pytest.fixture
def fill(things, world):
    """`fill(sql)`: with open invitations and records of both Träger."""
    head = things.people[LEITUNG]
    made = {}
    for name, traeger, by in (
        ("my_invitation", world.traeger_b, head.pk),
        ("foreign_invitation", world.traeger_a, things.ids["foreign_user"]),
    ):
        later = timezone.now() + timedelta(days=1)
        values = {"traeger": traeger, "role": REDAKTION}
        made[name] = Invitation.objects.create(
            email="x@beispiel.test", digest="x", invited_by_id=by, expires_at=later, **values
        ).pk
        TeamRecord.objects.create(action="invited", about="x@beispiel.test", **values)
    # Else the same address could not be invited once more.
    Invitation.objects.update(email="geheim@beispiel.test")
    made |= {
        "head": head.pk,
        "coordination": world.coordination.pk,
        "coordination_heads": world.coordination.group(LEITUNG).pk,
    }
    return lambda sql: things.fill(sql, **made)


@pytest.mark.parametrize("name", HEAD_WRITES)
def test_writing(name, fill, things, traeger_b):
    before = state()
    with web_process(things.people[LEITUNG], traeger_b):
        answer = attempt(fill(HEAD_WRITES[name]))
    assert answer.fruitless, answer
    assert state() == before


@pytest.mark.parametrize("name", HEAD_CALLS)
def test_calling(name, fill, things, traeger_b):
    before = state()
    with web_process(things.people[LEITUNG], traeger_b):
        answer = attempt(fill(f"SELECT {HEAD_CALLS[name]}"))
    assert answer.refused, answer
    assert state() == before


def test_the_owner_could_write_all_that(fill):
    answers = {name: undone(fill(sql)) for name, sql in HEAD_WRITES.items()}
    assert {name: answer for name, answer in answers.items() if answer.count < 1} == {}


OWN_CALLS = (
    "portal_invite(gen_random_uuid(), {my_traeger}, 'leitung', 'neu@beispiel.test', 'x', clock_timestamp())",
    "portal_revoke_invitation('{my_invitation}')",
    "portal_change_role({my_colleague}, {my_traeger}, 'leitung')",
    "portal_end_membership({my_colleague}, {my_traeger})",
)


@pytest.mark.parametrize("call", OWN_CALLS)
def test_the_own_team_is_hers_in_the_editing_area_alone(call, fill, things, traeger_b):
    """So it is the Träger that is refused above, and not a mistake in a call."""
    for who, area, works in (
        (LEITUNG, ADMIN, True),
        (LEITUNG, SITE, False),
        (REDAKTION, ADMIN, False),
        (None, ADMIN, False),
    ):
        records = TeamRecord.objects.count()
        with web_process(things.people.get(who), traeger_b, area):
            answer = undone(fill(f"SELECT {call}"))
        assert answer.refused is not works, answer
        assert bool(answer.sqlstate) is not works, answer
        assert TeamRecord.objects.count() == records


def test_each_of_them_leaves_a_record(fill, things, traeger_b):
    with web_process(things.people[LEITUNG], traeger_b):
        for call in OWN_CALLS:
            assert not attempt(fill(f"SELECT {call}")).sqlstate
    done = (
        TeamRecord.objects.filter(by=things.people[LEITUNG]).order_by("pk").values_list("action", flat=True)
    )
    assert list(done) == ["invited", "revoked", "role", "ended"]


def test_what_is_read_is_of_the_own_team(fill, things, traeger_b):
    with web_process(things.people[LEITUNG], traeger_b):
        for seen in (
            "SELECT DISTINCT traeger_id FROM thinka_sites_invitation",
            "SELECT DISTINCT traeger_id FROM thinka_sites_teamrecord",
        ):
            assert attempt(seen).rows == ((traeger_b.pk,),)
    with web_process(things.people[REDAKTION], traeger_b):
        assert attempt("SELECT FROM thinka_sites_invitation").count == 0
        assert attempt("SELECT FROM thinka_sites_teamrecord").count == 0
