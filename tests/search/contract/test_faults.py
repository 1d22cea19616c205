"""Elasticsearch is killed in the middle of many saves: none fails, and afterwards nothing differs."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings

from search.engine import building, client, comparing
from search.indexing import drain
from search.models import EngineChange
from tests.factories import ContentPageFactory
from tests.search.contract import engine

SAVES = int(os.environ.get("SAVES", "40"))
SCRIPT = Path(settings.BASE_DIR) / "scripts" / "search_engine"
# Another one than that of the other tests, which may be asked at the same moment.
PORT = "9219"


def server(action: str) -> str:
    done = subprocess.run([SCRIPT, action, PORT], capture_output=True, text=True, check=False, timeout=600)
    if done.returncode == 3:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def own_server(monkeypatch):
    """A server that may be killed."""
    engine.need()
    monkeypatch.setattr(engine, "URL", server("start"))
    yield
    server("stop")


@pytest.mark.long
def test_no_save_fails_and_nothing_is_lost(own_server, elasticsearch, traeger_a):
    engine.build()
    slowest = 0.0
    for number in range(SAVES):
        if number == SAVES // 3:
            server("kill")
        if number == 2 * SAVES // 3:
            server("start")
        begun = time.perf_counter()
        ContentPageFactory(parent=traeger_a.site.root_page, title=f"Kranich {number}")
        slowest = max(slowest, time.perf_counter() - begun)
        drain()
        engine.catch_up()
    assert slowest < 5
    client.BREAKER.works()
    building.look(at_once=True)
    engine.catch_up()
    assert not EngineChange.objects.exists()
    assert comparing.answering()
    assert comparing.differing() == []
