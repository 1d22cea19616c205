"""The link of an invitation: who gets in by it, and who does not."""

import re
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import Invitation, User
from sites.rls.identity import SITE
from sites.team.invitations import make_token, now, opened
from tests.factories import UserFactory
from tests.sites.rls.hostile.trying import attempt
from tests.sites.team.conftest import PASSWORD, link_of, roles_of
from tests.web_role import web_process
from tests.wording import said

pytestmark = pytest.mark.django_db
NEW = "neu@beispiel.test"


def test_a_new_person_makes_the_account_and_signs_in(invite, guest, join, traeger_a):
    link = invite(NEW)
    assert guest.get(link).status_code == 200
    answer = join(link)
    assert answer["Location"] == reverse("login")
    user = User.objects.get(email=NEW)
    assert (user.is_active, user.is_superuser, str(user)) == (True, False, "Beispiel Neu")
    assert roles_of(user, traeger_a) == {REDAKTION}
    assert list(user.traeger.all()) == [traeger_a]
    # Nobody is signed in by a link.
    assert SESSION_KEY not in guest.session
    guest.post(answer["Location"], {"username": NEW, "password": PASSWORD})
    assert guest.session[SESSION_KEY] == str(user.pk)
    assert guest.get("/admin/").status_code == 200
    assert guest.get(reverse("portal_teams")).status_code == 404


def test_the_link_holds_once(invite, join, guest):
    link = invite(NEW)
    join(link)
    for answer in (guest.get(link), join(link), join(link, first_name="Andere")):
        assert answer.status_code == 404
    assert User.objects.get(email=NEW).first_name == "Beispiel"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pk, token: (uuid4(), token),
        lambda pk, token: (pk, token[:-1] + ("0" if token[-1] != "0" else "1")),
        lambda pk, token: (pk, ("A" if token[0] != "A" else "B") + token[1:]),
        lambda pk, token: (pk, token[:43]),
        lambda pk, token: (pk, "x"),
    ],
)
def test_guessed_links_are_all_alike(spoil, invite, guest, join):
    *_, pk, token = invite(NEW).strip("/").split("/")
    address = reverse("invitation", args=spoil(pk, token))
    nowhere = reverse("invitation", args=[uuid4(), "x"])
    answers = [guest.get(address), join(address), guest.get(nowhere)]
    assert [answer.status_code for answer in answers] == [404] * 3
    # Each page names its own address, for the button that changes its look.
    assert len({re.sub(r"/einladung/[^\"]+", "", answer.content.decode()) for answer in answers}) == 1
    assert not User.objects.filter(email=NEW).exists()


def test_after_seven_days_it_is_over(invite, guest, join, client, team):
    link = invite(NEW)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert guest.get(link).status_code == join(link).status_code == 404
    assert said("over, not accepted") in client.get(team).content.decode()


def test_for_another_address_it_is_void(invite, guest):
    """What the link is about is sealed with it: not even who writes the row turns it to somebody else."""
    link = invite(NEW)
    later = Invitation.objects.get().created_at + timedelta(days=1)
    for change in ({"email": "fremd@beispiel.test"}, {"role": LEITUNG}, {"created_at": later}):
        before = Invitation.objects.values(*change).get()
        Invitation.objects.update(**change)
        assert guest.get(link).status_code == 404
        Invitation.objects.update(**before)
        assert guest.get(link).status_code == 200


def test_a_token_of_ones_own_is_worth_nothing(head, traeger_a, guest):
    """An injected statement in the request of a head could invite with a token that it knows."""
    pk, token = uuid4(), "A" * 43 + "0" * 64
    digest = sha256(token.encode()).hexdigest()
    with web_process(head, traeger_a):
        values = f"'{pk}', {traeger_a.pk}, 'leitung', '{NEW}', '{digest}', clock_timestamp()"
        invited = f"SELECT portal_invite({values})"
        assert not attempt(invited).sqlstate
        for call in (
            f"portal_join('{pk}', '{token}', 'A', 'B', 'x')",
            f"portal_accept_invitation('{pk}', '{token}')",
        ):
            assert attempt(f"SELECT {call}").rows == ((False,),)
        assert opened(pk, token) is None
    assert guest.get(reverse("invitation", args=[pk, token])).status_code == 404
    assert not User.objects.filter(email=NEW).exists()


def test_a_token_that_is_over_is_not_armed_again(head, traeger_a, guest):
    """An injected statement could repeat an invitation that was withdrawn, whose link somebody still has."""
    pk, made = uuid4(), now() - timedelta(minutes=2)
    token = make_token(pk, traeger_a, LEITUNG, NEW, made)
    digest = sha256(token.encode()).hexdigest()
    again = "SELECT portal_invite(%s, %s, %s, %s, %s, %s)"
    values = [pk, traeger_a.pk, LEITUNG, NEW, digest]
    with web_process(head, traeger_a):
        assert attempt(again, [*values, made]).refused
        # At another time the seal is not that of the row.
        assert not attempt(again, [*values, now()]).sqlstate
        assert opened(pk, token) is None
    assert guest.get(reverse("invitation", args=[pk, token])).status_code == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"password": "passwort", "again": "passwort"}, "password"),
        ({"password": "neu-beispiel-test", "again": "neu-beispiel-test"}, "password"),
        ({"again": "anders"}, "again"),
        ({"first_name": " "}, "first_name"),
    ],
)
def test_what_the_form_refuses(values, field, invite, join):
    link = invite(NEW)
    answer = join(link, **values)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not User.objects.filter(email=NEW).exists()
    assert join(link).status_code == 302


