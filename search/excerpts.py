"""The piece of a page's own text that shows why it was found, with the found words marked."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from search.text import Token, tokens

# Words in a piece, and before the first found one.
WORDS, BEFORE = 34, 6
# So little text beside the piece is shown instead of dots.
FEW_WORDS = 5
# Of a longer text only so much is looked through.
LONGEST = 20_000  # characters
_PLAIN = str.maketrans("äöü", "aou")

Span = tuple[int, int]


def excerpts(
    pages: list[Page], forms: frozenset[str], language: str, together: Iterable[frozenset[str]] = ()
) -> dict[int, tuple[SafeString, SafeString]]:
    """Return title and excerpt as HTML by id, for `pages` (with their entries) found by the terms `forms`.

    `language`: code of the language in which the pages are written. `together`: terms by which those pages
    were found that have them all.
    """
    found = {}
    for page in pages:
        entry = getattr(page, "search_entry", None)
        text = entry.text if entry else ""
        found[page.pk] = excerpt_of(page.title, text, forms, language, together)
    return found


def excerpt_of(
    title: str, text: str, forms: frozenset[str], language: str, together: Iterable[frozenset[str]] = ()
) -> tuple[SafeString, SafeString]:
    """Return `title` and the best piece of `text` as HTML, with what found them marked; see `excerpts`."""
    text = " ".join(_part(text, forms).split())
    own = forms.union(*_whole(f"{title}\n{text}", language, together)) if together else forms
    marked = mark(title, [(t.start, t.end) for t in _marked(tokens(title, language), own)])
    return marked, excerpt(text, language, own)


def _part(text: str, forms: frozenset[str]) -> str:
    """Return as much of `text` as is looked through: from a little before where one of the terms may be."""
    if len(text) <= LONGEST:
        return text
    # Lengths stay the same; a stem is mostly the beginning of its word.
    plain = text.lower().translate(_PLAIN)
    if len(plain) != len(text):
        return text[:LONGEST]
    places = [plain.find(form) for form in forms]
    first = min((place for place in places if place >= 0), default=0)
    start = text.rfind(" ", 0, max(0, first - LONGEST // 20)) + 1
    return text[start : start + LONGEST]


def _whole(text: str, language: str, groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return those of `groups` of terms of which all occur in `text`."""
    terms = {term for word in tokens(text, language) for term, _weight in word.terms}
    return [group for group in groups if group <= terms]


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
