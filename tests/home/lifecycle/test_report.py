"""The report of checks: who finds what, how it is narrowed, exported and handed over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from home.models import Verification
from knowledge.models import MethodIndexPage
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import MethodPageFactory, UserFactory
from tests.web_role import web_process
from tests.world import list_page

pytestmark = pytest.mark.django_db
DAYS = {"Überfällig": -9, "Bald": 12, "Geprüft": 200}


@pytest.fixture(autouse=True)
def checks(knowledge) -> dict[str, Verification]:
    Verification.objects.all().delete()
    parent = list_page(knowledge, MethodIndexPage)
    return {
        title: Verification.objects.create(
            page_id=MethodPageFactory(parent=parent, title=title).pk,
            traeger=knowledge,
            verified_until=localdate() + timedelta(days=days),
            reminded=2,
        )
        for title, days in DAYS.items()
    }


@pytest.fixture
def editor(person, client_for, knowledge):
    return client_for(person(REDAKTION, knowledge), knowledge)


def listed(client, **query) -> list[str]:
    response = client.get(reverse("portal_checks"), query)
    assert response.status_code == 200
    return [each.page.title for each in response.context["object_list"]]


def hand_over(client, traeger, role, *checks):
    data = {"owner": f"{traeger.pk}:{role}", "id": [each.pk for each in checks]}
    return client.post(reverse("portal_checks_hand_over"), data)


def test_the_most_overdue_comes_first(editor):
    assert listed(editor) == list(DAYS)


@pytest.mark.parametrize(
    ("state", "title"), [("overdue", "Überfällig"), ("soon", "Bald"), ("checked", "Geprüft")]
)
def test_it_is_narrowed_by_state(editor, state, title):
    assert listed(editor, state=state) == [title]


def test_it_is_narrowed_by_owner(client_for, knowledge, checks, traeger_a):
    Verification.objects.filter(pk=checks["Bald"].pk).update(traeger=traeger_a)
    admin = client_for(UserFactory(admin=True), knowledge)
    assert listed(admin, traeger=traeger_a.pk) == ["Bald"]


def test_it_is_exported(editor):
    response = editor.get(reverse("portal_checks"), {"export": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(DAYS)
    assert lines[1].startswith("Überfällig,")
    assert "Beispiel-Wissensbasis" in lines[1]


def test_an_editor_hands_over_many_at_once(editor, checks, knowledge):
    page = editor.get(reverse("portal_checks")).content.decode()
    assert f'value="{knowledge.pk}:{FREIGABE}"' in page
    assert hand_over(editor, knowledge, FREIGABE, checks["Überfällig"], checks["Bald"]).status_code == 302
    given = Verification.objects.filter(traeger=knowledge, role=FREIGABE, reminded=0)
    assert {each.page.title for each in given} == {"Überfällig", "Bald"}
    assert f"Freigabe, {knowledge.name}" in editor.get(reverse("portal_checks")).content.decode()


def test_a_traeger_out_of_reach_is_not_named_and_gets_nothing(editor, checks, traeger_b):
    Verification.objects.filter(pk=checks["Bald"].pk).update(traeger=traeger_b)
    page = editor.get(reverse("portal_checks")).content.decode()
    assert traeger_b.name not in page
    assert "Redaktion, ein anderer Träger" in page
    assert hand_over(editor, traeger_b, FREIGABE, checks["Überfällig"]).status_code == 404


def test_the_owner_finds_it_in_their_own_report_but_gives_it_to_nobody(
    person, client_for, checks, traeger_a, traeger_b
):
    Verification.objects.filter(pk=checks["Bald"].pk).update(traeger=traeger_a)
    owner = person(LEITUNG, traeger_a)
    client = client_for(owner, traeger_a)
    assert listed(client) == ["Bald"]
    assert hand_over(client, traeger_b, REDAKTION, checks["Bald"]).status_code == 404
    assert hand_over(client, traeger_a, FREIGABE, *checks.values()).status_code == 302
    assert set(Verification.objects.values_list("role", flat=True)) == {REDAKTION}


def test_others_find_nothing_and_are_told_of_no_traeger(person, client_for, traeger_a, traeger_b):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    response = client.get(reverse("portal_checks"))
    assert list(response.context["object_list"]) == []
    assert traeger_b.name not in response.content.decode()


@pytest.mark.parametrize("owner", ["", "x", "1:lesen", "999999:redaktion", "1:gibt-es-nicht"])
def test_nonsense_is_refused(editor, checks, owner):
    data = {"owner": owner, "id": [checks["Bald"].pk]}
    assert editor.post(reverse("portal_checks_hand_over"), data).status_code == 404


def test_readers_have_no_report(person, client_for, knowledge):
    assert client_for(person(LESEN, knowledge), knowledge).get(reverse("portal_checks")).status_code != 200


def test_the_database_agrees(person, knowledge, traeger_a, traeger_b, checks):
    with web_process(person(REDAKTION, knowledge), knowledge):
        assert Verification.objects.update(traeger=traeger_a) == len(DAYS)
    with web_process(person(LEITUNG, traeger_b), traeger_b):
        assert Verification.objects.update(traeger=traeger_b) == 0
