"""What a hit is worth: the formula of `portal_search`, for what the engine has found."""

import math
import struct
from dataclasses import dataclass
from functools import cached_property

from search import weights
from search.postgresql import Asked


def single(number: float) -> float:
    """Return `number` as exact as four bytes have it."""
    return struct.unpack("f", struct.pack("f", number))[0]


def half(number: float) -> float:
    """Return `number` as exact as two bytes have it, as vectors are kept."""
    return struct.unpack("e", struct.pack("e", number))[0]


@dataclass(frozen=True)
class Words:
    """The words of a question. `rarity`: by term, of those that occur in what the person may read."""

    asked: Asked
    rarity: dict[str, float]

    @classmethod
    def of(cls, asked: Asked, entries: int, occurrences: dict[str, int]) -> "Words":
        """`entries`: in how many a term could occur; `occurrences`: in how many each does."""
        return cls(
            asked,
            {
                term: math.log(1 + (entries - number + 0.5) / (number + 0.5))
                for term, number in occurrences.items()
                if number
            },
        )

    @cached_property
    def forms(self) -> list[dict[str, float]]:
        """By word the terms that occur, with what each counts."""
        found = []
        for word in self.asked.words:
            each: dict[str, float] = {}
            for term, weight in word:
                if term in self.rarity:
                    each[term] = max(each.get(term, 0.0), single(weight))
            found.append(each)
        return found

    def score(self, has: dict[str, float]) -> tuple[int, float]:
        """Return how many of the words an entry has, and its score. `has`: its terms, with their weights."""
        by_word: dict[int, int] = {}
        for place, forms in enumerate(self.forms):
            scores = [
                round(has[t] * weight * self.rarity[t] * 1e6) for t, weight in forms.items() if t in has
            ]
            if scores:
                by_word[place] = sum(scores)
        for each in self.asked.together:
            if all(term in has and term in self.rarity for term in each.terms):
                weight = single(each.weight)
                scores = [round(has[t] * weight * self.rarity[t] * 1e6) for t in each.terms]
                # As PostgreSQL rounds decimals: half away from zero.
                mean = (2 * sum(scores) + len(scores)) // (2 * len(scores))
                for place in each.places:
                    by_word[place] = by_word.get(place, 0) + mean
        if not by_word:
            return 0, 0.0
        count = len(by_word)
        share = (count / len(self.asked.words)) ** weights.SHARE_OF_WORDS
        return count, sum(by_word.values()) / 1e6 * share


@dataclass(frozen=True)
class Likenesses:
    """How near entries are to what is meant, by entry; `near`: those that are hits by meaning alone."""

    by_entry: dict[int, float]
    near: tuple[int, ...]

    @classmethod
    def of(cls, found: dict[int, float], hits: set[int], otherwise: float | None, babble: float | None):
        """`found`: whatever was compared; `hits`: what was found by words, of which all count."""
        ranked = sorted(found, key=lambda entry: (-found[entry], entry))
        nearest = ranked[: weights.NEAREST]
        near: list[int] = []
        if nearest and otherwise is not None and babble is not None:
            beyond = found[nearest[0]] - otherwise
            if beyond >= weights.BEYOND_UNRELATED and found[nearest[0]] - babble >= weights.BEYOND_BABBLE:
                least = weights.PART_OF_BEST * beyond
                near = [entry for entry in nearest if found[entry] - otherwise >= least]
        kept = set(nearest) | (hits & set(found))
        return cls({entry: found[entry] for entry in kept}, tuple(near))

    def spread(self) -> tuple[float, float] | None:
        """Return the middle, and how far the nearest lies above it; None where nothing was compared."""
        if not self.by_entry:
            return None
        found = self.by_entry.values()
        # As decimals: their sum does not depend on the order.
        middle = sum(round(each * 1e9) for each in found) / len(found) / 1e9
        return middle, max(found) - middle


def factor(asked: Asked, facets: set[str]) -> float:
    """Return by how much the facets of an entry raise or lower its score."""
    factors = weights.FACTORS | dict.fromkeys(asked.own, weights.OWN)
    return math.exp(sum(math.log(value) for facet, value in factors.items() if facet in facets))


def fused(words: float, likeness: float | None, spread: tuple[float, float]) -> float:
    """Return the score of a hit by words and meaning. `words`: its part of the best one's score."""
    middle, width = spread
    lying = max(0.0, (likeness - middle) / width) if likeness is not None and width else 0.0
    return (1 - weights.MEANING) * words + weights.MEANING * lying
