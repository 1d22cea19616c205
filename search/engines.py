"""Which engine answers: Elasticsearch where there is one and it can, else PostgreSQL, which always can.

The client of Elasticsearch is only loaded where there is one.
"""

from dataclasses import replace

from search import postgresql
from search.engine import state
from search.postgresql import Answer, Asked


def search(asked: Asked, start: int = 0, stop: int = 10) -> Answer:
    """Return the answer to a question; see `search.postgresql`. One query, or two."""
    if not state.configured():
        return postgresql.search(asked, start, stop)
    from search.engine import asking, client

    try:
        return asking.search(asked, start, stop)
    except client.EngineError:
        return replace(postgresql.search(asked, start, stop), instead=client.BREAKER.failing())


def send() -> None:
    """Let the engine learn what changed; for the background service."""
    if not state.configured():
        state.give_up()
        return
    from search.engine import sending

    sending.send()
