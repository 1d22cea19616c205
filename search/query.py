"""What a person may find: every question to the index starts here."""

from dataclasses import dataclass, field, replace

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, get_page_models

from home.shown import SearchKind
from search import postgresql, weights
from search.kinds import PAGE, kinds_by_content_type
from search.postgresql import Answer, Asked, Forms
from search.question import Question
from search.text import Question as Analysed
from search.text import closest, tokens

PER_PAGE = 10


@dataclass(frozen=True)
class Hits:
    """The answer to a question, before it is shown.

    `pages`: ids of the hits on the page with the number `number`, the best first. `counts` are the readable
    hits by kind, whatever kinds are chosen; `total` are those of the chosen kinds. `loose`: no page has all
    the words, these have some of them. `forms`: what was looked up, for the marks. `mistyped`: words that
    occur nowhere, instead of which similar ones were looked up.
    """

    pages: tuple[int, ...] = ()
    number: int = 1
    counts: dict[SearchKind, int] = field(default_factory=dict)
    total: int = 0
    loose: bool = False
    forms: frozenset[str] = frozenset()
    language: str = ""
    mistyped: tuple[str, ...] = ()


def find(question: Question, language: str, below: str) -> Hits:
    """Look for the question in `language` (code), in the pages below the path `below`.

    The database knows who is asking, and answers what this person may read.
    """
    if not question.words:
        return Hits()
    kinds = kinds_by_content_type()
    types = _types(question.kinds, kinds)
    start = (question.page - 1) * PER_PAGE
    found = look_up(question.asked, question.text, language, below, types, start, start + PER_PAGE)
    last = max(0, found.answer.total - 1) // PER_PAGE * PER_PAGE
    if start > last:
        start = last
        found = look_up(question.asked, question.text, language, below, types, start, start + PER_PAGE)
    answer = found.answer
    return Hits(
        pages=tuple(page for page, _score in answer.hits),
        number=start // PER_PAGE + 1,
        counts=_by_kind(answer, kinds),
        total=answer.total,
        loose=answer.most < len(found.asked.words),
        forms=frozenset(term for word in found.asked.words for term, _weight in word),
        language=language,
        mistyped=found.mistyped,
    )


@dataclass(frozen=True)
class Found:
    """`answer` to what was `asked` of the index in the end, and the words that were replaced for that."""

    answer: Answer
    asked: Asked
    mistyped: tuple[str, ...]


def look_up(
    question: Analysed,
    text: str,
    language: str,
    below: str = "",
    types: list[int] | None = None,
    start: int = 0,
    stop: int = PER_PAGE,
) -> Found:
    """Ask for the question that was read from `text`; words that occur nowhere are corrected.

    One query, and two more where something has to be corrected.
    """
    asked = Asked(
        words=tuple(word.terms for word in question.words),
        phrases=question.phrases,
        excluded=question.excluded,
        language=language,
        below=below,
    )
    answer = postgresql.search(asked, types, start, stop)
    corrected, mistyped = _corrected(question, text, asked, answer)
    if mistyped:
        asked, answer = corrected, postgresql.search(corrected, types, start, stop)
    return Found(answer, asked, mistyped)


def _types(chosen: frozenset[str], kinds: dict[int, SearchKind]) -> list[int] | None:
    """Return the content types of the kinds with the keys `chosen`; None: all."""
    if not chosen:
        return None
    own = [pk for pk, kind in kinds.items() if kind.key in chosen]
    return own + _other_types(kinds) if PAGE.key in chosen else own


def _other_types(kinds: dict[int, SearchKind]) -> list[int]:
    """Content types of pages that are no kind of their own."""
    return [
        each.pk
        for each in ContentType.objects.get_for_models(*get_page_models()).values()
        if each.pk not in kinds
    ]


def _by_kind(answer: Answer, kinds: dict[int, SearchKind]) -> dict[SearchKind, int]:
    counts: dict[SearchKind, int] = {}
    for content_type, number in answer.types.items():
        kind = kinds.get(content_type, PAGE)
        counts[kind] = counts.get(kind, 0) + number
    return counts


def _corrected(question: Analysed, text: str, asked: Asked, answer: Answer) -> tuple[Asked, tuple[str, ...]]:
    """Return what to ask instead, and the words that are replaced: those that occur in nothing in reach."""
    missing = {place: word for place, word in enumerate(question.words) if place not in answer.found}
    if not missing:
        return asked, ()
    stems = {place: word.terms[0][0] for place, word in missing.items()}
    near = postgresql.similar(sorted(set(stems.values())), asked.language, asked.below)
    words: list[Forms] = list(asked.words)
    mistyped = []
    for place, word in missing.items():
        if instead := closest(stems[place], near[stems[place]]):
            words[place] = _forms(instead, asked.language)
            mistyped.append(text[word.start : word.end])
    return replace(asked, words=tuple(words)), tuple(mistyped)


def _forms(term: str, language: str | None) -> Forms:
    """Return what a corrected word is looked up by: the term, and the parts that a word like it has."""
    word = next(iter(tokens(term, language or "")), None)
    parts = [(part, share) for part, share in (word.terms if word else ()) if part != term]
    return tuple((form, share * weights.SIMILAR) for form, share in [(term, 1.0), *parts])


def languages_with_hits(question: Question, below: str) -> set[str]:
    """Return the codes of the languages in which there is something for the question."""
    asked = Asked(tuple(word.terms for word in question.asked.words), below=below)
    found = postgresql.search(asked, stop=0).languages
    return set(Locale.objects.filter(pk__in=found).values_list("language_code", flat=True))
