"""Entries about which readers say something, and who says it."""

import re
import time
from contextlib import contextmanager

import pytest

from home.models import AnlaufstelleIndexPage, Notice
from knowledge.models import PartnerIndexPage
from tests.factories import AnlaufstellePageFactory, PartnerPageFactory
from tests.home.lifecycle.notices.steps import READER, address
from tests.home.test_facts import english  # noqa: F401 - a fixture
from tests.world import list_page


@pytest.fixture
def office(traeger_a):
    """Everybody reads it; the writers of its Träger look after it, though nobody has begun its checks."""
    return AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), title="Büro Nord")


@pytest.fixture
def partner(knowledge):
    """Everybody reads it; the writers of the knowledge base look after it."""
    page = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage), title="Beispiel-Beratung")
    page.save_revision().publish()
    return page


@pytest.fixture
def visitor(traeger_a, client_for):
    return client_for(None, traeger_a)


@pytest.fixture
def send(monkeypatch):
    """`send(client, page, reason="phone", …)` reads the form and sends it a minute later."""

    def send(client, page, ago: float = 60, path: str = "", **values):
        path, now = path or address(page), time.time()
        values = {"reason": "other", "token": token(client, path, now - ago), **values}
        with clock(now):
            return client.post(path, {name: value for name, value in values.items() if value is not None})

    @contextmanager
    def clock(stands_at: float):
        """However busy the machine is, so much time has passed between the two requests and no more."""
        with monkeypatch.context() as patched:
            patched.setattr(time, "time", lambda: stands_at)
            yield

    def token(client, path: str, moment: float) -> str:
        with clock(moment):
            response = client.get(path)
        assert response.status_code == 200
        return re.search('name="token" value="([^"]+)"', response.content.decode())[1]

    send.token = lambda client, page, ago=60: token(client, address(page), time.time() - ago)
    return send


@pytest.fixture
def left(office) -> Notice:
    return Notice.objects.create(
        page_id=office.pk, reason="phone", text="Kein Anschluss", email=READER, language="de"
    )
