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


def _one_is_whole(word: str, slips: int) -> tuple[str, str, str]:
    """Return beginning, middle and end of `word`, one of which so many slips (one or two) leave as it is.

    A slip changes two neighbours at most, so there is a letter between them. Looking for these sorts out most
    candidates before their slips are counted.
    """
    if slips == 1:
        size = (len(word) - 1) // 2
        return word[:size], "", word[-size:]
    size = (len(word) - 2) // 3
    return word[:size], word[size + 1 : -size - 1], word[-size:]


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `word` was probably meant to be, None where none is near enough.

    Both are folded words (`Token.word`). The fewest slips win, then the same first letter, then the one that
    comes first: pass frequent words first.
    """
    at_most = allowed_distance(word)
    if not at_most:
        return None
    best, best_rank = None, (at_most + 1, False)
    head, middle, tail = _one_is_whole(word, at_most)
    for candidate in candidates:
        if not (candidate.startswith(head) or candidate.endswith(tail) or (middle and middle in candidate)):
            continue
        slips = damerau_levenshtein(word, candidate, min(at_most, best_rank[0]))
        rank = (slips, candidate[:1] != word[:1])
        if rank < best_rank:
            best, best_rank = candidate, rank
            if not slips:
                break
    return best
