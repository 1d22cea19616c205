"""The piece of a page's own text that shows why it was found, with the found words marked."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from search.models import Entry
from search.text import Token, tokens

# Words in a piece, and before the first found one.
WORDS, BEFORE = 34, 6
# So little text beside the piece is shown instead of dots.
FEW_WORDS = 5
# Of a longer text only the beginning is looked through.
LONGEST = 20_000  # characters

Span = tuple[int, int]


def excerpts(
    pages: list[Page], forms: frozenset[str], language: str
) -> dict[int, tuple[SafeString, SafeString]]:
    """Return title and excerpt as HTML by id, for `pages` found by the terms `forms`; one query.

    `language`: code of the language in which the pages are written.
    """
    texts = dict(Entry.objects.filter(pk__in=[page.pk for page in pages]).values_list("pk", "text"))
    found = {}
    for page in pages:
        text = " ".join(texts.get(page.pk, "")[:LONGEST].split())
        title = mark(page.title, [(t.start, t.end) for t in _marked(tokens(page.title, language), forms)])
        found[page.pk] = (title, excerpt(text, language, forms))
    return found


def _marked(words: Iterable[Token], forms: frozenset[str]) -> list[Token]:
    return [word for word in words if any(term in forms for term, _weight in word.terms)]


def excerpt(text: str, language: str, forms: frozenset[str]) -> SafeString:
    """Return the piece of `text` in which most of the terms `forms` occur, as HTML."""
    words = tokens(text, language)
    if not words:
        return SafeString()
    first, last = _piece(words, forms)
    start = 0 if first <= FEW_WORDS else words[first].start
    end = len(text) if len(words) - last <= FEW_WORDS else words[last - 1].end
    spans = [(w.start - start, w.end - start) for w in _marked(words[first:last], forms)]
    marked = mark(text[start:end], spans)
    before = "… " if start else ""
    stop = text[end] if end < len(text) and text[end] in ".!?" else ""
    after = f"{stop} …" if end < len(text) else ""
    return format_html("{}{}{}", before, marked, after)


def _piece(words: list[Token], forms: frozenset[str]) -> Span:
    """Return the numbers of the first word of the best piece, and of the one after its last."""
    hits = [(n, {term for term, _w in word.terms} & forms) for n, word in enumerate(words)]
    hits = [(number, terms) for number, terms in hits if terms]
    best, begin = 0, 0
    for position, (number, _terms) in enumerate(hits):
        inside = set().union(
            *(terms for n, terms in hits[position : position + WORDS] if n < number + WORDS - BEFORE)
        )
        if len(inside) > best:
            best, begin = len(inside), max(0, number - BEFORE)
    begin = max(0, min(begin, len(words) - WORDS))
    return begin, min(len(words), begin + WORDS)


def mark(text: str, spans: list[Span]) -> SafeString:
    """Return `text` as HTML with <mark> around `spans`, which follow each other; all else is escaped."""
    parts, done = [], 0
    for start, end in spans:
        parts.append((format_html("{}<mark>{}</mark>", text[done:start], text[start:end]),))
        done = end
    return format_html_join("", "{}", [*parts, (text[done:],)])
