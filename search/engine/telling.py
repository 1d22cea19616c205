"""What Elasticsearch tells of the entries that it finds."""

import time
from dataclasses import dataclass

from elasticsearch import Elasticsearch, TransportError

from search.engine import queries
from search.engine.client import QUESTION, search_all, search_telling
from search.engine.mapping import alias
from search.engine.queries import Query, Reader, today
from search.engine.ranking import single
from search.postgresql import Asked


@dataclass(frozen=True)
class Found:
    """A hit as the engine tells it. `weights`: by term; `likeness` of what was compared."""

    entry: int
    page: int | None
    document: int | None
    locale: int
    work: str | None
    facets: set[str]
    dated: int | None
    weights: dict[str, float]
    score: float
    passage: str | None = None


class Telling:
    """Asks the index for entries, with all that is told of them."""

    def __init__(self, client: Elasticsearch, asked: Asked, who: Reader):
        self.asked = asked
        self.who = who
        self.texts = queries.terms(asked)
        self._client = client
        self._until = time.monotonic() + QUESTION

    def _in_time(self) -> Elasticsearch:
        """Return the client, for as long as somebody still waits. Raises TransportError after that."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TransportError("It takes too long.")
        return self._client.options(request_timeout=left)

    def _search(self, bodies: list[Query]) -> list[dict]:
        return search_all(self._in_time(), alias(), bodies)

    def _search_telling(self, body: Query) -> dict:
        return search_telling(self._in_time(), alias(), body)

    def _tell(
        self,
        filters,
        size: int,
        query: Query | None = None,
        order=None,
        *,
        also=(),
        must_not=(),
        first: int = 0,
    ) -> list[Found]:
        """Return hits with all that is told of them."""
        told = [queries.telling(text) for text in self.texts]
        wanted = query or {"bool": {"filter": filters, "should": [*told, *also], "must_not": list(must_not)}}
        body: Query = {"from": first, "size": size, "docvalue_fields": queries.FIELDS, "query": wanted}
        return self._read(
            self._search_telling(body | ({"sort": order, "track_scores": True} if order else {}))
        )

    def _read(self, answer: dict) -> list[Found]:
        return [self._found(hit) for hit in answer["hits"]["hits"]]

    def _found(self, hit: dict) -> Found:
        told = {name: values[0] for name, values in hit["fields"].items() if name != "facets"}
        facets = set(hit["fields"].get("facets", ()))
        checked = told.get("checked_until")
        if checked is not None:
            facets.add("checked:overdue" if checked < today() else "checked:yes")
        if "until" in told:
            facets.add("is:coming")
        inner = hit.get("inner_hits", {}).get("passages", {}).get("hits", {}).get("hits", [])
        return Found(
            entry=told["entry"],
            page=told.get("page"),
            document=told.get("document"),
            locale=told["locale"],
            work=told.get("work"),
            facets=facets,
            dated=told.get("dated"),
            weights={name: single(weight) for name, weight in hit.get("matched_queries", {}).items()},
            score=hit["_score"] or 0.0,
            passage=inner[0]["fields"]["passages.text"][0] if inner else None,
        )
