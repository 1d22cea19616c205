"""Another role, and the end of a membership: what ends with it, and what stays."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageSubscription

from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import Invitation, PageUserGrant, Session, TeamRecord, User
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, UserFactory
from tests.factories.people import PASSWORD as FACTORY_PASSWORD
from tests.sites.grants.granting import grant
from tests.sites.team.conftest import PASSWORD, link_of, roles_of
from tests.wording import said

LAST = "This is the last head of the team. Give somebody else the role Head first, then try again."


@pytest.fixture
def change(client, traeger_a):
    return lambda user, role, by=client: by.post(
        reverse("portal_team_person", args=[traeger_a.pk, user.pk]), {"role": role}
    )


@pytest.fixture
def end(client, traeger_a):
    return lambda user, by=client: by.post(reverse("portal_team_end", args=[traeger_a.pk, user.pk]))


@pytest.mark.parametrize("role", [LESEN, REDAKTION, FREIGABE, LEITUNG])
def test_one_role_takes_the_place_of_all(role, change, editor, traeger_a, traeger_b):
    editor.groups.add(traeger_a.group(FREIGABE), traeger_b.group(LESEN))
    assert change(editor, role).status_code == 302
    assert roles_of(editor, traeger_a) == {role}
    assert roles_of(editor, traeger_b) == {LESEN}
    record = TeamRecord.objects.get()
    assert (record.was, record.role, record.about) == (FREIGABE, role, str(editor))


def test_another_role_holds_from_the_next_request_on(change, editor, client_for, traeger_a):
    browser = client_for(editor, traeger_a)
    assert browser.get("/admin/").status_code == 200
    change(editor, LESEN)
    assert browser.get("/admin/").status_code == 302
    change(editor, LEITUNG)
    assert browser.get(reverse("portal_team", args=[traeger_a.pk])).status_code == 200


@pytest.mark.parametrize("role", ["", "x", "administrator"])
def test_there_are_only_the_own_roles(role, change, editor, traeger_a):
    assert change(editor, role).status_code == 200
    assert roles_of(editor, traeger_a) == {REDAKTION}


def test_fields_that_the_form_does_not_have_do_nothing(client, editor, traeger_a, traeger_b):
    more = {
        "is_superuser": "on",
        "groups": traeger_b.group(LEITUNG).pk,
        "user_permissions": "1",
        "traeger": traeger_b.pk,
    }
    client.post(reverse("portal_team_person", args=[traeger_a.pk, editor.pk]), {"role": FREIGABE, **more})
    editor.refresh_from_db()
    assert list(editor.groups.all()) == [traeger_a.group(FREIGABE)]
    assert not editor.is_superuser


def test_with_the_last_membership_the_session_ends(end, editor, client_for, traeger_a, guest):
    browser = client_for(editor, traeger_a)
    assert browser.get("/admin/").status_code == 200
    assert end(editor).status_code == 302
    assert not Session.objects.filter(user=editor).exists()
    answer = browser.get("/admin/")
    assert answer["Location"].startswith("/admin/login/")
    known = {"username": editor.email, "password": FACTORY_PASSWORD}
    assert guest.post("/anmelden/", known).status_code == 200
    assert SESSION_KEY not in guest.session


def test_elsewhere_it_goes_on(end, editor, client_for, traeger_a, traeger_b):
    editor.groups.add(traeger_b.group(REDAKTION))
    editor.traeger.add(traeger_b)
    browser = client_for(editor, traeger_b)
    end(editor)
    assert roles_of(editor, traeger_a) == set()
    assert list(editor.traeger.all()) == [traeger_b]
    assert browser.get("/admin/").status_code == 200
    editor.refresh_from_db()
    assert (editor.is_active, editor.left_at) == (True, None)


def test_an_administrator_stays_one(end, traeger_a):
    user = UserFactory(admin=True, role=REDAKTION, traeger=traeger_a)
    end(user)
    user.refresh_from_db()
    assert user.is_active
    assert roles_of(user, traeger_a) == set()


def test_grants_and_subscriptions_of_this_traeger_end(end, editor, traeger_a, traeger_b):
    page = ContentPageFactory(parent=traeger_a.site.root_page, owner=editor)
    elsewhere = ContentPageFactory(parent=traeger_b.site.root_page)
    ours = [grant(editor, page, "change"), grant(editor, ImageFactory(traeger=traeger_a), "change")]
    theirs = [grant(editor, elsewhere, "change"), grant(editor, ImageFactory(traeger=traeger_b), "change")]
    for each in (page, elsewhere):
        PageSubscription.objects.create(page=each, user=editor, comment_notifications=True)
    editor.groups.add(traeger_b.group(REDAKTION))
    end(editor)
    now = timezone.now()
    assert [type(each).grants.in_force(now).filter(pk=each.pk).exists() for each in (*ours, *theirs)] == [
        *(False, False),
        *(True, True),
    ]
    assert list(PageSubscription.objects.values_list("page", flat=True)) == [elsewhere.pk]
    # What was made stays, and so does whose it is.
    assert Page.objects.get(pk=page.pk).owner == editor


def test_with_the_last_membership_all_grants_end(end, editor, world, join, client_for, person):
    """Somebody else's invitation opens the account again, and nothing that others once gave it."""
    there = world.traeger_b
    page = ContentPageFactory(parent=there.site.root_page)
    files = [make(traeger=there) for make in (ImageFactory, DocumentFactory)]
    given = [grant(editor, each, "change") for each in (page, *files)]
    colleague = person(REDAKTION, there)
    kept = grant(colleague, page, "change")
    PageSubscription.objects.create(page=page, user=editor, comment_notifications=True)
    end(editor)
    browser = client_for(person(LEITUNG, world.coordination), world.coordination)
    team = reverse("portal_team", args=[world.coordination.pk])
    browser.post(team, {"email": editor.email, "role": LESEN})
    join(link_of(mail.outbox[-1]))
    editor.refresh_from_db()
    assert editor.is_active
    for each in given:
        assert not type(each).grants.in_force().filter(user=editor).exists()
    assert not PageSubscription.objects.filter(user=editor).exists()
    assert PageUserGrant.grants.in_force().get() == kept


