"""Answers a question by Elasticsearch, as `portal_search` does by PostgreSQL (search.sql says what is what).

How rare a word is, is counted over what the person may read, by the same request: the engine's own statistics
know what is hidden, so they are never used. The engine finds and orders; the scores of what is shown are
computed here, digit by digit as PostgreSQL does, so that both answer alike.
"""

import json
from dataclasses import dataclass, field

from django.db import connection
from elasticsearch import Elasticsearch

from search import weights
from search.engine import queries
from search.engine.client import EngineError, ask
from search.engine.mapping import fingerprint
from search.engine.queries import Query, Reader
from search.engine.ranking import Likenesses, Words, factor, fused, half
from search.engine.telling import Found, Telling
from search.meaning import storage
from search.postgresql import Answer, Asked, Hit

# Of so many hits by words the meaning is compared, too; as in `portal_search`.
COMPARED = 200
# The engine orders by numbers with seven digits. So many hits around those that are shown are looked at, too.
MARGIN = 20
# What lies deeper, Elasticsearch does not show.
DEEPEST = 10_000


@dataclass(frozen=True)
class Scored:
    """A hit with its place in the order. `words`: how many of them it has, 0 where it has none."""

    found: Found
    words: int
    score: float
    passage: str | None = None
    pin: int | None = None


@dataclass
class Counted:
    """What was counted of the hits by words."""

    total: int
    unchosen: int
    most: int
    facets: dict[str, int]
    languages: dict[int, int]
    pinned: list[Found] = field(default_factory=list)
    reach: int = 0
    otherwise: float | None = None
    babble: float | None = None


