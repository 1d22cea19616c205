"""What somebody asks the search, read from an address that anybody may have written."""

import re
from dataclasses import dataclass, replace

from django.http import QueryDict

from search.facets import NAMES
from search.text import Question as Analysed
from search.text import question as analyse

MAX_LENGTH = 200  # characters; a longer text is cut
MAX_CHOICES = 20  # of a facet
SITE, EVERYWHERE = "site", "all"
BEST, NEWEST = "best", "date"

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True)
class Question:
    """`text` as it was typed, `asked` what is looked for, `chosen` the values of each facet (none: all).

    `order`: BEST or NEWEST first. `literal`: words that occur nowhere are not corrected.
    """

    text: str
    asked: Analysed
    scope: str
    chosen: dict[str, list[str]]
    page: int
    order: str = BEST
    literal: bool = False

    @property
    def words(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.asked.words)

    @property
    def everywhere(self) -> bool:
        return self.scope == EVERYWHERE

    @property
    def newest_first(self) -> bool:
        return self.order == NEWEST

    @property
    def hidden(self) -> dict[str, str]:
        """What a form that only narrows down must keep."""
        return {"q": self.text, "scope": self.scope} | self._unusual

    @property
    def reset_url(self) -> str:
        """The same question, not narrowed down."""
        return self.url(**{name: [] for name in self.chosen})

    @property
    def everywhere_url(self) -> str:
        """The same question on all websites."""
        return self.url(scope=EVERYWHERE)

    @property
    def literal_url(self) -> str:
        """The same question with the words as they are."""
        return self.url(literal="1")

    @property
    def orders(self) -> list[tuple[str, bool]]:
        """(address, whether it is this one) of the best first and the newest first."""
        return [(self.url(order=order), order == self.order) for order in (BEST, NEWEST)]

    @property
    def _unusual(self) -> dict[str, str]:
        order = {} if self.order == BEST else {"order": self.order}
        return order | ({"literal": "1"} if self.literal else {})

    def newest(self) -> "Question":
        """The same question, the newest hits first, from the first page on."""
        return replace(self, order=NEWEST, page=1)

    def url(self, **changes) -> str:
        """Return the address of this question, with `changes`."""
        return "?" + self.query(**changes)

    def toggled(self, facet: str, value: str) -> str:
        """Return the address of this question with `value` chosen in `facet`, or not chosen if it is."""
        values = self.chosen.get(facet, [])
        changed = [each for each in values if each != value] if value in values else [*values, value]
        return self.url(**{facet: changed})

    def query(self, **changes) -> str:
        """Return the query string of this question, with `changes`; paging starts anew."""
        values = {"q": self.text, "scope": self.scope} | self._unusual | self.chosen | changes
        query = QueryDict(mutable=True)
        for name, value in values.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        return query.urlencode()


def page_number(text: str | None) -> int:
    """Return the number of a page, 1 for whatever is none."""
    if text and text.isascii() and text.isdigit() and len(text) < 10:
        return max(1, int(text))
    return 1


def read_question(query: QueryDict, default_scope: str, language: str) -> Question:
    """Read the parameters q, scope, order, literal, page and those of the facets; nonsense is left out."""
    text = _INVISIBLE.sub(" ", query.get("q", ""))[:MAX_LENGTH].strip()
    scope = query.get("scope")
    chosen = {name: sorted(set(query.getlist(name)))[:MAX_CHOICES] for name in NAMES}
    return Question(
        text=text,
        asked=analyse(text, language),
        scope=scope if scope in (SITE, EVERYWHERE) else default_scope,
        chosen={name: values for name, values in chosen.items() if values},
        page=page_number(query.get("page")),
        order=NEWEST if query.get("order") == NEWEST else BEST,
        literal=query.get("literal") == "1",
    )