def test_an_administrator_keeps_what_others_gave(end, traeger_a, traeger_b):
    user = UserFactory(admin=True, role=REDAKTION, traeger=traeger_a)
    theirs = grant(user, ContentPageFactory(parent=traeger_b.site.root_page), "change")
    end(user)
    assert PageUserGrant.grants.in_force().get() == theirs


def test_an_ended_grant_keeps_its_end(end, editor, traeger_a):
    before = timezone.now() - timedelta(days=9)
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    over = grant(editor, page, "view", expires_at=before)
    end(editor)
    assert PageUserGrant.grants.get(pk=over.pk).expires_at == before


class TestTheLastHead:
    def test_stays_the_head(self, change, end, head, traeger_a):
        for role in (LESEN, REDAKTION, FREIGABE):
            assert said(LAST) in change(head, role).content.decode()
        assert end(head).status_code == 302
        assert roles_of(head, traeger_a) == {LEITUNG}
        assert not TeamRecord.objects.exists()

    def test_whoever_can_not_sign_in_is_no_other_head(self, end, head, person, traeger_a):
        person(LEITUNG, traeger_a, is_active=False)
        end(head)
        assert roles_of(head, traeger_a) == {LEITUNG}

    def test_a_head_of_another_traeger_is_none_here(self, end, head, person, traeger_a, traeger_b):
        person(LEITUNG, traeger_b)
        end(head)
        assert roles_of(head, traeger_a) == {LEITUNG}

    def test_goes_once_there_is_another(self, end, head, person, client, traeger_a):
        person(LEITUNG, traeger_a)
        assert end(head).status_code == 302
        assert roles_of(head, traeger_a) == set()
        assert client.get("/admin/").status_code == 302

    def test_gives_the_role_away_and_works_on(self, change, head, person, client, traeger_a):
        person(LEITUNG, traeger_a)
        assert change(head, REDAKTION)["Location"] == "/admin/"
        assert client.get("/admin/").status_code == 200
        assert client.get(reverse("portal_teams")).status_code == 404


