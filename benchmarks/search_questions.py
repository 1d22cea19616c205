"""Asks the search as several people at once, and tells how long each answer took."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from statistics import quantiles

from django.db import connection

from benchmarks.search_index import MOST_FREQUENT, VOCABULARY, word
from search import postgresql
from search.postgresql import Asked
from sites.rls.identity import SITE, Identity, set_identity

Ask = Callable[[Random], None]


def _word(rng: Random) -> str:
    rank = 0
    while rank < MOST_FREQUENT:
        rank = int(VOCABULARY * rng.random() ** 3) + 1
    return word(rank)


def question(rng: Random) -> Asked:
    """Return a question of three words, one of them a compound of two, narrowed down by a topic."""
    words = [
        ((_word(rng), 1.0),),
        ((_word(rng), 1.0),),
        ((_word(rng), 1.0), (_word(rng), 0.5), (_word(rng), 0.5)),
    ]
    chosen = {"topic": [f"topic:thema-{rng.randrange(7)}"]} if rng.random() < 0.3 else {}
    return Asked(tuple(words), language="de", chosen=chosen)


def search(rng: Random) -> None:
    """Ask PostgreSQL."""
    postgresql.search(question(rng))


def search_elasticsearch(rng: Random) -> None:
    """Ask Elasticsearch, and nobody else."""
    from search.engine import asking

    asking.search(question(rng))


def suggest(rng: Random) -> None:
    """The first letters of a word."""
    postgresql.suggest([_word(rng)[:3]], "de", "", 6)


def correct(rng: Random) -> None:
    """A mistyped word."""
    postgresql.similar([_word(rng)[1:]], "de", "")


ASKED: dict[str, Ask] = {"search": search, "suggestions": suggest, "correction": correct}


def times(ask: Ask, clients: int, questions: int) -> list[float]:
    """Return how long each question took, in milliseconds, asked by visitors at once."""

    def client(number: int) -> list[float]:
        rng = Random(number)  # noqa: S311 - nothing here is secret
        set_identity(Identity(None, SITE, "localhost", 80))
        taken = []
        try:
            for _question in range(questions):
                begin = time.perf_counter()
                ask(rng)
                taken.append(1000 * (time.perf_counter() - begin))
        finally:
            connection.close()
        # The first ones read the index from the disk.
        return taken[questions // 10 :]

    with ThreadPoolExecutor(clients) as pool:
        return [each for taken in pool.map(client, range(clients)) for each in taken]


def summary(taken: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    parts = quantiles(taken, n=20)
    return parts[9], parts[18]
