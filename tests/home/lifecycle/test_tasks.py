"""What waits for a person: what is due of that which their roles look after, the most urgent first."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from home.lifecycle.tasks import SHOWN, waiting_for
from home.models import Verification
from home.models.notices import Notice
from knowledge.models import MethodIndexPage
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import TraegerRole
from tests.factories import MethodPageFactory, UserFactory
from tests.world import list_page

pytestmark = pytest.mark.django_db
# Title: in how many days the check is due, and what is said.
DAYS = {
    "Überfällig": (-9, "seit 9 Tagen fällig"),
    "Gestern": (-1, "seit 1 Tag fällig"),
    "Heute": (0, "heute fällig"),
    "Bald": (30, None),
    "Später": (31, None),
}


@pytest.fixture(autouse=True)
def checks(knowledge) -> dict[str, Verification]:
    Verification.objects.all().delete()
    parent = list_page(knowledge, MethodIndexPage)
    return {
        title: Verification.objects.create(
            page_id=MethodPageFactory(parent=parent, title=title).pk,
            traeger=knowledge,
            verified_until=localdate() + timedelta(days=days),
        )
        for title, (days, _said) in DAYS.items()
    }


def waiting(user):
    roles = list(TraegerRole.objects.filter(group__user=user).select_related("traeger"))
    return waiting_for(user, roles)


def titles(user) -> list[str]:
    return [task.page.title for task in waiting(user).tasks]


def test_the_most_urgent_comes_first_and_says_since_when(person, knowledge):
    found = waiting(person(REDAKTION, knowledge))
    assert [task.page.title for task in found.tasks] == ["Überfällig", "Gestern", "Heute", "Bald"]
    assert [task.state for task in found.tasks][:3] == [DAYS[title][1] for title in list(DAYS)[:3]]
    assert [task.is_late for task in found.tasks] == [True, True, False, False]
    assert found.tasks[0].text == "Stimmt „Überfällig“ noch?"
    assert found.tasks[0].about == f"Methode, verantwortlich: Redaktion, {knowledge.name}"
    assert not found.has_more


@pytest.mark.parametrize(
    ("owner", "holds"),
    [
        (LESEN, {LESEN, REDAKTION, FREIGABE, LEITUNG}),
        (REDAKTION, {REDAKTION, FREIGABE, LEITUNG}),
        (FREIGABE, {FREIGABE, LEITUNG}),
        (LEITUNG, {LEITUNG}),
    ],
)
def test_it_is_for_the_role_and_those_that_hold_its_rights(person, knowledge, traeger_a, owner, holds):
    Verification.objects.update(role=owner)
    for role in (LESEN, REDAKTION, FREIGABE, LEITUNG):
        assert bool(titles(person(role, knowledge))) is (role in holds)
        assert not titles(person(role, traeger_a))


def test_administrators_are_asked_nothing_that_no_role_of_theirs_looks_after(knowledge):
    assert not titles(UserFactory(admin=True))
    assert titles(UserFactory(admin=True, role=REDAKTION, traeger=knowledge))


def test_what_is_not_published_or_not_readable_waits_for_nobody(person, knowledge, traeger_a, checks):
    Verification.objects.update(traeger=traeger_a)
    owner = person(REDAKTION, traeger_a)
    assert len(titles(owner)) == 4
    gone = checks["Überfällig"].page
    gone.live = False
    gone.save()
    closed = PageViewRestriction.objects.create(page=checks["Heute"].page, restriction_type="groups")
    closed.groups.set([knowledge.group(LEITUNG)])
    assert titles(owner) == ["Gestern", "Bald"]


def test_more_than_fits_is_said(person, knowledge, django_assert_num_queries):
    parent = list_page(knowledge, MethodIndexPage)
    for number in range(SHOWN):
        page = MethodPageFactory(parent=parent, title=f"Methode {number}")
        Verification.objects.create(page_id=page.pk, traeger=knowledge, verified_until=localdate())
    owner = person(REDAKTION, knowledge)
    waiting(owner)  # principals and content types are kept
    roles = list(TraegerRole.objects.filter(group__user=owner).select_related("traeger"))
    with django_assert_num_queries(2):
        found = waiting_for(owner, roles)
    assert (len(found.tasks), found.has_more) == (SHOWN, True)


def test_what_readers_noticed_waits_for_who_looks_after_it(person, knowledge, traeger_a, checks):
    late = checks["Später"].page_id
    Notice.objects.create(page_id=late, reason=Notice.Reason.PHONE, language="de")
    Notice.objects.create(page_id=late, reason=Notice.Reason.GONE, language="de", answered_at=timezone.now())
    noticed = [task for task in waiting(person(REDAKTION, knowledge)).tasks if task.page.pk == late]
    assert [(task.text, task.state, task.is_late) for task in noticed] == [
        ("„Später“: Hier stimmt etwas nicht mehr", "Die Telefonnummer", True)
    ]
    assert not titles(person(REDAKTION, traeger_a))
    assert not titles(UserFactory(admin=True))
