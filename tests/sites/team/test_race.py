"""Two requests at the same moment: a team never loses its last head, and a link lets one person in."""

from functools import partial
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError
from django.utils import timezone

from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.models import Invitation, TeamRecord, User
from sites.rls.middleware import refused
from sites.team.invitations import accept, join, make_token, now
from sites.team.services import DONE, LAST_HEAD, ask, change_role, end_membership
from tests.factories import UserFactory
from tests.sites.rls.racing import race
from tests.sites.team.conftest import roles_of
from tests.web_role import web_process


@pytest.fixture
def heads(committed_world):
    """The two heads of a Träger; taken away again afterwards."""
    traeger = committed_world.traeger_a
    people = [UserFactory(role=LEITUNG, traeger=traeger) for _ in range(2)]
    yield traeger, people
    TeamRecord.objects.all().delete()
    User.objects.filter(pk__in=[each.pk for each in people]).delete()


def do(act, head, traeger, said: list, *arguments) -> None:
    with web_process(head, traeger):
        said.append(act(*arguments))


DEMOTE = {"demote": (change_role, (REDAKTION,)), "end": (end_membership, ())}


@pytest.mark.parametrize("first", DEMOTE)
@pytest.mark.parametrize("second", DEMOTE)
def test_two_heads_do_it_to_each_other(first, second, heads):
    """The second one waits, and leads the team no longer then."""
    traeger, (a, b) = heads
    said: list[str] = []
    (act, more), (act_too, more_too) = DEMOTE[first], DEMOTE[second]
    failures = race(
        partial(do, act, a, traeger, said, b.pk, traeger, *more),
        partial(do, act_too, b, traeger, said, a.pk, traeger, *more_too),
    )
    assert said == [DONE]
    (failure,) = failures
    assert isinstance(failure, DatabaseError)
    assert refused(failure)
    assert roles_of(a, traeger) == {LEITUNG}
    assert LEITUNG not in roles_of(b, traeger)


@pytest.mark.parametrize("act", DEMOTE)
def test_both_leave_themselves(act, heads):
    traeger, (a, b) = heads
    said: list[str] = []
    what, more = DEMOTE[act]
    failures = race(
        partial(do, what, a, traeger, said, a.pk, traeger, *more),
        partial(do, what, b, traeger, said, b.pk, traeger, *more),
    )
    assert (said, failures) == ([DONE, LAST_HEAD], [])
    assert roles_of(b, traeger) == {LEITUNG}


def test_two_traeger_end_the_last_memberships(committed_world):
    """The second one sees that no other is left."""
    a, b = committed_world.traeger_a, committed_world.traeger_b
    heads = [UserFactory(role=LEITUNG, traeger=traeger) for traeger in (a, b)]
    user = UserFactory(role=REDAKTION, traeger=a)
    user.groups.add(b.group(REDAKTION))
    said: list[str] = []
    try:
        assert not race(
            partial(do, end_membership, heads[0], a, said, user.pk, a),
            partial(do, end_membership, heads[1], b, said, user.pk, b),
        )
        user.refresh_from_db()
        assert (said, user.is_active) == ([DONE, DONE], False)
    finally:
        TeamRecord.objects.all().delete()
        User.objects.filter(pk__in=[user.pk, *(head.pk for head in heads)]).delete()


def invited(head, traeger, role: str, email: str) -> tuple[UUID, str]:
    """Invite somebody; return what stands in the link."""
    pk, made = uuid4(), now()
    token = make_token(pk, traeger, role, email, made)
    with web_process(head, traeger):
        ask("portal_invite", pk, traeger.pk, role, email, sha256(token.encode()).hexdigest(), made)
    return pk, token


@pytest.fixture
def invitation(heads):
    """`invitation(role, …)`: an account, and a link that invites it to lead; taken away again afterwards."""
    traeger, (head, _) = heads
    made = []

    def make(role=None, **values):
        user = UserFactory(role=role, traeger=traeger if role else None, **values)
        made.append(user.pk)
        return user, *invited(head, traeger, LEITUNG, user.email)

    yield make
    Invitation.objects.all().delete()
    TeamRecord.objects.all().delete()
    User.objects.filter(pk__in=made).delete()


def test_another_role_while_a_second_link_is_used(heads, invitation):
    """The role of the link is there first, and is taken like the one before."""
    traeger, (head, _) = heads
    user, pk, token = invitation(REDAKTION)
    said: list = []
    failures = race(
        partial(do, accept, user, traeger, said, pk, token),
        partial(do, change_role, head, traeger, said, user.pk, traeger, LESEN),
    )
    assert (said, failures) == ([True, DONE], [])
    assert roles_of(user, traeger) == {LESEN}


@pytest.mark.parametrize(
    "change",
    [{"is_active": True}, {"left_at": None}, {"is_superuser": True}],
    ids=lambda change: next(iter(change)),
)
def test_coming_back_while_the_account_is_changed(change, heads, invitation):
    """An administrator has switched it on, or off for good: the link takes it from nobody."""
    traeger, _ = heads
    user, pk, token = invitation(is_active=False, left_at=timezone.now())
    before = User.objects.get(pk=user.pk).password
    said: list[bool] = []
    failures = race(
        partial(User.objects.filter(pk=user.pk).update, **change),
        partial(do, join, None, traeger, said, pk, token, "Andere", "Person", "x"),
    )
    (failure,) = failures
    assert refused(failure)
    assert said == []
    assert User.objects.get(pk=user.pk).password == before
    assert roles_of(user, traeger) == set()
    # As unused as before.
    assert Invitation.objects.filter(pk=pk).exists()


def test_a_link_is_used_twice_at_once(committed_world):
    traeger = committed_world.traeger_a
    head = UserFactory(role=LEITUNG, traeger=traeger)
    email = "wettlauf@beispiel.test"
    pk, token = invited(head, traeger, REDAKTION, email)
    said: list[bool] = []
    try:
        failures = race(
            partial(do, join, None, traeger, said, pk, token, "Erste", "Person", "x"),
            partial(do, join, None, traeger, said, pk, token, "Zweite", "Person", "x"),
        )
        assert (said, failures) == ([True, False], [])
        assert User.objects.get(email=email).first_name == "Erste"
    finally:
        Invitation.objects.all().delete()
        TeamRecord.objects.all().delete()
        User.objects.filter(email=email).delete()
        head.delete()
