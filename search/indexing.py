"""Bringing pages and documents into the index: what they say, as terms with weights.

Runs as the owner of the database.
"""

import logging
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import PurePosixPath

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.timezone import make_aware
from wagtail.models import Page, get_page_models
from wagtail.search import index

from search import weights
from search.facets import facets_of, facets_of_documents
from search.meaning import passages
from search.models import Change, Entry, Passage, Posting, Term, TitleWord
from search.text import tokens
from sites.models import PortalDocument

log = logging.getLogger(__name__)

# How texts become postings. Entries that were made in another way are made anew by the background service:
# count on when `search.text` or `search.weights` change what is stored.
VERSION = 6
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
    page, document = Page._meta.label_lower, PortalDocument._meta.label_lower
    pages = {note.object_id for note in notes if note.model == page}
    index_pages(pages.union(*(pages_naming(note) for note in notes if note.model != page)))
    index_documents({note.object_id for note in notes if note.model == document})
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
        outdated = Entry.objects.exclude(version=VERSION)
        for model, name in ((Page, "page"), (PortalDocument, "document")):
            ids = outdated.exclude(**{name: None}).values_list(name, flat=True)
            changes = [Change(model=model._meta.label_lower, object_id=pk) for pk in ids]
            Change.objects.bulk_create(changes, batch_size=1000)


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


@dataclass(frozen=True)
class Field:
    """A text of an entry. `weight`: how much a word in it counts; `is_prose`: excerpts are made of it."""

    weight: float
    text: str
    is_prose: bool = False


@dataclass(frozen=True)
class Reading:
    """What the fields of an entry say.

    `postings`: what each term weighs. `sequence`: the terms in their order. `title`: the words of the title
    and the parts of its compounds. `prose`: what excerpts are made of. `passages`: see
    `search.meaning`.
    """

    postings: dict[str, float]
    sequence: str
    title: frozenset[str]
    prose: str
    passages: list[str]


def index_pages(ids: Iterable[int]) -> None:
    """Bring the entries of these pages up to date; those that are not published (any more) have none."""
    pages = Page.objects.filter(pk__in=ids, live=True, depth__gte=3).select_related("locale").specific()
    found = {}
    for page in pages:
        reading = read(fields_of(page), page.locale.language_code)
        found[page.pk] = (_entry(page, reading), reading)
    store(ids, found)


def store(ids: Iterable[int], found: dict[int, tuple[Entry, Reading]]) -> None:
    """Let `found`, by page, be all that the index has of the pages `ids`.

    One page a transaction: whoever changes many pages at the same moment never waits for us in a circle.
    """
    numbers = term_numbers({term for _entry, reading in found.values() for term in reading.postings})
    changed = [field.name for field in Entry._meta.fields if not field.unique]
    for page in ids:
        with transaction.atomic():
            _hold(page)
            _forget(page, also_itself=page not in found)
            if page not in found:
                continue
            entry, reading = found[page]
            # The id of the entry that is there already, or of a new one, is set.
            Entry.objects.bulk_create(
                [entry], update_conflicts=True, unique_fields=["page"], update_fields=changed
            )
            _hang_on(entry, reading, numbers)


def _hang_on(entry: Entry, reading: Reading, numbers: dict[str, int]) -> None:
    """Store what hangs on an entry. `numbers`: the ids of its terms."""
    Posting.objects.bulk_create(
        Posting(term_id=numbers[term], entry=entry, weight=weight)
        for term, weight in reading.postings.items()
    )
    TitleWord.objects.bulk_create(TitleWord(word=word, entry=entry) for word in sorted(reading.title))
    passages.store(entry, reading.passages)


def index_documents(ids: Iterable[int]) -> None:
    """Bring the entries of these documents up to date. Triggers make them, and keep their readers."""
    documents = PortalDocument.objects.filter(pk__in=ids).select_related("attachment")
    languages = _languages(ids)
    for document in documents.prefetch_related("tagged_items__tag"):
        locale, code = languages[document.pk]
        reading = read(fields_of_document(document), code)
        numbers = term_numbers(set(reading.postings))
        with transaction.atomic():
            entry = Entry.objects.select_for_update().filter(document=document).first()
            if entry is None:
                continue
            for model in (Posting, TitleWord):
                model.objects.filter(entry=entry).delete()
            Entry.objects.filter(pk=entry.pk).update(
                locale=locale,
                facets=facets_of_documents(),
                date=document.created_at,
                text=reading.prose,
                sequence=reading.sequence,
                version=VERSION,
            )
            _hang_on(entry, reading, numbers)


def _languages(documents: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return id and code of the language of each document: that of the pages that show it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.document, l.id, l.language_code FROM portal_search_document_readers(%s) r"
            " JOIN wagtailcore_locale l ON l.id = r.spoken",
            [list(documents)],
        )
        return {document: (locale, code) for document, locale, code in cursor.fetchall()}


