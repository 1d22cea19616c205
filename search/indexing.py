"""Bringing pages into the index: what they say, as terms with weights. Runs as the owner of the database."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.search import index

from search import weights
from search.models import Change, Entry, Posting, Term
from search.text import tokens

log = logging.getLogger(__name__)

# How texts become postings. Entries that were made in another way are made anew by the background service:
# count on when `search.text` or `search.weights` change what is stored.
VERSION = 1
# Pages that are read at once.
AT_ONCE = 20
# After how long something that could not be indexed is tried again.
PATIENCE = timedelta(minutes=10)
# A longer term is no word of a language; PostgreSQL's column has an end.
LONGEST = 100


def drain() -> None:
    """Index what was noted as changed and is due.

    What can't be indexed stays noted and is tried again later: it holds nothing else up.
    """
    while notes := list(Change.objects.filter(due_at__lte=timezone.now()).order_by("pk")[:AT_ONCE]):
        try:
            _index(notes)
        except Exception:
            # One of them can't be indexed; the others can.
            for each in notes:
                _index_or_put_off(each)


def _index(notes: list[Change]) -> None:
    """Index what `notes` name, and forget them. Killed in the middle, it begins anew."""
    page = Page._meta.label_lower
    pages = {note.object_id for note in notes if note.model == page}
    index_pages(pages.union(*(pages_naming(note) for note in notes if note.model != page)))
    Change.objects.filter(pk__in=[note.pk for note in notes]).delete()


def _index_or_put_off(note: Change) -> None:
    try:
        with transaction.atomic():
            _index([note])
    except Exception:
        log.exception("%s can't be brought into the search; it is tried again later.", note)
        Change.objects.filter(pk=note.pk).update(due_at=timezone.now() + PATIENCE)


def note_outdated() -> None:
    """Let entries that an older version made be made anew; nothing while anything waits."""
    if not Change.objects.exists():
        outdated = Entry.objects.exclude(version=VERSION).values_list("pk", flat=True)
        Change.objects.bulk_create([Change(object_id=page) for page in outdated], batch_size=1000)


def pages_naming(note: Change) -> set[int]:
    """Return the ids of the pages in whose entries the object of `note` is named."""
    model = next((model for model in named_by() if model._meta.label_lower == note.model), None)
    return {
        pk
        for page_type, name in (named_by()[model] if model else ())
        for pk in page_type._default_manager.filter(**{name: note.object_id}).values_list("pk", flat=True)
    }


@cache
def named_by() -> dict[type[Model], list[tuple[type[Page], str]]]:
    """Return by model the page types that name its objects in their entries, each with its relation."""
    found: dict[type[Model], list[tuple[type[Page], str]]] = {}
    for page_type in get_page_models():
        for field in page_type.get_search_fields():
            if isinstance(field, index.RelatedFields):
                model = page_type._meta.get_field(field.field_name).related_model
                found.setdefault(model, []).append((page_type, field.field_name))
    return found


def index_pages(ids: Iterable[int]) -> None:
    """Bring the entries of these pages up to date; those that are not published (any more) have none."""
    pages = Page.objects.filter(pk__in=ids, live=True, depth__gte=3).select_related("locale").specific()
    entries, found = {}, {}
    for page in pages:
        fields = list(fields_of(page))
        found[page.pk] = postings_of(fields, page.locale.language_code)
        entries[page.pk] = _entry(page, fields)
    store(ids, entries, found)


def store(ids: Iterable[int], entries: dict[int, Entry], found: dict[int, dict[str, float]]) -> None:
    """Let `entries` with the postings `found`, both by page, be all that the index has of the pages `ids`.

    One page a transaction: whoever changes many pages at the same moment never waits for us in a circle.
    """
    numbers = term_numbers({term for terms in found.values() for term in terms})
    changed = [field.name for field in Entry._meta.fields if not field.primary_key]
    for page in ids:
        with transaction.atomic():
            _hold(page)
            Posting.objects.filter(entry_id=page).delete()
            if page not in entries:
                Entry.objects.filter(pk=page).delete()
                continue
            Entry.objects.bulk_create(
                [entries[page]], update_conflicts=True, unique_fields=["page"], update_fields=changed
            )
            Posting.objects.bulk_create(
                Posting(term_id=numbers[term], entry_id=page, weight=weight)
                for term, weight in found[page].items()
            )


def _hold(page: int) -> None:
    """Let nobody change the row of this page until the transaction ends.

    Who changes its readers meanwhile waits, and then finds the entry.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM wagtailcore_page WHERE id = %s FOR SHARE", [page])


def _entry(page: Page, fields: list[tuple[float, str]]) -> Entry:
    prose = "\n".join(text for weight, text in fields[1:] if text)
    language = page.locale.language_code
    sequence = " ".join(
        token.terms[0][0] for _w, text in fields for token in (*tokens(text, language),) if token.terms
    )
    return Entry(
        page_id=page.pk,
        path=page.path,
        locale_id=page.locale_id,
        content_type_id=page.content_type_id,
        text=prose,
        sequence=f" {sequence} ",
        until=page.search_until,
        version=VERSION,
    )


def fields_of(page: Page) -> Iterator[tuple[float, str]]:
    """Yield (weight, text) of what the type of `page` says is searched, the title first."""
    yield weights.FIELDS["title"], page.title
    for field in page.get_search_fields():
        if isinstance(field, index.RelatedFields):
            for part in field.fields:
                for each in related(page, field):
                    yield weights.VOCABULARY, _text(part.get_value(each))
        elif isinstance(field, index.SearchField) and field.field_name != "title":
            yield weights.FIELDS.get(field.field_name, weights.TEXT), _text(field.get_value(page))


def related(page: Page, field: index.RelatedFields) -> list:
    """Return the objects to which the relation `field` of `page` leads."""
    value = getattr(page, field.field_name)
    if value is None:
        return []
    return list(value.all()) if hasattr(value, "all") else [value]


def _text(value) -> str:
    """What Wagtail prepares for an index: a text, or a list of them."""
    if isinstance(value, list | tuple):
        return "\n".join(map(_text, value))
    return "" if value is None else str(value)


def postings_of(fields: Iterable[tuple[float, str]], language: str) -> dict[str, float]:
    """Return what each term of an entry weighs: BM25 over its fields, the title first (see `search.weights`).

    A part of a compound counts in a text like a word; only in a question it counts less.
    """
    counts: dict[str, float] = defaultdict(float)
    for place, (weight, text) in enumerate(fields):
        words = tokens(text, language)
        long, usual = (
            (weights.LONG_TEXT, weights.USUAL_TEXT) if place else (weights.LONG_TITLE, weights.USUAL_TITLE)
        )
        norm = 1 - long + long * len(words) / usual
        for word in words:
            for term, _share in word.terms:
                counts[term[:LONGEST]] += weight / norm
    return {term: count * weights.HIGHEST / (count + weights.SATURATION) for term, count in counts.items()}


def term_numbers(terms: set[str]) -> dict[str, int]:
    """Return the ids of `terms`; new ones are made. In one order, so that nobody waits in a circle."""
    Term.objects.bulk_create([Term(text=term) for term in sorted(terms)], ignore_conflicts=True)
    return dict(Term.objects.filter(text__in=terms).values_list("text", "pk"))
