"""Which passwords are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from sites.models import User

PERSON = User(email="petra.lustig@caritas.test", first_name="Petra", last_name="Müller", phone="0361 1234567")

EASY = [
    *("aaaaaaaaaaaa", "abababababab", "abcdefghijkl", "123456789012", "k" * 300, "x9" * 200),
    *("Passwort1234", "Passwort!2026", "P4sswort!!!!", "Kennwort#2027", "Geheimgeheim12", "HalloHallo123"),
    *("qwertzuiop123", "asdfghjklöä1", "Willkommen2026", "Wi11kommen2026", "Sommer2026!!", "Dezember2026!"),
    *("Frühling2026!", "Märzmärz2026", "01.02.1975123", "ErfurtErfurtErfurt", "Erfurt2026!!"),
    *("Caritas12345", "PetraLustig1975", "Petra.Müller1", "Petra.Mueller1", "thinka-demo1"),
]
HARD = [
    *("Xk7#qpLm29vT", "Tasse-Wolke-Leiter", "vier grüne Bäume tanzen", "mein Hund bellt laut"),
    "p7" + "ßw" * 40 + "Tasse-Wolke",
]


@pytest.mark.parametrize("password", EASY)
def test_easy(password):
    with pytest.raises(ValidationError):
        validate_password(password, PERSON)


@pytest.mark.parametrize("password", HARD[:-1])
def test_hard(password):
    validate_password(password, PERSON)
    validate_password(password)


def test_the_reason_says_what_to_do():
    with pytest.raises(ValidationError) as error:
        validate_password("Frühling2026!", PERSON)
    assert any("drei oder vier Wörter" in text for text in error.value.messages)


def test_in_the_form_for_a_new_password(traeger_a, person, client_for):
    client = client_for(person("redaktion", traeger_a), traeger_a)
    values = {f"password-{name}": "Passwort1234" for name in ("new_password1", "new_password2")}
    text = client.post("/admin/account/", values | {"password-old_password": "x"}).content.decode()
    assert "Dieses Passwort ist leicht zu erraten." in text
