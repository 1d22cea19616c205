"""Asking the search page of a site as somebody."""

import pytest

from search.query import Hits


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
        return [result.page.title for result in self.context["results"]]

    @property
    def counts(self) -> dict[str, int]:
        return {kind.key: number for kind, number in self.hits.counts.items()}


@pytest.fixture
def ask(client_for):
    """`ask("rieth", traeger_a, user)` → the Answer; further parameters by name."""

    def make(words, where, user=None, path="/suche/", **parameters) -> Answer:
        response = client_for(user, where).get(path, {"q": words, **parameters})
        assert response.status_code == 200
        return Answer(response)

    return make
