"""Inviting by mail: into the own roles, once, and nobody learns who has an account."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.models import Invitation, OutgoingMail, TeamRecord, User
from sites.team.invitations import BY_TRAEGER, TO_ADDRESS
from sites.team.keeping import tidy
from tests.factories import UserFactory
from tests.wording import said

NEW = "neu@beispiel.test"


def test_the_mail_tells_who_and_what(invite, head, traeger_a):
    link = invite("Neu@Beispiel.test")
    (message,) = mail.outbox
    assert all(text in message.body for text in (str(head), str(traeger_a), "Redaktion", "sieben Tage"))
    assert f"//{traeger_a.site.hostname}" in message.body
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (NEW, REDAKTION, head)
    left = invitation.expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    assert str(invitation.pk) in link


def test_the_token_is_stored_nowhere(invite, paused_queue, client, team):
    link = invite_link_before_it_is_sent(client, team)
    token = link.rstrip("/").rpartition("/")[2]
    assert Invitation.objects.get().digest == sha256(token.encode()).hexdigest()
    OutgoingMail.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i::text FROM thinka_sites_invitation i"
            " UNION ALL SELECT r::text FROM thinka_sites_teamrecord r"
        )
        assert not any(token[:43] in text or token[43:] in text for (text,) in cursor.fetchall())


def invite_link_before_it_is_sent(client, team) -> str:
    client.post(team, {"email": NEW, "role": LESEN})
    return re.search(r"/einladung/[^\s\\]+", OutgoingMail.objects.get().content)[0]


def test_nobody_learns_who_has_an_account(client, team, traeger_b, person):
    """The answer, the mail and what is asked of the database are the same."""
    person(REDAKTION, traeger_b, email="anderswo@beispiel.test")
    UserFactory(email="abgeschaltet@beispiel.test", is_active=False)
    client.get(team)
    seen = []
    for name in ("unbekannt", "anderswo", "abgeschaltet"):
        email = f"{name}@beispiel.test"
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(team, {"email": email, "role": REDAKTION})
        html = client.get(team).content.decode()
        listed = html.partition(said("Open invitations"))[2].partition("</ul>")[0]
        body = mail.outbox[-1].body
        pk = str(Invitation.objects.get(email=email).pk)
        plain = re.sub(r"/einladung/\S+|\d+", "", body)
        seen.append(
            (answer.status_code, answer["Location"], len(asked), plain, email in listed, pk in listed)
        )
    assert seen[0] == seen[1] == seen[2]


def test_a_role_of_another_traeger_is_none(client, team, traeger_b):
    for role in ("", "x", str(traeger_b.group(LEITUNG).pk), "administrator"):
        assert client.post(team, {"email": NEW, "role": role}).status_code == 200
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_whoever_is_in_the_team_is_not_invited(client, team, editor):
    answer = client.post(team, {"email": editor.email.upper(), "role": LEITUNG})
    assert (
        said("This person is in the team already. Change the role in the list above.")
        in answer.content.decode()
    )
    assert not Invitation.objects.exists()


def test_sent_anew_the_old_link_holds_no_longer(invite, client, traeger_a, guest):
    old = invite(NEW)
    again = reverse("portal_invitation_again", args=[traeger_a.pk, Invitation.objects.get().pk])
    assert client.post(again).status_code == 302
    new = re.search(r"/einladung/\S+", mail.outbox[-1].body)[0]
    assert guest.get(old).status_code == 404
    assert guest.get(new).status_code == 200
    assert Invitation.objects.get().role == REDAKTION


def test_withdrawn_the_link_holds_no_longer(invite, client, traeger_a, guest):
    link = invite(NEW)
    revoke = reverse("portal_invitation_revoke", args=[traeger_a.pk, Invitation.objects.get().pk])
    assert client.get(revoke).status_code == 405
    assert client.post(revoke).status_code == 302
    assert guest.get(link).status_code == 404
    assert client.post(revoke).status_code == 404


def test_one_address_gets_no_flood(client, team):
    answers = [client.post(team, {"email": NEW, "role": LESEN}) for _ in range(TO_ADDRESS.rate.amount + 1)]
    assert [answer.status_code for answer in answers] == [302] * TO_ADDRESS.rate.amount + [200]
    assert len(mail.outbox) == TO_ADDRESS.rate.amount
    assert "zu oft" in answers[-1].content.decode()


def test_a_traeger_sends_no_flood(client, team, traeger_a):
    for _ in range(BY_TRAEGER.rate.amount):
        BY_TRAEGER.hit(str(traeger_a.pk))
    assert client.post(team, {"email": NEW, "role": LESEN}).status_code == 200
    assert not mail.outbox


def test_each_step_is_recorded(invite, join, client, traeger_a, head):
    invite("erst@beispiel.test")
    client.post(reverse("portal_invitation_revoke", args=[traeger_a.pk, Invitation.objects.get().pk]))
    join(invite(NEW))
    new = User.objects.get(email=NEW)
    records = TeamRecord.objects.order_by("pk").values_list("action", "about", "person", "role", "by")
    assert list(records) == [
        ("invited", "erst@beispiel.test", None, REDAKTION, head.pk),
        ("revoked", "erst@beispiel.test", None, REDAKTION, head.pk),
        ("invited", NEW, new.pk, REDAKTION, head.pk),
        ("joined", "Beispiel Neu", new.pk, REDAKTION, new.pk),
    ]
    html = client.get(reverse("portal_team", args=[traeger_a.pk])).content.decode()
    assert "Beispiel Neu" in html.partition(said("What was changed"))[2]


def test_what_is_long_past_is_forgotten(invite):
    for email in (NEW, "alt@beispiel.test"):
        invite(email)
    long_ago = timezone.now() - timedelta(days=400)
    Invitation.objects.filter(email=NEW).update(expires_at=long_ago)
    TeamRecord.objects.filter(about=NEW).update(at=long_ago)
    tidy()
    assert Invitation.objects.get().email == TeamRecord.objects.get().about == "alt@beispiel.test"


@pytest.mark.parametrize("email", ["", "x", "a@b", "neu@beispiel.test, zwei@beispiel.test"])
def test_what_is_no_address(email, client, team):
    assert client.post(team, {"email": email, "role": LESEN}).status_code == 200
    assert not Invitation.objects.exists()