def test_open_invitations_go_with_their_head(invite, end, person, traeger_a, client_for, head):
    invite("neu@beispiel.test")
    other = person(LEITUNG, traeger_a)
    end(head, client_for(other, traeger_a))
    assert not Invitation.objects.exists()


class TestAnInvitationToAMember:
    """Sent anew while they accepted the one before: whoever loses a role does not get it back by the link."""

    EMAIL = "Neu@beispiel.test"

    @pytest.fixture
    def link(self, invite) -> str:
        invite("andere@beispiel.test")
        return invite(self.EMAIL, LEITUNG)

    @pytest.fixture
    def member(self, link, person, traeger_a, traeger_b) -> User:
        user = person(LEITUNG, traeger_a, email=self.EMAIL)
        user.groups.add(traeger_b.group(LESEN))
        return user

    @pytest.fixture(autouse=True)
    def elsewhere(self, link, member, traeger_b, person) -> Invitation:
        """Another Träger's, which stays."""
        later = timezone.now() + timedelta(days=1)
        values = {"role": REDAKTION, "email": self.EMAIL.lower(), "digest": "x", "expires_at": later}
        return Invitation.objects.create(traeger=traeger_b, invited_by=person(LEITUNG, traeger_b), **values)

    def is_void(self, link, browser) -> bool:
        left = Invitation.objects.order_by("email").values_list("email", flat=True)
        assert list(left) == ["andere@beispiel.test", self.EMAIL.lower()]
        return browser.post(link).status_code == 404

    def test_goes_with_the_role(self, link, member, change, client_for, traeger_a):
        assert change(member, LESEN).status_code == 302
        assert self.is_void(link, client_for(member, traeger_a))
        assert roles_of(member, traeger_a) == {LESEN}

    def test_goes_with_the_membership(self, link, member, end, client_for, traeger_a, traeger_b):
        assert end(member).status_code == 302
        assert self.is_void(link, client_for(member, traeger_b))
        assert roles_of(member, traeger_a) == set()


class TestComingBack:
    @pytest.fixture
    def left(self, end, editor) -> User:
        end(editor)
        editor.refresh_from_db()
        assert (editor.is_active, editor.left_at is None) == (False, False)
        return editor

    def test_by_an_invitation(self, left, invite, join, guest, traeger_a):
        assert join(invite(left.email, LESEN), last_name="Zurück").status_code == 302
        left.refresh_from_db()
        assert (left.is_active, left.left_at, left.last_name) == (True, None, "Zurück")
        assert roles_of(left, traeger_a) == {LESEN}
        assert left.check_password(PASSWORD)

    def test_by_another_traeger(self, left, client_for, person, traeger_b, join):
        browser = client_for(person(LEITUNG, traeger_b), traeger_b)
        browser.post(reverse("portal_team", args=[traeger_b.pk]), {"email": left.email, "role": LESEN})
        join(link_of(mail.outbox[-1]))
        assert roles_of(left, traeger_b) == {LESEN}

    def test_not_once_an_administrator_has_switched_the_account_off(self, left, invite, join):
        left.is_active = True
        left.save()
        left.refresh_from_db()
        assert left.left_at is None
        left.is_active = False
        left.save()
        assert join(invite(left.email)).status_code == 200
        left.refresh_from_db()
        assert not left.is_active


def test_whoever_was_switched_off_before_does_not_come_back_by_leaving(end, editor, invite, join):
    editor.is_active = False
    editor.save()
    end(editor)
    assert join(invite(editor.email)).status_code == 200
    editor.refresh_from_db()
    assert (editor.is_active, editor.left_at) == (False, None)
