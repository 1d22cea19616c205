"""What one vector stands for: the title of an entry, the whole of it, and each of its passages.

The whole tells what an entry is about, a passage which of its sentences answers a question, the title what it
is called; together they find better than each alone (measured, see docs/decisions/0020-sentence-model.md).
"""

import re
from collections.abc import Iterator

from search.models import Entry, Passage

# Characters. A passage ends with a sentence; a sentence that is much longer is cut between two words.
LENGTH, LONGEST = 300, 600
# Of a longer text the rest is found by its words only.
MOST = 40
# How far the whole is read: as far as the model reads at once.
WHOLE = 1_600

_END_OF_SENTENCE = re.compile(r"(?<=[.!?…؟])\s+|\n+")


def texts_of(title: str, text: str) -> list[str]:
    """Return the texts of an entry's passages, by number (see `Passage`)."""
    return [title, "", *_pieces(text)][: 2 + MOST]


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for sentence in _sentences(text):
        if piece and len(piece) + 1 + len(sentence) > LENGTH:
            yield piece
            piece = sentence
        else:
            piece = f"{piece} {sentence}".lstrip()
    if piece:
        yield piece


def _sentences(text: str) -> Iterator[str]:
    for sentence in _END_OF_SENTENCE.split(text):
        sentence = " ".join(sentence.split())
        while len(sentence) > LONGEST:
            cut = sentence.rfind(" ", 0, LONGEST) if " " in sentence[:LONGEST] else LONGEST
            yield sentence[:cut]
            sentence = sentence[cut:].strip()
        if sentence:
            yield sentence


def store(entry: Entry, texts: list[str]) -> None:
    """Let `texts` be the passages of `entry`, as owner; their vectors wait for the background service."""
    passages = Passage.objects.filter(entry=entry)
    if list(passages.order_by("number").values_list("text", flat=True)) != texts:
        passages.delete()
        Passage.objects.bulk_create(
            Passage(entry=entry, number=number, text=text) for number, text in enumerate(texts)
        )


def read_as(passage: Passage) -> str:
    """Return the text that the model reads for `passage`; one query for the whole of an entry."""
    if passage.number != Passage.WHOLE or passage.entry_id is None:
        return passage.text
    parts = Passage.objects.filter(entry=passage.entry_id).order_by("number").values_list("text", flat=True)
    return "\n".join(part for part in parts if part)[:WHOLE]