def search(asked: Asked, start: int = 0, stop: int = 10) -> Answer:
    """Answer like `search.postgresql.search`. Raises EngineError where PostgreSQL has to answer instead."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_search_asks(%s)", [asked.language])
        told = cursor.fetchone()[0]
    told = json.loads(told) if isinstance(told, str) else told
    if told["mapping"] != fingerprint():
        raise EngineError("Its index is not built yet.")
    if told["waits"]:
        # Something was taken away from readers, and is still in the index.
        raise EngineError("Its index is not what it should be yet.")
    if stop + 2 * MARGIN + COMPARED > DEEPEST:
        raise EngineError("So far down it does not go.")
    who = Reader(told["reads"], told["root"], told["seen"], told["documents"], told["locale"], told["now"])
    codes = {int(locale): code for locale, code in told["locales"].items()}
    return ask(lambda client: _Question(client, asked, who, codes).answer(start, stop))


class _Question(Telling):
    """One question, asked in a few rounds: each needs numbers of the one before."""

    def __init__(self, client: Elasticsearch, asked: Asked, who: Reader, codes: dict[int, str]):
        super().__init__(client, asked, who)
        self.codes = codes
        # As exact as PostgreSQL reads it.
        self.vector = tuple(half(float(f"{number:.5f}")) for number in asked.vector) if asked.vector else None
        self.refused = queries.excluded(asked)
        self.allowed = queries.allowed(who, asked.below)
        self.everything = [self.allowed, *queries.phrases(asked)]
        self.reach = [*self.everything, *queries.spoken(who, asked)]
        self.words = Words(asked, {})
        self.seen_words: set[int] = set()

    def answer(self, start: int, stop: int) -> Answer:
        counted = self._count()
        hits = self._hits_by_words(counted) if self.vector is None else self._hits_by_both(counted)
        known, best, spread = hits
        extra = [each for each in known if not each.words]
        shown = self._shown(known, counted, best, spread, start, stop) if stop > start else []
        self._add(counted, extra)
        pinned = any(each.pin is not None for each in known)
        return Answer(
            hits=tuple(
                Hit(
                    each.found.page,
                    each.found.document,
                    each.score,
                    self.codes.get(each.found.locale, ""),
                    each.passage,
                )
                for each in shown
            ),
            total=counted.total,
            unchosen=counted.unchosen,
            facets=counted.facets,
            languages=counted.languages,
            found=frozenset(self.seen_words),
            most=len(self.asked.words) if pinned else counted.most,
        )

    # What is counted

    def _count(self) -> Counted:
        """Count occurrences and hits; also sets what follows from them for the words."""
        asked = self.asked
        rare = {text: queries.term(text) for text in self.texts}
        phrased: Query = {"bool": {"filter": queries.phrases(asked)}}
        occurring = {
            "reach": {
                "filter": phrased,
                "aggs": {
                    "terms": {"filters": {"filters": rare}},
                    **(
                        {"together": {"filters": {"filters": queries.completes(asked)}}}
                        if asked.together
                        else {}
                    ),
                },
            }
        }
        spoken = [self.allowed, *queries.spoken(self.who, asked)]
        bodies: list[Query] = [
            {
                "size": 0,
                "track_total_hits": True,
                "query": {"bool": {"filter": spoken}},
                "aggs": occurring if self.texts else {},
            },
            {
                "size": 1,
                "_source": False,
                "track_total_hits": True,
                "query": {
                    "bool": {
                        "filter": self.reach,
                        "must_not": self.refused,
                        "should": queries.words_count(asked),
                        "minimum_should_match": 1,
                    }
                },
                "aggs": queries.counts(asked),
            },
        ]
        if self.vector is not None:
            meant = {"bool": {"filter": self.everything, "must_not": self.refused}}
            bodies.append({"size": 0, "track_total_hits": True, "query": meant})
            bodies.append(
                {"size": 100, "docvalue_fields": ["unrelated"], "query": queries.unrelated(self.vector)}
            )
        answers = iter(self._search(bodies))
        self._weigh(next(answers))
        counted = self._counted(next(answers))
        if asked.pinned:
            pinned = [*self.reach, {"terms": {"page": list(asked.pinned)}}]
            counted.pinned = self._tell(pinned, len(asked.pinned))
        if self.vector is not None:
            counted.reach = next(answers)["hits"]["total"]["value"]
            of_kind: dict[str, list[float]] = {"otherwise": [], "babble": []}
            for hit in next(answers)["hits"]["hits"]:
                of_kind[hit["fields"]["unrelated"][0]].append(hit["_score"] - queries.LIFT)
            means = [sum(each[:3]) / len(each[:3]) if each else None for each in of_kind.values()]
            counted.otherwise, counted.babble = means
        return counted

    def _weigh(self, answer: dict) -> None:
        if not self.texts:
            return
        reach = answer["aggregations"]["reach"]
        occurrences = {text: each["doc_count"] for text, each in reach["terms"]["buckets"].items()}
        self.words = Words.of(self.asked, answer["hits"]["total"]["value"], occurrences)
        self.seen_words = {place for place, forms in enumerate(self.words.forms) if forms}
        for number, each in enumerate(self.asked.together):
            if reach["together"]["buckets"][str(number)]["doc_count"]:
                self.seen_words.update(each.places)

    def _counted(self, answer: dict) -> Counted:
        found = answer["aggregations"]
        facets = {each["key"]: each["doc_count"] for each in found["chosen"]["values"]["buckets"]}
        facets |= _timely(found["chosen"])
        for facet in self.asked.chosen:
            of_facet = found[f"but:{facet}"]
            facets |= {each["key"]: each["doc_count"] for each in of_facet["values"]["buckets"]}
            facets |= _timely(of_facet)
        return Counted(
            total=found["chosen"]["doc_count"],
            unchosen=answer["hits"]["total"]["value"],
            most=round(answer["hits"]["max_score"] or 0),
            facets=facets,
            languages={each["key"]: each["doc_count"] for each in found["languages"]["buckets"]},
        )

    def _add(self, counted: Counted, extra: list[Scored]) -> None:
        """Count also hits that have none of the words."""
        for each in extra:
            refused = self._refused(each.found)
            counted.unchosen += 1
            counted.total += not refused
            locale = each.found.locale
            counted.languages[locale] = counted.languages.get(locale, 0) + 1
            for value in each.found.facets:
                if not refused or refused == [value.partition(":")[0]]:
                    counted.facets[value] = counted.facets.get(value, 0) + 1

    def _refused(self, found: Found) -> list[str]:
        return [name for name, values in self.asked.chosen.items() if found.facets.isdisjoint(values)]

    # What is found

    def _hits_by_words(self, counted: Counted) -> tuple[list[Scored], float, None]:
        """Return the hits that don't simply stand in the order of the words: those that are recommended."""
        return [self._scored(each) for each in counted.pinned], 1.0, None

    def _hits_by_both(self, counted: Counted):
        """Return the hits of which the meaning counts, and those that are recommended."""
        assert self.vector is not None  # noqa: S101 - for the type checker
        exact = counted.reach <= storage.EXACT
        [nearest] = self._search([self._nearest(exact)])
        top: list[Found] = []
        if self.words.rarity:
            by_words = queries.scored(self.words, self.reach, self.refused)
            top = self._tell([], COMPARED, by_words, [{"_score": "desc"}, {"entry": "asc"}])
        scores = {each.entry: self.words.score(each.weights) for each in top}
        hits = set(scores)
        found = (
            {} if not exact else {each.entry: queries.likeness(each.score) for each in self._read(nearest)}
        )
        others = hits - set(found)
        if not exact:
            others |= {each.entry for each in self._read(nearest)}
        if others:
            alike = queries.alike(self.vector, [*self.everything, {"terms": {"entry": sorted(others)}}], [])
            [answer] = self._search(
                [{"size": len(others), "docvalue_fields": queries.FIELDS, "query": alike}]
            )
            found |= {each.entry: queries.likeness(each.score) for each in self._read(answer)}
        meant = Likenesses.of(found, hits, counted.otherwise, counted.babble)
        versions = self._versions(meant)
        spread = meant.spread()
        highest = max((score for _words, score in scores.values()), default=0.0)
        cover = (counted.most / len(self.asked.words)) ** weights.COVER if self.asked.words else 0.0
        best_score = highest / cover if cover else 0.0
        documents = {each.entry: each for each in (*counted.pinned, *top)}
        for version, _likeness, _passage in versions.values():
            documents.setdefault(version.entry, version)
        known = [
            self._scored(each, best_score, spread, meant.by_entry.get(each.entry), versions.get(each.entry))
            for each in documents.values()
        ]
        return (
            [each for each in known if each.words or each.passage is not None or each.pin is not None],
            (best_score if spread else 1.0),
            spread,
        )

    def _nearest(self, exact: bool) -> Query:
        assert self.vector is not None  # noqa: S101 - for the type checker
        if exact:
            alike = queries.alike(self.vector, self.everything, self.refused)
            order = [{"_score": "desc"}, {"entry": "asc"}]
            return {
                "size": weights.NEAREST,
                "docvalue_fields": queries.FIELDS,
                "query": alike,
                "sort": order,
                "track_scores": True,
            }
        number = 5 * weights.NEAREST
        looked_up = queries.nearest(self.vector, self.everything, self.refused, number)
        return {"size": number, "docvalue_fields": queries.FIELDS, "knn": looked_up}

    def _versions(self, meant: Likenesses) -> dict[int, tuple[Found, float, str | None]]:
        """Return by entry what is a hit by its meaning, of each page in one language: see `portal_search`."""
        if not meant.near:
            return {}
        assert self.vector is not None  # noqa: S101 - for the type checker
        near = {"terms": {"entry": list(meant.near)}}
        passages = [queries.nearest_passage(self.vector)]
        found = {
            each.entry: each for each in self._tell([*self.everything, near], len(meant.near), also=passages)
        }
        works = sorted({each.work for each in found.values() if each.work})
        by_work: dict[str, list[Found]] = {}
        if works:
            for each in self._tell(
                [*self.everything, {"terms": {"work": works}}], 1000, must_not=self.refused
            ):
                by_work.setdefault(each.work or "", []).append(each)
        rows: dict[object, list[tuple[tuple, Found, float, str | None]]] = {}
        for entry, own in found.items():
            for version in by_work.get(own.work, [own]) if own.work else [own]:
                itself = version.entry == entry
                key = (
                    self.who.locale is not None and version.locale != self.who.locale,
                    not itself,
                    -meant.by_entry[entry],
                    version.entry,
                )
                row = (key, version, meant.by_entry[entry], own.passage if itself else None)
                rows.setdefault(own.work or entry, []).append(row)
        best = [min(each, key=lambda row: row[0]) for each in rows.values()]
        return {version.entry: (version, likeness, passage) for _key, version, likeness, passage in best}

    # In which order

    def _scored(self, found: Found, best=1.0, spread=None, likeness=None, version=None) -> Scored:
        """Return a hit with its score; `version`: what makes it one by its meaning."""
        words, score = self.words.score(found.weights)
        if self.asked.language is not None and found.locale != self.who.locale:
            words, score = 0, 0.0
        if version:
            likeness = version[1] if likeness is None else max(likeness, version[1])
        if spread and (words or version):
            score = fused(score / best if best else 0.0, likeness, spread)
        passage = (version[2] or "") if version and not words else None
        place = self.asked.pinned.index(found.page) if found.page in self.asked.pinned else None
        return Scored(found, words, score * factor(self.asked, found.facets), passage, place)

    def _shown(
        self, known: list[Scored], counted: Counted, best, spread, start: int, stop: int
    ) -> list[Scored]:
        """Return the hits from `start` on: of those that are `known`, and of the others in their order."""
        known = sorted(known, key=self._place)
        chosen = [each for each in known if not self._refused(each.found)]
        others = counted.total - sum(1 for each in chosen if each.words)
        if others <= 0 or (not self.asked.newest_first and self._above(known, chosen, stop)):
            return chosen[start:stop]
        first = min(max(0, start - len(chosen) - MARGIN), others - 1)
        rest = self._others(known, first, stop + MARGIN - first, best, spread)
        if not first:
            return sorted([*chosen, *rest], key=self._place)[start:stop]
        later = [each for each in chosen if rest and self._place(each) > self._place(rest[0])]
        offset = first + len(chosen) - len(later)
        return sorted([*later, *rest], key=self._place)[max(0, start - offset) : stop - offset]

    def _above(self, known: list[Scored], chosen: list[Scored], stop: int) -> bool:
        """Whether what is not known can't come before the hit number `stop`."""
        compared = [each for each in known if each.words and each.pin is None]
        if self.vector is None or len(chosen) < stop or len(compared) < COMPARED:
            return False
        # Without its meaning and factors nothing else is better than the last of those that were compared.
        lowest = min(self.words.score(each.found.weights)[1] for each in compared)
        highest = max(self.words.score(each.found.weights)[1] for each in compared)
        raised = max(1.0, *weights.FACTORS.values(), weights.OWN) ** (
            len(weights.FACTORS) + len(self.asked.own)
        )
        bound = (1 - weights.MEANING) * lowest / highest * raised
        return chosen[stop - 1].pin is not None or chosen[stop - 1].score > bound

    def _others(self, known: list[Scored], first: int, number: int, best, spread) -> list[Scored]:
        """Return hits by words that are not `known`, exactly in their order."""
        left_out = [*self.refused, {"terms": {"entry": [each.found.entry for each in known]}}]
        filters = [*self.reach, *queries.chosen(self.asked)]
        query = queries.times(self.asked, queries.scored(self.words, filters, left_out))
        order: list[Query] = [
            {"_score": "desc"},
            {"page": {"order": "asc", "missing": "_last"}},
            {"document": {"order": "asc", "missing": "_last"}},
        ]
        if self.asked.newest_first:
            order.insert(0, {"dated": {"order": "desc", "missing": "_last"}})
        found = self._tell([], number, query, order, first=first)
        return sorted((self._scored(each, best, spread) for each in found), key=self._place)

    def _place(self, each: Scored) -> tuple:
        found, last = each.found, float("inf")
        page = last if found.page is None else found.page
        document = last if found.document is None else found.document
        by = (-each.score, page, document)
        if self.asked.newest_first:
            return (found.dated is None, -(found.dated or 0), *by)
        return (last if each.pin is None else each.pin, *by)


def _timely(counted: dict) -> dict[str, int]:
    """Return how many have each facet that follows from the time."""
    buckets = counted.get("timely", {}).get("buckets", {})
    return {value: each["doc_count"] for value, each in buckets.items() if each["doc_count"]}