def fields_of_document(document: PortalDocument) -> Iterator[Field]:
    """Yield what is searched of `document`, the title first."""
    yield Field(weights.FIELDS["title"], document.title)
    yield Field(weights.VOCABULARY, PurePosixPath(document.filename).stem)
    for item in document.tagged_items.all():
        yield Field(weights.VOCABULARY, item.tag.name)
    if hasattr(document, "attachment"):
        yield Field(weights.ATTACHMENT, document.attachment.text, is_prose=True)


def _hold(page: int) -> None:
    """Let nobody change the row of this page until the transaction ends.

    Who changes its readers meanwhile waits, and then finds the entry.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM wagtailcore_page WHERE id = %s FOR SHARE", [page])


def _forget(page: int, *, also_itself: bool) -> None:
    """Delete what hangs on the entry of `page`, and the entry."""
    # By numbers: a subquery would be planned as if the tables were as small as when they were last analysed.
    entries = list(Entry.objects.filter(page=page).values_list("pk", flat=True))
    for model in (Posting, TitleWord):
        model.objects.filter(entry__in=entries).delete()
    if also_itself:
        # Of an entry that stays, those with the same text stay, too: their vectors take long.
        Passage.objects.filter(entry__in=entries).delete()
        Entry.objects.filter(pk__in=entries).delete()


def _entry(page: Page, reading: Reading) -> Entry:
    return Entry(
        page_id=page.pk,
        path=page.path,
        locale_id=page.locale_id,
        translation_key=page.translation_key,
        facets=facets_of(page),
        date=_date(page),
        text=reading.prose,
        sequence=reading.sequence,
        until=page.search_until,
        version=VERSION,
    )


def _date(page: Page) -> datetime | None:
    """From when the text is: the day that people see, else when it was last published."""
    day = getattr(page, "date", None)
    return make_aware(datetime.combine(day, time())) if day else page.last_published_at


def fields_of(page: Page) -> Iterator[Field]:
    """Yield what the type of `page` says is searched, the title first."""
    yield Field(weights.FIELDS["title"], page.title)
    for field in page.get_search_fields():
        if isinstance(field, index.RelatedFields):
            for part in field.fields:
                for each in related(page, field):
                    yield Field(weights.VOCABULARY, _text(part.get_value(each)))
        elif isinstance(field, index.SearchField) and field.field_name != "title":
            name = field.field_name
            weight = weights.FIELDS.get(name, weights.TEXT)
            # Facts are the same in all languages: numbers, addresses, names.
            yield Field(weight, _text(field.get_value(page)), is_prose=name in page.own_fields)


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


def read(fields: Iterable[Field], language: str) -> Reading:
    """Read the fields of an entry, the title first.

    A term weighs what BM25 over the fields gives it (see `search.weights`). A part of a compound counts in a
    text like a word; only in a question it counts less.
    """
    counts: dict[str, float] = defaultdict(float)
    sequence, prose = [], []
    title: set[str] = set()
    name = ""
    for place, field in enumerate(fields):
        name = name if place else field.text
        words = tokens(field.text, language)
        long, usual = (
            (weights.LONG_TEXT, weights.USUAL_TEXT) if place else (weights.LONG_TITLE, weights.USUAL_TITLE)
        )
        norm = 1 - long + long * min(len(words), weights.LONGEST_TEXT) / usual
        for word in words:
            for term, _share in word.terms:
                counts[term[:LONGEST]] += field.weight / norm
            if word.terms:
                sequence.append(word.terms[0][0])
            if not place:
                title |= {word.word[:LONGEST], *(term[:LONGEST] for term, _share in word.terms[1:])}
        if field.is_prose and field.text:
            prose.append(field.text)
    postings = {
        term: stored(count * weights.HIGHEST / (count + weights.SATURATION)) for term, count in counts.items()
    }
    said = "\n".join(prose)
    return Reading(postings, f" {' '.join(sequence)} ", frozenset(title), said, passages.texts_of(name, said))


def stored(weight: float) -> float:
    """Return a weight as exact as any engine keeps it: Elasticsearch has two bytes for it."""
    [bits] = struct.unpack("I", struct.pack("f", weight))
    return struct.unpack("f", struct.pack("I", bits >> 15 << 15))[0]


def term_numbers(terms: set[str]) -> dict[str, int]:
    """Return the ids of `terms`; new ones are made. In one order, so that nobody waits in a circle."""
    Term.objects.bulk_create([Term(text=term) for term in sorted(terms)], ignore_conflicts=True)
    return dict(Term.objects.filter(text__in=terms).values_list("text", "pk"))
