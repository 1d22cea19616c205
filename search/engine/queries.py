"""Questions as Elasticsearch reads them. Only what the person may read is ever counted or weighed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from search import weights
from search.engine.ranking import Words
from search.meaning import model
from search.meaning.model import Vector
from search.postgresql import Asked

Query = dict[str, Any]

# What is told of each hit.
FIELDS = ["entry", "page", "document", "locale", "work", "facets", "dated", "until", "checked_until"]
# A passage's likeness is never so far below zero; scores must not be.
LIFT = 1.0
ROLES = ("title", "whole", "passage")
# The words that an entry has stand above its score, in one number.
_UNPACK = (
    "double count = Math.floor(_score / params.step);"
    " return (_score - count * params.step) * Math.pow(count / params.words, params.share);"
)


@dataclass(frozen=True)
class Reader:
    """Who asks, as the database knows it; `now` in microseconds, `locale`: None where any will do."""

    reads: list[str]
    root: bool
    seen: list[int]
    documents: bool
    locale: int | None
    now: int


def allowed(who: Reader, below: str) -> Query:
    """Return what is only of entries that the person finds (see `portal_search_opens`) below a path."""
    refused: list[Query] = [{"range": {"until": {"lte": who.now}}}]
    if not who.documents:
        refused.append({"exists": {"field": "document"}})
    opened: list[Query] = [{"terms": {"readers": who.reads}}, {"terms": {"document": who.seen}}]
    filters: list[Query] = [{"exists": {"field": "entry"}}]
    if not who.root:
        filters = [{"bool": {"should": opened, "minimum_should_match": 1}}]
    if below:
        filters.append({"prefix": {"path": below}})
    return {"bool": {"filter": filters, "must_not": refused}}


def spoken(who: Reader, asked: Asked) -> list[Query]:
    """Return filters for the language that was asked for."""
    return [] if asked.language is None else [{"term": {"locale": -1 if who.locale is None else who.locale}}]


def phrases(asked: Asked) -> list[Query]:
    return [{"match_phrase": {"sequence": " ".join(each)}} for each in asked.phrases]


def excluded(asked: Asked) -> list[Query]:
    return [term(each) for each in asked.excluded]


def term(text: str) -> Query:
    return {"term": {"terms": text}}


def any_of(queries: list[Query]) -> Query:
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def terms(asked: Asked) -> list[str]:
    """Return all terms that are looked up, each once."""
    forms = [text for word in asked.words for text, _weight in word]
    return list(dict.fromkeys([*forms, *(text for each in asked.together for text in each.terms)]))


def _complete(texts: tuple[str, ...]) -> Query:
    return {"bool": {"filter": [term(text) for text in texts]}}


def completes(asked: Asked) -> dict[str, Query]:
    """Return by number what is of entries that have all terms of an alternative."""
    return {str(number): _complete(each.terms) for number, each in enumerate(asked.together)}


def has_word(asked: Asked, place: int) -> Query:
    """Return what is of entries that have the word at `place`, or an alternative to it."""
    ways = [term(text) for text, _weight in asked.words[place]]
    return any_of(ways + [_complete(each.terms) for each in asked.together if place in each.places])


def words_count(asked: Asked) -> list[Query]:
    """Return clauses whose scores add up to the number of words that an entry has."""
    return [{"constant_score": {"filter": has_word(asked, place)}} for place in range(len(asked.words))]


def telling(text: str, boost: float = 0.0) -> Query:
    """Return a clause by which a hit tells what a term weighs in it, whatever `boost` makes of that."""
    return {"bool": {"must": [{"term": {"terms": {"value": text, "_name": text}}}], "boost": boost}}


def scored(words: Words, filters: list[Query], must_not: list[Query]) -> Query:
    """Return what weighs entries by words as `Words.score` does, but for the last digits."""
    asked = words.asked
    boosts: dict[str, float] = {}
    for forms in words.forms:
        for text, weight in forms.items():
            boosts[text] = boosts.get(text, 0) + weight * words.rarity[text]
    clauses = [telling(text, boost) for text, boost in boosts.items()]
    highest = weights.HIGHEST * sum(boosts.values())
    for each in asked.together:
        if all(text in words.rarity for text in each.terms):
            part = each.weight * len(each.places) / len(each.terms)
            clauses.append({"bool": {"must": [telling(t, part * words.rarity[t]) for t in each.terms]}})
            highest += weights.HIGHEST * sum(part * words.rarity[text] for text in each.terms)
    number = len(asked.words)
    step = 2.0 ** (int(highest).bit_length() + 1)
    if number > 1:
        clauses += [{"bool": {"must": [each], "boost": step}} for each in words_count(asked)]
    base: Query = {
        "bool": {
            "filter": filters,
            "must_not": must_not,
            "should": clauses,
            "minimum_should_match": 1,
        }
    }
    if number == 1:
        return base
    told = {"step": step, "words": number, "share": weights.SHARE_OF_WORDS}
    return {"script_score": {"query": base, "script": {"source": _UNPACK, "params": told}}}


def times(asked: Asked, query: Query) -> Query:
    """Return `query` with the factors that raise or lower a score."""
    functions = [
        {"filter": _facet(facet), "weight": value}
        for facet, value in (weights.FACTORS | dict.fromkeys(asked.own, weights.OWN)).items()
    ]
    return {
        "function_score": {
            "query": query,
            "functions": functions,
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }


def today() -> int:
    """Return the day as the index has days: their number since 1970."""
    return (localdate() - date(1970, 1, 1)).days


def timely() -> dict[str, Query]:
    """Return the facets that follow from the time; see `portal_search`."""
    return {
        "is:coming": {"exists": {"field": "until"}},
        "checked:yes": {"range": {"checked_until": {"gte": today()}}},
        "checked:overdue": {"range": {"checked_until": {"lt": today()}}},
    }


def _facet(value: str) -> Query:
    return timely().get(value, {"term": {"facets": value}})


def chosen(asked: Asked, but: str = "") -> list[Query]:
    """Return filters for what is chosen in all facets `but` one."""
    return [
        {"bool": {"should": [_facet(value) for value in values], "minimum_should_match": 1}}
        for facet, values in asked.chosen.items()
        if facet != but
    ]


def counts(asked: Asked) -> Query:
    """Return the aggregations that count hits: chosen ones, by language, by facet."""
    values = {"values": {"terms": {"field": "facets", "size": 10_000}}}
    found: Query = {
        "chosen": {
            "filter": {"bool": {"filter": chosen(asked)}},
            "aggs": values | {"timely": {"filters": {"filters": timely()}}},
        },
        "languages": {"terms": {"field": "locale", "size": 1000}},
    }
    for facet in asked.chosen:
        of_facet: Query = {"values": {"terms": {"field": "facets", "size": 10_000, "include": f"{facet}:.*"}}}
        if filters := {value: each for value, each in timely().items() if value.startswith(f"{facet}:")}:
            of_facet["timely"] = {"filters": {"filters": filters}}
        found[f"but:{facet}"] = {"filter": {"bool": {"filter": chosen(asked, but=facet)}}, "aggs": of_facet}
    return found


def _near(role: str, vector: Vector, **more) -> Query:
    likeness = {"source": "dotProduct(params.v, 'passages.vector') + params.lift"}
    own = [{"term": {"passages.role": role}}, {"term": {"passages.model": model.name()}}]
    return {
        "nested": {
            "path": "passages",
            "score_mode": "max",
            "query": {
                "script_score": {
                    "query": {"bool": {"filter": own}},
                    "script": likeness | {"params": {"v": vector, "lift": LIFT}},
                }
            },
            **more,
        }
    }


def alike(vector: Vector, filters: list[Query], must_not: list[Query]) -> Query:
    """Return what weighs entries by their likeness to `vector`; see `likeness`."""
    near = [_near(role, vector, boost=weights.LIKENESS[role]) for role in ROLES]
    return {"bool": {"filter": filters, "must_not": must_not, "must": near}}


def likeness(score: float) -> float:
    """Return the likeness that `alike` has weighed as `score`."""
    return score / sum(weights.LIKENESS.values()) - LIFT


def unrelated(vector: Vector) -> Query:
    """Return what weighs the texts that belong to no entry."""
    return {"bool": {"filter": [{"exists": {"field": "unrelated"}}], "must": [_near("passage", vector)]}}


def nearest_passage(vector: Vector) -> Query:
    """Return a clause by which a hit tells its passage that is nearest; it changes no score."""
    told = {"_source": False, "size": 1, "docvalue_fields": ["passages.text"]}
    return _near("passage", vector, boost=0, inner_hits=told)


def nearest(vector: Vector, filters: list[Query], must_not: list[Query], number: int) -> Query:
    """Return what looks up entries with near passages in the index of vectors."""
    return {
        "field": "passages.vector",
        "query_vector": vector,
        "k": number,
        "num_candidates": 3 * number,
        "filter": {"bool": {"filter": filters, "must_not": must_not}},
    }
