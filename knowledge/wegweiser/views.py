"""The page of the Wegweiser: questions, what fits, and the way out where nothing does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.opening_hours import Status
from knowledge.wegweiser import matching
from knowledge.wegweiser.device import SCRIPTS, device_settings
from knowledge.wegweiser.matching import LANGUAGE, SOZIALRAUM, TOPIC, WISHES, YES, Found, Place, count, find
from knowledge.wegweiser.question import TEXT, read_question
from knowledge.wegweiser.reading import Reading
from sites.accounts.device import give_key
from sites.fields.languages import LANGUAGES, NAMES, languages_line

PER_PAGE = 12
WISH_LABELS = {
    matching.NOW: _("open now"),
    matching.HOME_VISIT: _("comes to your home"),
    matching.WITHOUT_APPOINTMENT: _("without appointment"),
    matching.FREE: _("free of charge"),
}
LABELS: dict[str, str | Promise] = {
    TOPIC: _("Topic"),
    SOZIALRAUM: _("Neighbourhood"),
    LANGUAGE: _("Language"),
    TEXT: _("In own words"),
    **WISH_LABELS,
}
# Returns the ids of the pages that a text (in a language, its code) finds, the best first. The search, in a
# room above, puts itself here.
FIND_BY_WORDS: list[Callable[[str, str], list[int]]] = []


@dataclass(frozen=True)
class Option:
    """An answer that can be chosen, and how many places it leaves."""

    value: str
    label: str | Promise
    count: int
    checked: bool
    icon: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Card:
    """A place as it is shown. `traeger`: whose it is, "" for partners; `status`: None where unknown."""

    place: Place
    url: str
    traeger: str
    status: Status | None
    languages: str

    @property
    def verified_until(self) -> date | None:
        return self.place.checked_until

    @property
    def is_overdue(self) -> bool:
        return self.place.is_overdue(timezone.localdate())


class Asking(Reading):
    """A request, and what follows from it. `empty`: only the questions, as if there were no places."""

    def __init__(self, request, empty: bool = False):
        super().__init__(request)
        self.empty = empty
        if empty:
            self.everything = []
        known = {
            TOPIC: {term.slug for term in self.topics},
            SOZIALRAUM: {term.slug for term in self.sozialraeume},
            LANGUAGE: NAMES.keys(),
        }
        self.question = read_question(request.GET, known, self.own[0] if len(self.own) == 1 else "")
        self.ranks = self._ranks()
        self.places = [place for place in self.everything if self.ranks is None or place.page in self.ranks]

    def _ranks(self) -> dict[int, int] | None:
        """The places of the pages that fit the text, None without one."""
        if not (self.question.text and FIND_BY_WORDS):
            return None
        found = FIND_BY_WORDS[0](self.question.text, get_language())
        return {page: rank for rank, page in enumerate(found)}

    def found(self) -> Found:
        return find(self.places, self.question.answers, self.at)

    def in_order(self, found: Found) -> list[Place]:
        answers, today = self.question.answers, timezone.localdate()
        return matching.in_order(found.places, answers, self.at, today, self.own, self.ranks)

    def cards(self, shown: list[Place]) -> list[Card]:
        pages = Page.objects.in_bulk([place.page for place in shown])
        return [
            Card(
                place,
                pages[place.page].get_url(self.request),
                self.whose(place),
                place.hours.status(self.at) if place.hours else None,
                languages_line(place.languages, place.languages_note),
            )
            # It may be gone since.
            for place in shown
            if place.page in pages
        ]

    def options(self, found: Found) -> dict[str, list[Option]]:
        """Return what can be answered, by condition: one of several or any of them, and what is only ticked.

        Languages that nobody speaks are left out.
        """
        answers = self.question.answers

        def any_of(name: str, label) -> Option:
            number = found.without[name] if name in answers else len(found.places)
            return Option("", label, number, name not in answers, icon="help")

        def option(name: str, value: str, label, **more) -> Option:
            return Option(value, label, count(found, name, value), answers.get(name) == value, **more)

        languages = [option(LANGUAGE, code, name) for code, name in LANGUAGES]
        return {
            TOPIC: [
                any_of(TOPIC, _("anything")),
                *(
                    option(TOPIC, term.slug, term.name, icon=term.icon, hint=term.hint)
                    for term in self.topics
                ),
            ],
            SOZIALRAUM: [
                *(option(SOZIALRAUM, term.slug, term.name) for term in self.sozialraeume),
                any_of(SOZIALRAUM, _("everywhere")),
            ],
            LANGUAGE: [
                any_of(LANGUAGE, pgettext_lazy("language", "any")),
                *(each for each in languages if each.count or each.checked or self.empty),
            ],
            "wishes": [
                Option(name, label, count(found, name, YES), name in answers)
                for name, label in WISH_LABELS.items()
            ],
        }

    def ways_out(self) -> list[tuple[str, str, int]]:
        """Return what to give up where nothing fits: in words, the address, how many there are then."""
        question = self.question
        found = [
            (names, number, question.url(without=names))
            for names, number in matching.ways_out(self.places, question.answers, self.at)
        ]
        if not found and question.text:
            otherwise = find(self.everything, question.answers, self.at)
            found = [((TEXT,), len(otherwise.places), question.url(without=[TEXT]))]
        return [
            (", ".join(self._in_words(name) for name in names), url, number)
            for names, number, url in found
            if number
        ]

    def _in_words(self, name: str) -> str:
        value = self.question.answers.get(name, self.question.text)
        said = {
            TOPIC: {term.slug: term.name for term in self.topics},
            SOZIALRAUM: {term.slug: term.name for term in self.sozialraeume},
            LANGUAGE: NAMES,
            TEXT: {value: value},
        }
        return str(WISH_LABELS[name] if name in WISHES else said[name][value])


def page_context(asking: Asking) -> dict:
    """Return what the template of the page shows."""
    found = asking.found()
    ordered = asking.in_order(found)
    page = Paginator(ordered, PER_PAGE).get_page(asking.question.page)
    for_device = asking.empty or asking.user.is_authenticated
    return {
        "question": asking.question,
        "at": timezone.localtime(asking.at),
        "options": asking.options(found),
        "total": len(ordered),
        "cards": asking.cards(list(page.object_list)),
        "entries": page,
        "page_query": asking.question.url().removeprefix("?"),
        "ways_out": [] if ordered else asking.ways_out(),
        "by_words": bool(FIND_BY_WORDS),
        "shell_itself": asking.empty,
        "device": for_device and device_settings(PER_PAGE, WISH_LABELS, asking.empty),
        "scripts": SCRIPTS,
    }


@require_safe
def wegweiser(request):
    """The Wegweiser of a site: for everybody what they may read. For its parameters see `Question`."""
    response = render(request, "knowledge/wegweiser.html", page_context(Asking(request)))
    if request.user.is_authenticated:
        give_key(request, response)
    return response
