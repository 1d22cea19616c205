"""What somebody asks the search, read from an address that anybody may have written."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from search.kinds import kinds
from search.text import Question as Analysed
from search.text import question as analyse

MAX_LENGTH = 200  # characters; a longer text is cut
SITE, EVERYWHERE = "site", "all"

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True)
class Question:
    """`text` as it was typed, `asked` what is looked for, `kinds` keys of the chosen kinds (none: all)."""

    text: str
    asked: Analysed
    scope: str
    kinds: frozenset[str]
    page: int

    @property
    def words(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.asked.words)

    @property
    def everywhere(self) -> bool:
        return self.scope == EVERYWHERE

    @property
    def hidden(self) -> dict[str, str]:
        """What a form that only narrows down must keep."""
        return {"q": self.text, "scope": self.scope}

    @property
    def reset_url(self) -> str:
        """The same question without the chosen kinds."""
        return "?" + self.query(kind=[])

    @property
    def everywhere_url(self) -> str:
        """The same question on all websites."""
        return "?" + self.query(scope=EVERYWHERE)

    def query(self, **changes) -> str:
        """Return the query string of this question, with `changes`; paging starts anew."""
        values = {"q": self.text, "scope": self.scope, "kind": sorted(self.kinds)} | changes
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
    """Read the parameters q, scope, kind and page; what makes no sense is left out."""
    text = _INVISIBLE.sub(" ", query.get("q", ""))[:MAX_LENGTH].strip()
    scope = query.get("scope")
    return Question(
        text=text,
        asked=analyse(text, language),
        scope=scope if scope in (SITE, EVERYWHERE) else default_scope,
        kinds=frozenset(query.getlist("kind")) & {kind.key for kind in kinds()},
        page=page_number(query.get("page")),
    )
