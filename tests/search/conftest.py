"""Asking the search page of a site as somebody."""

import pytest

from search.query import Hits
from tests.search.meaning.stand_in import real_model, stand_in, vectors  # noqa: F401 - fixtures


class Answer:
    """What the search page showed: the context's parts and the whole text."""

    def __init__(self, response):
        self.response = response
        self.context = response.context
        self.html = response.content.decode()

    @property
    def hits(self) -> Hits:
        return self.context["hits"]

    @property
    def titles(self) -> list[str]:
        return [
            (result.file.document if result.file else result.page).title for result in self.context["results"]
        ]

    @property
    def counts(self) -> dict[str, int]:
        facets = self.hits.facets.items()
        return {value.partition(":")[2]: number for value, number in facets if value.startswith("kind:")}


@pytest.fixture
def ask(client_for):
    """`ask("rieth", traeger_a, user)` → the Answer; further parameters by name."""

    def make(words, where, user=None, path="/suche/", **parameters) -> Answer:
        response = client_for(user, where).get(path, {"q": words, **parameters})
        assert response.status_code == 200
        return Answer(response)

    return make
