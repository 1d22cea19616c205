"""What a person may find: every question to the index starts here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from wagtail.models import Locale

from search import engines, postgresql, weights
from search.meaning import model
from search.narrowing import Values
from search.postgresql import Answer, Asked, Hit, Together
from search.question import Question
from search.synonyms import Kept, key, listed
from search.text import Question as Analysed
from search.text import Token, closest, stems, tokens

PER_PAGE = 10


@dataclass(frozen=True)
class Hits:
    """The answer to a question, before it is shown.

    `hits`: those on the page with the number `number`, in order. `total`: all hits; `unchosen`:
    those that there are without what is chosen. `facets`: see `Answer`. `loose`: no page has all the words,
    these have some of them. `forms`: what was looked up, for the marks; `together`: what was only where it
    stands on one page. `mistyped`: words that occur nowhere, instead of which similar ones were looked up.
    `recommended`: pages that come first because the coordination office says so. `by_meaning`: none of the
    hits has any of the words. `instead`: see `Answer`.
    """

    hits: tuple[Hit, ...] = ()
    number: int = 1
    total: int = 0
    unchosen: int = 0
    facets: dict[str, int] = field(default_factory=dict)
    loose: bool = False
    forms: frozenset[str] = frozenset()
    language: str = ""
    mistyped: tuple[str, ...] = ()
    together: tuple[frozenset[str], ...] = ()
    recommended: frozenset[int] = frozenset()
    by_meaning: bool = False
    instead: bool = False


def find(
    question: Question, language: str, below: str, values: Values, told: Kept, own: tuple[str, ...] = ()
) -> Hits:
    """Look for the question, which has words, in `language` (code), in the pages below the path `below`.

    The database knows who is asking, and answers what this person may read. `values`: of the facets; `told`:
    what is kept for this language; `own`: values that are of the person's own Träger.
    """
    asked = Asked(
        words=(),
        phrases=question.asked.phrases,
        excluded=question.asked.excluded,
        language=language,
        below=below,
        chosen=values.accepted(question.chosen),
        own=own,
        newest_first=question.newest_first,
        vector=model.query(meant(question.asked, question.text)),
    )
    start = (question.page - 1) * PER_PAGE
    corrected_from = None if question.literal else question.text
    found = look_up(question.asked, asked, told, corrected_from, start)
    last = max(0, found.answer.total - 1) // PER_PAGE * PER_PAGE
    if start > last:
        start = last
        found = look_up(question.asked, asked, told, corrected_from, start)
    answer = found.answer
    return Hits(
        hits=answer.hits,
        number=start // PER_PAGE + 1,
        total=answer.total,
        unchosen=answer.unchosen,
        facets=answer.facets,
        loose=0 < answer.most < len(found.asked.words),
        by_meaning=answer.total > 0 and not answer.most,
        forms=frozenset(term for word in found.asked.words for term, _weight in word),
        language=language,
        mistyped=found.mistyped,
        together=tuple(frozenset(each.terms) for each in found.asked.together),
        recommended=frozenset(found.asked.pinned),
        instead=answer.instead,
    )


def meant(question: Analysed, text: str) -> str:
    """Return what the sentence model reads of the question that was read from `text`: all but excluded words.

    As it was typed: the model knows mistyped words well enough, and a correction is only a stem.
    """
    if not question.excluded:
        return text
    words = sorted(question.words + question.minor, key=lambda word: word.start)
    return " ".join(text[word.start : word.end] for word in words)


@dataclass(frozen=True)
class Found:
    """`answer` to what was `asked` of the index in the end, and the words that were replaced for that."""

    answer: Answer
    asked: Asked
    mistyped: tuple[str, ...]


def look_up(
    question: Analysed,
    asked: Asked,
    told: Kept,
    text: str | None,
    start: int = 0,
    stop: int | None = None,
    search: Callable[[Asked, int, int], Answer] = engines.search,
) -> Found:
    """Ask for the question that was read from `text`, with synonyms; words that occur nowhere are corrected.

    `asked`: all but the words; `search`: who answers. Without a text nothing is corrected. One query, and two
    more where something has to be corrected.
    """
    stop = start + PER_PAGE if stop is None else stop
    asked = _with_words(asked, question.words, told)
    answer = search(asked, start, stop)
    # What somebody has recommended pages for is no mistake.
    if text and not asked.pinned and (similar := _similar(question, asked, answer)):
        corrected = _with_words(asked, question.words, told, similar)
        instead = search(corrected, start, stop)
        # Words that don't stand together as they should are no better for a correction that doesn't either.
        if instead.total or not asked.phrases:
            return Found(instead, corrected, tuple(text[word.start : word.end] for word in similar.values()))
    return Found(answer, asked, ())


def _with_words(
    asked: Asked, words: tuple[Token, ...], told: Kept, instead: dict[int, Token] | None = None
) -> Asked:
    """Return what to ask for `words`. `instead`: similar ones, by the places of those that occur nowhere."""
    similar = instead or {}
    # By the terms that stand in phrases.
    corrected = {words[place].terms[0][0]: word.terms[0][0] for place, word in similar.items()}
    words = tuple(similar.get(place, word) for place, word in enumerate(words))
    forms = [dict(word.terms) for word in words]
    together = []
    for other in told.synonyms.alternatives(words):
        weight = weights.SYNONYM * other.share
        if len(other.words) > 1:
            together.append(Together(other.places, stems(other.words), weight))
            continue
        for place in other.places:
            for term, share in other.words[0].terms:
                forms[place][term] = max(forms[place].get(term, 0), share * weight)
    factors = [weights.SIMILAR if place in similar else 1 for place in range(len(words))]
    return replace(
        asked,
        phrases=tuple(tuple(corrected.get(term, term) for term in phrase) for phrase in asked.phrases),
        words=tuple(
            tuple((term, weight * factor) for term, weight in each.items())
            for each, factor in zip(forms, factors, strict=True)
        ),
        together=tuple(together),
        pinned=() if asked.excluded else pinned(words, told),
    )


def pinned(words: Iterable[Token], told: Kept) -> tuple[int, ...]:
    """Return the ids of the pages that are recommended for a question of `words`, in their order."""
    asked = tuple(sorted(set(stems(words))))
    return tuple(
        dict.fromkeys(
            page
            for questions, page in told.pins
            if any(key(each, told.language) == asked for each in listed(questions))
        )
    )


def _similar(question: Analysed, asked: Asked, answer: Answer) -> dict[int, Token]:
    """Return similar words by the places of those of the question that occur in nothing in reach.

    With a phrase, what does not have it is out of reach; words that occur elsewhere are right.
    """
    missing = {
        place: word.terms[0][0] for place, word in enumerate(question.words) if place not in answer.found
    }
    if not missing:
        return {}
    near = postgresql.similar(sorted(set(missing.values())), asked.language, asked.below)
    found = {place: closest(stem, near[stem]) for place, stem in missing.items()}
    return {
        place: _word(question.words[place], term, asked.language)
        for place, term in found.items()
        if term and term != missing[place]
    }


def _word(mistyped: Token, term: str, language: str | None) -> Token:
    """Return a word that is looked up by `term`, and by the parts that a word like it has."""
    word = next(iter(tokens(term, language or "")), None)
    parts = [(part, share) for part, share in (word.terms if word else ()) if part != term]
    return replace(mistyped, terms=((term, 1.0), *parts))


def languages_with_hits(question: Question, below: str) -> set[str]:
    """Return the codes of the languages in which there is something for the question."""
    asked = Asked(tuple(word.terms for word in question.asked.words), below=below)
    found = engines.search(asked, stop=0).languages
    return set(Locale.objects.filter(pk__in=found).values_list("language_code", flat=True))
