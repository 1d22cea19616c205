"""What a person may find: every query of the search starts here."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import EventPage
from home.shown import SearchKind
from search.kinds import PAGE, kinds_by_content_type
from search.question import Question
from sites.access.readers import readable_by


def findable(user):
    """Return the published pages that `user` (also anonymous) may read, of all sites; no past events."""
    over = EventPage.objects.filter(last_end__lt=timezone.now()).values("pk")
    # Folders have no address; the root is no page of anybody.
    return readable_by(Page.objects.live().filter(depth__gte=3).exclude(pk__in=over), user)


@dataclass
class Hits:
    """The answer to a question, before it is shown.

    `counts` are the readable hits by kind, whatever kinds are chosen; `total` are those of the chosen kinds.
    `loose`: no page has all the words, these have some of them.
    """

    results: Any = None
    counts: dict[SearchKind, int] = field(default_factory=dict)
    total: int = 0
    loose: bool = False

    def slice(self, start: int, stop: int) -> list[Page]:
        """Return the hits from `start` to before `stop`, the best first."""
        return list(self.results[start:stop]) if self.total else []


def _count(results, kinds) -> dict[SearchKind, int]:
    counts: dict[SearchKind, int] = {}
    for content_type, number in results.facet("content_type_id").items():
        kind = kinds.get(content_type, PAGE)
        counts[kind] = counts.get(kind, 0) + number
    return counts


def _of_kinds(pages, chosen, kinds):
    """Narrow `pages` to the kinds with the keys `chosen`; none chosen: all."""
    if not chosen:
        return pages
    if PAGE.key in chosen:
        return pages.exclude(content_type__in=[pk for pk, kind in kinds.items() if kind.key not in chosen])
    return pages.filter(content_type__in=[pk for pk, kind in kinds.items() if kind.key in chosen])


def find(pages, question: Question) -> Hits:
    """Look for the question's words in `pages`: all words first; where no page has all, some of them."""
    if not question.words:
        return Hits()
    words, kinds = " ".join(question.words), kinds_by_content_type()
    for operator in ("and", "or"):
        counts = _count(pages.search(words, operator=operator), kinds)
        if counts or len(question.words) == 1:
            break
    chosen = _of_kinds(pages, question.kinds, kinds)
    return Hits(
        results=chosen.search(words, operator=operator),
        counts=counts,
        total=sum(n for kind, n in counts.items() if not question.kinds or kind.key in question.kinds),
        loose=operator == "or",
    )


def in_language(pages, code: str):
    """Narrow `pages` to the language `code`."""
    return pages.filter(locale__in=Locale.objects.filter(language_code=code))


def languages_with_hits(pages, question: Question) -> set[str]:
    """Return the codes of the languages in which there is something for the question."""
    found = pages.search(" ".join(question.words), operator="and").facet("locale_id")
    return set(Locale.objects.filter(pk__in=found).values_list("language_code", flat=True))
