"""„Neuer Träger“ in the editing area."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from sites.access.roles import LEITUNG
from sites.models import Traeger
from tests.factories import UserFactory
from tests.sites.access.test_creation import everything
from tests.wording import said
from tests.world import A

URL = "/admin/traeger/new/"
DATA = {
    "name": "Beispiel Brücke e.V.",
    "short_name": "",
    "slug": "bruecke",
    "kind": "traeger",
    "host": "",
    "accent_color": "#7a1f5c",
}


@pytest.fixture
def admin(coordination, client_for):
    return client_for(UserFactory(admin=True), coordination)


def test_a_traeger_is_made_by_one_form(admin):
    assert admin.get(URL).status_code == 200
    response = admin.post(URL, DATA, follow=True)
    traeger = Traeger.objects.get(slug="bruecke")
    assert response.redirect_chain == [(reverse("wagtailadmin_explore", args=[traeger.folder_id]), 302)]
    text = response.content.decode()
    assert traeger.site.root_url in text
    assert reverse("wagtailusers_users:add") in text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("host", f"{A}.localhost", "This host name already belongs to another site. Choose another one."),
        ("name", "Beispiel Nord e.V.", "There is already a Träger with this name."),
        ("slug", A, "This short form is taken. Choose another one."),
        (
            "accent_color",
            "gelb",
            "Please enter the colour as # and six digits or letters from a to f, for example #0b6570.",
        ),
    ],
)
def test_mistakes_stand_at_their_field_and_nothing_is_made(admin, field, value, message):
    before = everything()
    response = admin.post(URL, DATA | {field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    text = response.content.decode()
    assert said(message) in text
    # What was typed is still there.
    assert DATA["short_name"] in text
    assert value in text
    assert everything() == before


def test_a_colour_that_is_hard_to_read_is_refused(admin):
    response = admin.post(URL, DATA | {"accent_color": "#ffd24d"})
    assert response.context["form"].errors.as_data()["accent_color"][0].code == "low_contrast"
    assert not Traeger.objects.filter(slug="bruecke").exists()


def test_somebody_was_quicker(admin, monkeypatch):
    """The host name was taken after the check: the same message at the same field."""
    monkeypatch.setattr("sites.admin.forms.validate_new_traeger", lambda *args: None)
    before = everything()
    response = admin.post(URL, DATA | {"host": f"{A}.localhost"})
    assert list(response.context["form"].errors) == ["host"]
    assert everything() == before


def test_heads_of_a_traeger_make_no_other(traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    before = everything()
    assert client.get(URL).status_code == 404
    client.post(URL, DATA)
    assert client.get("/admin/traeger/").status_code == 404
    assert everything() == before


def test_the_right_cannot_be_given(coordination, person, client_for):
    user = person(LEITUNG, coordination)
    user.user_permissions.add(Permission.objects.get(codename="add_traeger"))
    client = client_for(user, coordination)
    client.post(URL, DATA)
    assert not Traeger.objects.filter(slug="bruecke").exists()


def test_a_traeger_is_not_deleted_by_a_click(admin, traeger_a):
    admin.post(f"/admin/traeger/delete/{traeger_a.pk}/")
    assert Traeger.objects.filter(pk=traeger_a.pk).exists()
    assert "delete" not in admin.get(f"/admin/traeger/edit/{traeger_a.pk}/").content.decode()
