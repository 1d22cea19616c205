"""Entries of which both engines have to say the same."""

import pytest

from search.engine import building, telling
from tests.search.contract import engine


@pytest.fixture
def elasticsearch(db, monkeypatch):
    """The portal has Elasticsearch beside PostgreSQL; the client of that."""
    # Of other tests transactions may be open.
    monkeypatch.setattr(building, "_settled", lambda index: True)
    # How long an answer takes here says something about the machine.
    monkeypatch.setattr(telling, "QUESTION", 60.0)
    with engine.engine() as server:
        yield server
