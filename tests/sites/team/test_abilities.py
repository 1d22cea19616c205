"""Who does what with whose team: role × team → all that the pages and the database let somebody do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import Invitation, TeamRecord
from tests.factories import UserFactory

TEAMS = ("traeger_a", "traeger_b", "coordination", "knowledge")
ALL = {"see", "invite", "invite again", "withdraw", "change a role", "end"}
NOBODYS = (set(),) * len(TEAMS)

# (role, where) → what is done with each of TEAMS
TABLE = {
    ("administrator", None): (ALL,) * len(TEAMS),
    (LESEN, "traeger_a"): NOBODYS,
    (REDAKTION, "traeger_a"): NOBODYS,
    (FREIGABE, "traeger_a"): NOBODYS,
    (LEITUNG, "traeger_a"): (ALL, set(), set(), set()),
    (LEITUNG, "traeger_b"): (set(), ALL, set(), set()),
    (FREIGABE, "coordination"): NOBODYS,
    (LEITUNG, "coordination"): (set(), set(), ALL, set()),
    (LEITUNG, "knowledge"): (set(), set(), set(), ALL),
}


@pytest.fixture
def somebody(world, person):
    def make(role, at):
        return person(role, getattr(world, at)) if at else UserFactory(admin=True)

    return make


def steps(traeger, member, head) -> dict[str, tuple[str, str, dict]]:
    """Return what can be done with a team: name → method, address, form."""
    later = timezone.now() + timedelta(days=1)
    invited = Invitation.objects.create(
        traeger=traeger, role=LESEN, email="a@beispiel.test", digest="x", invited_by=head, expires_at=later
    )
    person, invitation = [traeger.pk, member.pk], [traeger.pk, invited.pk]
    return {
        "see": ("get", reverse("portal_team", args=[traeger.pk]), {}),
        "invite": (
            "post",
            reverse("portal_team", args=[traeger.pk]),
            {"email": "b@beispiel.test", "role": LESEN},
        ),
        "withdraw": ("post", reverse("portal_invitation_revoke", args=invitation), {}),
        "change a role": ("post", reverse("portal_team_person", args=person), {"role": FREIGABE}),
        "end": ("post", reverse("portal_team_end", args=person), {}),
    }


@pytest.mark.parametrize(("role", "at"), TABLE)
def test_teams(role, at, world, somebody, person, client_for):
    found = {}
    user = somebody(role, at)
    client = client_for(user, getattr(world, at or "traeger_a"))
    for team in TEAMS:
        traeger = getattr(world, team)
        member, head = person(REDAKTION, traeger), person(LEITUNG, traeger)
        done = set()
        for name, (method, address, form) in steps(traeger, member, head).items():
            before = TeamRecord.objects.count()
            answer = getattr(client, method)(address, form)
            recorded = TeamRecord.objects.count() - before
            if name == "see":
                assert answer.status_code in (200, 302, 404)
                assert not recorded
                if answer.status_code == 200:
                    done.add(name)
            elif recorded:
                done.add(name)
            again = Invitation.objects.filter(traeger=traeger, email="b@beispiel.test").first()
            if name == "invite" and again:
                address = reverse("portal_invitation_again", args=[traeger.pk, again.pk])
                if client.post(address).status_code == 302:
                    done.add("invite again")
        found[team] = done
    assert found == dict(zip(TEAMS, TABLE[role, at], strict=True))
