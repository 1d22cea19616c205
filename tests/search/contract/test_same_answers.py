"""PostgreSQL and Elasticsearch answer the same: hits, their order and scores, numbers, facets."""

from dataclasses import replace
from random import Random

import pytest

from search.engine import asking
from search.meaning import model
from search.postgresql import Answer, Asked, Together
from search.text import question
from sites.access.roles import LESEN
from sites.rls.identity import SITE
from tests import indexing as at_once
from tests.search.contract import engine
from tests.search.contract.entries import Maker
from tests.search.meaning.stand_in import make_vectors
from tests.web_role import web_process

QUESTIONS = (
    "Schulden",
    "Beratung Schulden",
    "Schuldnerberatung Wohngeld Antrag",
    "Kranich Straßenfest Familie Kinder",
    '"Schulden Beratung"',
    "Schulden -Wohngeld",
    "Wohnung Nirgendwo",
    "Nirgendwo",
    "ALG II/Wohngeld",
    "борги",
    "party",
)


def ask(text: str, **more) -> Asked:
    analysed = question(text, "de")
    words = tuple(word.terms for word in analysed.words)
    asked = Asked(words, analysed.phrases, analysed.excluded, "de", vector=model.query(text))
    return replace(asked, **more)


def same(asked: Asked, start: int = 0, stop: int = 10) -> Answer:
    """Return what both answer."""
    one, other = at_once.stale_search(asked, start, stop), asking.search(asked, start, stop)
    assert [hit[:2] for hit in other.hits] == [hit[:2] for hit in one.hits]
    scores = [hit.score for hit in one.hits]
    # Likenesses have seven digits in both; words are counted to the last one.
    assert [hit.score for hit in other.hits] == pytest.approx(scores, rel=1e-4 if asked.vector else 1e-12)
    assert [hit[3:] for hit in other.hits] == [hit[3:] for hit in one.hits]
    assert replace(other, hits=()) == replace(one, hits=())
    return one


@pytest.fixture(params=["words", "also by meaning"])
def entries(request, elasticsearch, stand_in, settings, traeger_a, traeger_b):
    """120 entries in both engines."""
    settings.SEARCH_SEMANTIC = request.param != "words"
    readers = [
        "public",
        "public",
        "staff",
        f"g:{traeger_a.group(LESEN).pk}",
        f"g:{traeger_b.group(LESEN).pk}",
    ]
    make_vectors()
    Maker(Random(7), [traeger_a.folder.path, traeger_b.folder.path], readers).fill(120)  # noqa: S311
    engine.build()


CHOSEN = {"topic": ["topic:schulden", "topic:wohnen"], "kind": ["kind:offer"]}
WAYS = {
    "below a path": {},
    "narrowed down": {"chosen": CHOSEN},
    "checked in time": {"chosen": {"checked": ["checked:yes"]}},
    "by date": {"newest_first": True},
    "in any language": {"language": None},
    "in another language": {"language": "uk"},
    "with one's own first": {"own": ("sozialraum:rieth", "topic:schulden")},
    "recommended": {"pinned": (-3, -100, -7, 5)},
    "recommended, by date": {"pinned": (-3, -100), "newest_first": True, "chosen": {"kind": ["kind:offer"]}},
    "with synonyms": {
        "together": (Together((0,), ("wohngeld", "antrag"), 0.5), Together((0,), ("hilf", "nie"), 0.5))
    },
}


@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_answers(who, entries, traeger_a, person):
    user = person(LESEN, traeger_a) if who == "reader" else None
    with web_process(user, traeger_a, SITE):
        totals = [same(ask(text)).total for text in QUESTIONS]
        assert min(totals) == 0 < 10 < max(totals)
        for way, options in WAYS.items():
            below = traeger_a.folder.path if way == "below a path" else ""
            for text in QUESTIONS[1:8:2]:
                same(ask(text, below=below, **options))
        for start in (10, 37, 1000):
            same(ask(QUESTIONS[1]), start, start + 10)
        same(ask(QUESTIONS[1]), 0, 0)
