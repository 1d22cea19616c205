"""A stand-in for the sentence model that knows a few words, so that tests say what is alike."""

import re

import numpy
import pytest

from search.meaning import filling, model, storage
from search.models import Passage

# Words that mean the same, in several languages; each row is a direction of the vectors.
MEANINGS = (
    ("kranich", "crane", "журавель"),
    ("schulden", "debts", "борги", "zahlungsschwierigkeiten"),
    ("umzug", "moving", "переїзд"),
    ("straßenfest", "party", "свято"),
    ("wohngeld", "wohnung"),
)
# What the vectors of a sentence model have in common, whatever is said.
COMMON = len(MEANINGS)


class StandIn:
    """Counts in `read` what it was given."""

    def __init__(self):
        self.read: list[str] = []

    def passage(self, text: str):
        self.read.append(text)
        vector = numpy.zeros(model.DIMENSIONS, dtype=numpy.float32)
        vector[COMMON] = 1
        for word in re.findall(r"\w+", text.lower()):
            for place, words in enumerate(MEANINGS):
                vector[place] += word in words
        return vector / numpy.linalg.norm(vector)

    query = passage


@pytest.fixture
def stand_in(settings, monkeypatch) -> StandIn:
    """The search finds by meaning, with the stand-in."""
    settings.SEARCH_SEMANTIC = True
    found = StandIn()
    monkeypatch.setattr(model, "_loaded", found)
    monkeypatch.setattr(model, "_failure", "")
    model._query.cache_clear()
    yield found
    model._query.cache_clear()


@pytest.fixture
def real_model(settings) -> None:
    """The search finds by meaning, with the model itself."""
    settings.SEARCH_SEMANTIC = True


@pytest.fixture
def vectors(db) -> None:
    """The database can compare vectors; on a server without the extension the test is skipped."""
    if not storage.ready():
        pytest.skip("PostgreSQL's extension vector is not in the test database.")


def make_vectors() -> None:
    """Make all vectors that are missing, as the background service does in time."""
    for passage in Passage.objects.exclude(model=model.name()).defer("vector"):
        filling._fill(passage)
