"""What an address asks of the Wegweiser: every state has one, to be shared and kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from knowledge.wegweiser.matching import CHOICES, SOZIALRAUM, WISHES, YES

LONGEST_TEXT = 200
TEXT, PAGE = "q", "page"


@dataclass(frozen=True)
class Question:
    """`answers`: by condition the value, YES for wishes; `text`: in own words; `page`: from 1."""

    answers: dict[str, str]
    text: str = ""
    page: int = 1

    def url(self, without: Iterable[str] = (), page: int = 1) -> str:
        """Return the address of this question without the answers to the conditions `without`."""
        answers = {name: value for name, value in self.answers.items() if name not in without}
        # Also where none is chosen: else each reader would get the own one.
        values = {SOZIALRAUM: ""} | answers
        if self.text and TEXT not in without:
            values[TEXT] = self.text
        if page > 1:
            values[PAGE] = str(page)
        return f"?{urlencode(values)}"


def read_question(query: QueryDict, known: Mapping[str, Iterable[str]], own: str = "") -> Question:
    """Read an address. What is not `known` (by condition its values) asks for nothing.

    `own`: the Sozialraum of whoever asks, which holds until one is chosen, or none.
    """
    answers = {}
    for name in CHOICES:
        value = query.get(name, own if name == SOZIALRAUM else "")
        if value in known[name]:
            answers[name] = value
    answers |= {name: YES for name in WISHES if query.get(name) == YES}
    text = " ".join(query.get(TEXT, "").replace("\0", "").split())[:LONGEST_TEXT]
    number = query.get(PAGE, "")
    page = int(number) if number.isdecimal() and number.isascii() and len(number) < 5 else 1
    return Question(answers, text, max(1, page))
