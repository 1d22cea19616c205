"""What the log says of signing in: enough to see an attack, and no secret."""

import logging

import pytest

from sites.accounts.counting import digest
from sites.accounts.throttle import HERE, RESET_PLACE
from tests.factories.people import PASSWORD

NOBODY = "geheimes-passwort-im-falschen-feld@beispiel.test"


@pytest.fixture
def lines(caplog):
    """`lines()` → what was logged since the last call."""
    caplog.set_level(logging.INFO, "thinka.signin")

    def read() -> list[str]:
        found = [f"{r.levelname} {r.getMessage()}" for r in caplog.records if r.name == "thinka.signin"]
        caplog.clear()
        return found

    return read


@pytest.fixture
def client(traeger_a, client_for):
    return client_for(None, traeger_a)


@pytest.mark.parametrize("url", ["/anmelden/", "/admin/login/"])
def test_signing_in_and_out(url, client, someone, lines):
    place = {"REMOTE_ADDR": "192.0.2.1"}
    client.post(url, {"username": someone.email, "password": "falsch"}, **place)
    client.post(url, {"username": NOBODY, "password": "falsch"}, **place)
    client.post(url, {"username": someone.email, "password": PASSWORD}, **place)
    client.post("/abmelden/", **place)
    assert lines() == [
        f"INFO Not signed in: person {someone.pk} from 192.0.2.1",
        f"INFO Not signed in: unknown {digest(NOBODY)[:8]} from 192.0.2.1",
        f"INFO Signed in: person {someone.pk} from 192.0.2.1",
        f"INFO Signed out: person {someone.pk} from 192.0.2.1",
    ]


def test_who_is_slowed_down(client, someone, lines):
    for _try in range(HERE.rate.amount):
        client.post("/anmelden/", {"username": someone.email, "password": "falsch"})
    lines()
    client.post("/anmelden/", {"username": someone.email, "password": PASSWORD})
    (line,) = lines()
    # The account is not looked up: that is part of what a flood should not cost.
    begin = f"WARNING Slowed down: sign-in, unknown {digest(someone.email)[:8]} from 127.0.0.1, for "
    assert line.startswith(begin)


def test_resets(client, someone, lines):
    for number in range(RESET_PLACE.rate.amount + 1):
        client.post("/admin/password_reset/", {"email": f"person-{number}@beispiel.test"})
    found = lines()
    assert found[0] == (
        f"INFO New password asked for: unknown {digest('person-0@beispiel.test')[:8]} from 127.0.0.1"
    )
    assert found[-1].startswith("WARNING Slowed down: reset, unknown ")
    assert "@" not in "".join(found)


def test_a_new_password(someone, lines):
    someone.set_password("drei-neue-Woerter-hier")
    someone.save()
    assert lines() == [f"INFO New password: person {someone.pk}"]


def test_it_stands_in_the_log_of_an_installation(settings):
    assert settings.LOGGING["loggers"]["thinka"]["level"] == "INFO"
    assert logging.getLogger("thinka.signin").isEnabledFor(logging.INFO)
