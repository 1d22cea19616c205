"""A script in the editor is told that the session has ended; a person is led to the login, as ever."""

import pytest
from django.urls import reverse

from sites.access.roles import REDAKTION

SCRIPT = {"Accept": "application/json"}


@pytest.mark.parametrize("view", ["portal_session", "wagtailadmin_home"])
def test_signed_out(view, traeger_a, client_for):
    client, url = client_for(None, traeger_a), reverse(view)
    answer = client.get(url, headers=SCRIPT)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "signed_out")
    assert client.get(url).status_code == 302


def test_signed_in(traeger_a, person, client_for):
    editor = person(REDAKTION, traeger_a)
    answer = client_for(editor, traeger_a).get(reverse("portal_session"), headers=SCRIPT)
    assert answer.json()["person"] == editor.pk
    assert "no-store" in answer["Cache-Control"]
