"""Application and database make the same seals, with the same key or not at all."""

import hmac

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sites.access.roles import REDAKTION
from sites.rls.identity import ADMIN, Identity, set_identity
from sites.rls.install import install, installed
from sites.rls.seal import key
from tests.web_role import step_down, step_up, web_process


def seal(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_seal(%s)", [text])
        return cursor.fetchone()[0]


class Seals(TestCase):
    @hypothesis_settings(max_examples=50)
    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    def test_the_database_computes_what_the_application_does(self, text):
        assert seal(text) == hmac.digest(key(), text.encode(), "sha256").hex()


def test_what_was_told_is_read_again(person, traeger_a):
    user = person(REDAKTION, traeger_a)
    with web_process(user, traeger_a), connection.cursor() as cursor:
        cursor.execute("SELECT portal_told('person'), portal_told('area'), portal_told('nothing')")
        assert cursor.fetchone() == (str(user.pk), ADMIN, None)


def test_every_request_has_a_number_of_its_own(person, traeger_a):
    user, numbers = person(REDAKTION, traeger_a), set()
    for _request in range(3):
        with web_process(user, traeger_a):
            numbers.add(connection.connection.portal_request)
    assert len(numbers) == 3


def test_a_new_secret_key_needs_a_migrate(person, traeger_a, settings):
    user = person(REDAKTION, traeger_a)
    identity = Identity(user.pk, ADMIN, traeger_a.site.hostname, traeger_a.site.port)
    settings.SECRET_KEY = "another one, of which the database knows nothing"
    assert not installed()
    step_down()
    with pytest.raises(ImproperlyConfigured, match="another SECRET_KEY"):
        set_identity(identity)
    step_up()
    with connection.cursor() as cursor:
        # PostgreSQL changes no table in which rows of this transaction still wait for a check.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    install()
    assert installed()
    step_down()
    assert set_identity(identity)[0] == user.pk
    step_up()
