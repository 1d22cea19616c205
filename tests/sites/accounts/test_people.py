"""Adding and changing people in the editing area."""

import pytest
from django.urls import reverse

from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.models import User
from tests.factories import UserFactory
from tests.factories.people import PASSWORD
from tests.wording import said

ADD = reverse("wagtailusers_users:add")
FOREIGN_ROLE = (
    "The role “%(role)s” belongs to %(traeger)s. Please choose this Träger too, or take the role away."
)


@pytest.fixture
def admin(coordination, client_for):
    return client_for(UserFactory(admin=True), coordination)


def data(**changes) -> dict:
    return {
        "email": "Neu@Beispiel.test",
        "first_name": "Beispiel",
        "last_name": "Neu",
        "role_title": "Lotse",
        "phone": "",
        "photo": "",
        "language": "de",
        "traeger": [],
        "groups": [],
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | changes


def test_a_person_gets_a_role_at_a_traeger(admin, traeger_a):
    role = traeger_a.group(REDAKTION)
    response = admin.post(ADD, data(traeger=[traeger_a.pk], groups=[role.pk]))
    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(email="neu@beispiel.test")
    assert list(user.traeger.all()) == [traeger_a]
    assert list(user.groups.all()) == [role]
    assert user.role_title == "Lotse"
    assert user.wagtail_userprofile.preferred_language == "de"
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("chosen", [[], ["traeger_b"]])
def test_a_role_needs_its_traeger(admin, world, chosen):
    traegers = [getattr(world, name).pk for name in chosen]
    role = world.traeger_a.group(LEITUNG)
    response = admin.post(ADD, data(traeger=traegers, groups=[role.pk]))
    errors = response.context["form"].errors.as_data()
    assert [error.code for error in errors["groups"]] == ["foreign_role"]
    assert "Beispiel Nord e.V." in errors["groups"][0].messages[0]
    assert not User.objects.filter(last_name="Neu").exists()
    # Nothing typed is lost.
    assert 'value="Lotse"' in response.content.decode()


def test_an_address_is_one_person_however_it_is_written(admin):
    UserFactory(email="neu@beispiel.test")
    response = admin.post(ADD, data(email="NEU@beispiel.test"))
    assert said("There is already an account with this e-mail address.") in response.content.decode()
    assert User.objects.filter(email__iexact="neu@beispiel.test").count() == 1


def test_a_person_changes_the_traeger(admin, traeger_a, traeger_b, person):
    user = person(REDAKTION, traeger_a)
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    values = data(email=user.email, is_active="on", password1="", password2="")
    wrong = values | {"traeger": [traeger_b.pk], "groups": [traeger_a.group(REDAKTION).pk]}
    assert admin.post(url, wrong).status_code == 200
    right = values | {"traeger": [traeger_b.pk], "groups": [traeger_b.group(FREIGABE).pk]}
    assert admin.post(url, right).status_code == 302
    user.refresh_from_db()
    assert list(user.traeger.all()) == [traeger_b]
    assert list(user.groups.all()) == [traeger_b.group(FREIGABE)]
    assert user.check_password(PASSWORD)


def test_roles_are_grouped_by_traeger(admin, traeger_a, traeger_b):
    response = admin.get(ADD)
    sections = dict(response.context["form"].fields["groups"].choices)
    assert {traeger_a.name, traeger_b.name} <= set(sections)
    assert len(sections[traeger_a.name]) == 4


def test_the_list_sorts_names_for_people_and_asks_few_questions(
    admin, traeger_a, person, django_assert_num_queries
):
    for name in ("Zebra", "Ofen", "Äpfel", "apfel"):
        person(REDAKTION, traeger_a, last_name=name)
    url = reverse("wagtailusers_users:index")
    admin.get(url)
    with django_assert_num_queries(12):
        shown = admin.get(url).context["object_list"]
    names = [user.last_name for user in shown if not user.last_name.startswith("Person")]
    assert {names[0], names[1]} == {"Äpfel", "apfel"}
    assert names[2:] == ["Ofen", "Zebra"]


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
def test_only_administrators_manage_people(role, traeger_a, person, client_for):
    client = client_for(person(role, traeger_a), traeger_a)
    other = person(REDAKTION, traeger_a)
    for url in (
        ADD,
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:edit", args=[other.pk]),
    ):
        assert client.get(url).status_code == 404
    client.post(ADD, data())
    assert not User.objects.filter(last_name="Neu").exists()
