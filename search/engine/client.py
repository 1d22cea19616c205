"""The connection to Elasticsearch, and when it is not even tried."""

import logging
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from elasticsearch import ApiError, BadRequestError, Elasticsearch, TransportError

log = logging.getLogger(__name__)

# For how long, in seconds, an answer is waited for: by who searches, and by the background service.
QUESTION, SENDING = 1.0, 30.0
# After a failure nobody waits for it; after so many seconds one tries again.
PAUSE = 10.0

Answer = TypeVar("Answer")


class EngineError(Exception):
    """The engine can't be asked, or not this."""


class Breaker:
    """Remembers for this process that the engine is down, so that not each request waits for it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._failing = False
        self._again_at = 0.0

    def allows(self) -> bool:
        """Whether to ask; of those who come while it is down one tries, each time the pause is over."""
        with self._lock:
            if not self._failing:
                return True
            if time.monotonic() < self._again_at:
                return False
            self._again_at = time.monotonic() + PAUSE
            return True

    def failed(self) -> None:
        with self._lock:
            self._failing, self._again_at = True, time.monotonic() + PAUSE

    def works(self) -> None:
        with self._lock:
            self._failing = False

    def failing(self) -> bool:
        """Whether the last one who tried has failed."""
        return self._failing


BREAKER = Breaker()


@lru_cache(maxsize=1)
def _client(url: str, authority: str) -> Elasticsearch:
    options: dict[str, Any] = {"ca_certs": authority} if authority else {}
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False, **options)


def ask(question: Callable[[Elasticsearch], Answer], seconds: float = QUESTION) -> Answer:
    """Return what `question` gets from the engine. Raises EngineError where it fails or just has."""
    if not BREAKER.allows():
        raise EngineError("It has not answered just now.")
    try:
        client = _client(settings.SEARCH_URL, settings.SEARCH_CA_FILE).options(request_timeout=seconds)
        answer = question(client)
    except EngineError:
        BREAKER.works()
        raise
    except (ApiError, TransportError, ValueError) as error:
        BREAKER.failed()
        log.warning("Elasticsearch does not answer: %s", error)
        raise EngineError(str(error)) from error
    BREAKER.works()
    return answer


def search_all(client: Elasticsearch, index: str, bodies: list[dict]) -> list[dict[str, Any]]:
    """Return the answers to several searches in one round trip. Raises EngineError where one was refused."""
    lines: list[dict] = []
    for body in bodies:
        lines += [{}, body]
    answers = client.msearch(index=index, searches=lines)["responses"]
    for answer in answers:
        if "error" in answer:
            if answer["status"] in (404, 429) or answer["status"] >= 500:
                raise TransportError(str(answer["error"]))
            # This question, and no other.
            raise EngineError(str(answer["error"]))
        _whole(answer)
    return answers


def search_telling(client: Elasticsearch, index: str, body: dict) -> dict[str, Any]:
    """Return the answer to one search whose hits tell the scores of named clauses."""
    try:
        answer = client.search(index=index, include_named_queries_score=True, body=body).body
    except BadRequestError as error:
        raise EngineError(str(error)) from error
    _whole(answer)
    return answer


def _whole(answer: dict[str, Any]) -> None:
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise TransportError("Not all of the index has answered.")
