"""An Elasticsearch to test with: the one at SEARCH_ENGINE_URL, or the one of `make search-engine`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from elasticsearch import Elasticsearch

from search.engine import building, client, sending

URL = os.environ.get("SEARCH_ENGINE_URL", "http://127.0.0.1:9209")


def need() -> Elasticsearch:
    """Return a client; without a server the test is skipped, with REQUIRE_SEARCH_ENGINE=1 it fails."""
    server = Elasticsearch(URL, request_timeout=30, max_retries=0)
    if server.ping():
        return server
    reason = f"No Elasticsearch answers at {URL}. Start one: make search-engine"
    if os.environ.get("REQUIRE_SEARCH_ENGINE") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def engine() -> Iterator[Elasticsearch]:
    """The portal has an engine, with an empty index of its own, until the block ends."""
    server = need()
    with override_settings(SEARCH_URL=URL, SEARCH_INDEX=index_name()):
        client.BREAKER.works()
        building._looked_at = 0.0
        try:
            yield server
        finally:
            client.BREAKER.works()
            for index in server.indices.get(index=f"{settings.SEARCH_INDEX}-*"):
                server.indices.delete(index=index)


def index_name() -> str:
    """Return the name of the index of this test database."""
    return connection.settings_dict["NAME"].replace("_", "-").lower()


def build() -> None:
    """Bring all that there is into a new index, and let it answer."""
    building.begin()
    building.go_on(600)


def catch_up() -> None:
    """Do what the background service does each second."""
    sending.send()
