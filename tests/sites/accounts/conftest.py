from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db.models import F

from sites.models import AttemptCount
from tests.factories import UserFactory


@pytest.fixture
def someone(traeger_a):
    return UserFactory(role="redaktion", traeger=traeger_a, email="lotse@beispiel.test")


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """The passwords for which the digest was computed: what costs the time."""
    found, stock = [], MD5PasswordHasher.encode

    def encode(self, password, salt):
        found.append(password)
        return stock(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return found


@pytest.fixture
def wait():
    """`wait(minutes=5)`: so much time goes by for whatever was counted."""

    def go_on(**time) -> None:
        AttemptCount.objects.update(ends_at=F("ends_at") - timedelta(**time))

    return go_on
