"""Which known word somebody meant who mistyped one."""

from collections.abc import Iterable

# Letters of the word: how many slips are allowed. Shorter words are too close to each other.
_ALLOWED = ((3, 0), (7, 1))
_ALLOWED_IN_LONGER = 2


def allowed_distance(word: str) -> int:
    """Return how many slips a word of this length may have."""
    for length, allowed in _ALLOWED:
        if len(word) <= length:
            return allowed
    return _ALLOWED_IN_LONGER


def damerau_levenshtein(a: str, b: str, at_most: int) -> int:
    """Return how many letters were added, left out, changed or swapped with the next between `a` and `b`.

    What is more than `at_most` is returned as `at_most` + 1, without being counted to the end.
    """
    too_many = at_most + 1
    if abs(len(a) - len(b)) > at_most:
        return too_many
    # What both begin and end with costs nothing.
    start = 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > at_most:
            return too_many
        before, last = last, row
    return min(last[-1], too_many)


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `word` was probably meant to be, None where none is near enough.

    Both are folded words (`Token.word`). The fewest slips win, then the same first letter, then the one that
    comes first: pass frequent words first.
    """
    at_most = allowed_distance(word)
    best, best_rank = None, (at_most + 1, True)
    if not at_most:
        return None
    for candidate in candidates:
        limit = min(at_most, best_rank[0])
        if abs(len(candidate) - len(word)) > limit:
            continue
        other_letter = candidate[:1] != word[:1]
        rank = (damerau_levenshtein(word, candidate, limit), other_letter)
        if rank < best_rank and rank[0] <= at_most:
            best, best_rank = candidate, rank
            if rank == (0, False):
                break
    return best