class TestAnAccountElsewhere:
    @pytest.fixture
    def holder(self, person, traeger_b):
        return person(FREIGABE, traeger_b, email="anderswo@beispiel.test")

    def test_nothing_happens_until_its_holder_agrees(self, holder, invite, guest, join, traeger_a):
        link = invite(holder.email)
        assert guest.get(link).status_code == 200
        assert join(link).status_code == 200
        holder.refresh_from_db()
        assert roles_of(holder, traeger_a) == set()
        assert (holder.first_name, holder.check_password(PASSWORD)) == ("Beispiel", False)

    def test_signed_in_one_button_is_enough(self, holder, invite, client_for, traeger_a, traeger_b):
        link = invite(holder.email)
        browser = client_for(holder, traeger_a)
        assert browser.get(link).status_code == 200
        assert roles_of(holder, traeger_a) == set()
        assert browser.post(link).status_code == 302
        assert roles_of(holder, traeger_a) == {REDAKTION}
        assert roles_of(holder, traeger_b) == {FREIGABE}
        assert browser.post(link).status_code == 404

    def test_the_way_leads_over_the_login(self, holder, invite, guest, traeger_a):
        link = invite(holder.email)
        assert f"{reverse('login')}?next={link}" in guest.get(link).content.decode()

    def test_somebody_else_can_not_accept(self, holder, invite, client_for, person, traeger_a, traeger_b):
        link = invite(holder.email)
        other = person(LESEN, traeger_b)
        browser = client_for(other, traeger_a)
        answer = browser.post(link)
        assert other.email in answer.content.decode()
        assert roles_of(other, traeger_a) == roles_of(holder, traeger_a) == set()

    def test_whoever_changed_the_address_is_somebody_else(self, holder, invite, client_for, traeger_a):
        link = invite(holder.email)
        User.objects.filter(pk=holder.pk).update(email="umgezogen@beispiel.test")
        browser = client_for(User.objects.get(pk=holder.pk), traeger_a)
        assert browser.post(link).status_code == 200
        assert roles_of(holder, traeger_a) == set()

    def test_a_head_can_not_agree_for_somebody(self, holder, invite, head, client, traeger_a):
        link = invite(holder.email)
        assert client.post(link).status_code == 200
        assert roles_of(holder, traeger_a) == set()
        assert roles_of(head, traeger_a) == {LEITUNG}

    def test_an_account_that_is_switched_off_stays_so(self, invite, guest, join):
        UserFactory(email="aus@beispiel.test", is_active=False)
        link = invite("aus@beispiel.test")
        assert join(link).status_code == 200
        assert not User.objects.get(email="aus@beispiel.test").is_active


def test_signed_in_as_somebody_else_no_account_is_made(invite, join, client):
    link = invite(NEW)
    assert join(link, client=client).status_code == 200
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("what", ["demoted", "switched off", "gone"])
def test_whoever_leads_no_longer_has_invited_nobody(what, invite, guest, head, traeger_a, person):
    person(LEITUNG, traeger_a)
    link = invite(NEW)
    match what:
        case "demoted":
            head.groups.set([traeger_a.group(REDAKTION)])
        case "switched off":
            User.objects.filter(pk=head.pk).update(is_active=False)
        case "gone":
            head.delete()
    assert guest.get(link).status_code == 404


def test_the_link_of_an_administrator_holds(client_for, traeger_a, team, guest, join):
    client_for(UserFactory(admin=True), traeger_a).post(team, {"email": NEW, "role": LEITUNG})
    join(link_of(mail.outbox[-1]))
    assert roles_of(User.objects.get(email=NEW), traeger_a) == {LEITUNG}


def test_a_visitor_with_the_link_gets_that_account_and_no_other(invite, traeger_a):
    """Any SQL in the request of whoever holds a link: one account, with the invited address and role."""
    *_, pk, token = invite(NEW).strip("/").split("/")
    with web_process(None, traeger_a, SITE):
        joined = f"SELECT portal_join('{pk}', '{token}', 'A', 'B', 'x')"
        assert attempt(joined).rows == ((True,),)
        assert attempt(joined).rows == ((False,),)
    user = User.objects.get(email=NEW)
    assert (roles_of(user, traeger_a), user.is_superuser) == ({REDAKTION}, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thinka_sites_user_groups WHERE user_id = %s", [user.pk])
        assert cursor.fetchone() == (1,)
