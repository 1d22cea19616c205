"""The pages of a team: for its head, about nobody else."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import Invitation
from tests.factories import ContentPageFactory, UserFactory
from tests.wording import said


def test_the_list_tells_role_and_month(client, team, editor, head, person, traeger_a):
    newcomer = person(LESEN, traeger_a)
    editor.last_login = datetime(2026, 3, 17, 9, 41, tzinfo=UTC)
    editor.save()
    html = client.get(team).content.decode()
    assert str(editor) in html
    assert str(head) in html
    row = html.partition(str(editor))[2].partition("</tr>")[0]
    assert "März 2026" in row
    assert "17. März" not in row
    assert "17.03." not in row
    row = html.partition(str(newcomer))[2].partition("</tr>")[0]
    assert said("never") in row


def test_the_highest_role_counts(client, team, editor, traeger_a):
    editor.groups.add(traeger_a.group(FREIGABE), traeger_a.group(LESEN))
    html = client.get(team).content.decode()
    row = html.partition(str(editor))[2].partition("</tr>")[0]
    assert "Freigabe" in row
    assert "Redaktion" not in row
    assert html.count(editor.email) == 1


def test_what_somebody_does_elsewhere_is_not_told(client, team, editor, traeger_b):
    editor.groups.add(traeger_b.group(LEITUNG))
    editor.traeger.add(traeger_b)
    html = client.get(team).content.decode()
    assert str(traeger_b) not in html
    assert traeger_b.short_name not in html
    row = html.partition(str(editor))[2].partition("</tr>")[0]
    assert "Leitung" not in row


def test_what_somebody_has_submitted_is_listed(client, team, editor, traeger_a, traeger_b):
    """What they have submitted elsewhere is not."""
    page, other = (ContentPageFactory(parent=each.site.root_page) for each in (traeger_a, traeger_b))
    for each in (page, other):
        each.save_revision(user=editor)
        each.get_workflow().start(each, editor)
    row = client.get(team).content.decode().partition(str(editor))[2].partition("</tr>")[0]
    assert f"{said('Waits for approval')}: 1" in row
    person = client.get(reverse("portal_team_person", args=[traeger_a.pk, editor.pk])).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in person
    assert reverse("wagtailadmin_pages:edit", args=[other.pk]) not in person


def test_people_of_others_are_not_listed(client, team, person, traeger_b, coordination):
    others = [person(REDAKTION, traeger_b), person(LEITUNG, coordination)]
    html = client.get(team).content.decode()
    assert all(other.email not in html for other in others)


@pytest.mark.parametrize("kind", ["traeger_a", "coordination", "knowledge"])
def test_each_has_its_own_head(kind, world, person, client_for):
    traeger = getattr(world, kind)
    client = client_for(person(LEITUNG, traeger), traeger)
    answer = client.get(reverse("portal_teams"))
    assert answer["Location"] == reverse("portal_team", args=[traeger.pk])
    assert client.get(answer["Location"]).status_code == 200


def test_whoever_leads_several_chooses(world, person, client_for):
    user = person(LEITUNG, world.coordination)
    user.groups.add(world.knowledge.group(LEITUNG), world.traeger_b.group(FREIGABE))
    html = client_for(user, world.coordination).get(reverse("portal_teams")).content.decode()
    for traeger, listed in ((world.coordination, True), (world.knowledge, True), (world.traeger_b, False)):
        assert (reverse("portal_team", args=[traeger.pk]) in html) is listed


def test_administrators_lead_every_team(client_for, traeger_a, traeger_b):
    client = client_for(UserFactory(admin=True), traeger_a)
    assert client.get(reverse("portal_teams")).status_code == 200
    assert client.get(reverse("portal_team", args=[traeger_b.pk])).status_code == 200


def addresses(traeger, person, invitation) -> list[str]:
    """Return the addresses of everything about one team."""
    return [
        reverse("portal_team", args=[traeger.pk]),
        reverse("portal_team_person", args=[traeger.pk, person.pk]),
        reverse("portal_team_end", args=[traeger.pk, person.pk]),
        reverse("portal_invitation_revoke", args=[traeger.pk, invitation]),
        reverse("portal_invitation_again", args=[traeger.pk, invitation]),
    ]


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
def test_a_foreign_team_is_not_there(role, person, traeger_a, traeger_b, client_for, invite):
    invite("neu@beispiel.test")
    editor, open_one = person(REDAKTION, traeger_a), Invitation.objects.get()
    client = client_for(person(role, traeger_b), traeger_b)
    for address in addresses(traeger_a, editor, open_one.pk):
        for values in ({"email": "x@beispiel.test", "role": LEITUNG}, {}):
            assert client.post(address, values).status_code == 404, address
        assert client.get(address).status_code in (404, 405), address
    assert Invitation.objects.get() == open_one


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE])
def test_the_own_team_is_for_its_head(role, person, traeger_a, client_for, editor):
    client = client_for(person(role, traeger_a), traeger_a)
    assert client.get(reverse("portal_teams")).status_code == 404
    for address in addresses(traeger_a, editor, uuid4()):
        assert client.post(address, {"role": LEITUNG}).status_code == 404


def test_foreign_people_and_invitations_are_not_in_the_team(client, traeger_a, traeger_b, person):
    stranger = person(REDAKTION, traeger_b)
    theirs = Invitation.objects.create(
        traeger=traeger_b,
        role=LESEN,
        email="x@beispiel.test",
        digest="x",
        invited_by=stranger,
        expires_at=datetime(2090, 1, 1, tzinfo=UTC),
    )
    for address in addresses(traeger_a, stranger, theirs.pk)[1:]:
        assert client.post(address, {"role": LEITUNG}).status_code == 404
    assert Invitation.objects.get() == theirs
