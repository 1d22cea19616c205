"""What the search page shows of what was found, in a constant number of queries."""

from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.shown import SearchKind, is_joined, is_prefetched, not_shown
from search.excerpts import excerpt_of, excerpts
from search.found_documents import FoundDocument, load_documents
from search.kinds import DOCUMENT, kind_of, page_types
from search.models import Entry
from search.postgresql import Hit
from search.query import Hits
from sites.access.readers import readable_by
from sites.models import Traeger


@dataclass(frozen=True)
class Result:
    """One hit: a page, or a document with the page that shows it, if there is one for whoever asks.


    `detail` is the page as its own type where that has more to show, else None. `recommended`: it is shown
    first because the coordination office says so. `language`: code of its language where that is not the one
    in which people read. `by_meaning`: it was found by its meaning alone.
    """

    page: Page | None
    kind: SearchKind
    url: str
    title: SafeString
    excerpt: SafeString
    traeger: str
    internal: bool
    detail: Page | None = None
    file: FoundDocument | None = None
    recommended: bool = False
    language: str = ""
    by_meaning: bool = False


# The principal with which everybody reads on the sites.
PUBLIC = "public"
_NOT_SHOWN = [
    field.name for field in Entry._meta.fields if field.name not in ("id", "page", "text", "readers")
]


def _detailed() -> list[type[Page]]:
    """The page types of which a hit shows more than every page has."""
    return [model for model in page_types() if model.result_fields]


def with_details(pages):
    """Add to a queryset of pages what `results_of` shows of them, in the one query."""
    joined, left_out = ["search_entry"], [f"search_entry__{name}" for name in _NOT_SHOWN]
    for model in _detailed():
        parts = [(model._meta.model_name, model)] + [
            (f"{model._meta.model_name}__{name}", model._meta.get_field(name).related_model)
            for name in model.result_fields
            if is_joined(model, name)
        ]
        for path, part in parts:
            joined.append(path)
            left_out += [f"{path}__{name}" for name in not_shown(part, part.result_fields)]
    return pages.select_related(*joined).defer(*left_out)


def load(ids: list[int], user) -> list[Page]:
    """Return the pages `ids`; through RLS and Python's own rule."""
    return list(with_details(readable_by(Page.objects.filter(pk__in=ids), user))) if ids else []


def _details(pages: list[Page]) -> dict[int, Page]:
    """Return the pages (from `with_details`) as their own types where a hit shows more, by id."""
    found: dict[int, Page] = {}
    for model in _detailed():
        name = model._meta.model_name
        own = {page.pk: getattr(page, name) for page in pages if hasattr(page, name)}
        relations = [each for each in model.result_fields if is_prefetched(model, each)]
        if own and relations:
            prefetch_related_objects(list(own.values()), *relations)
        found |= own
    return found


def traeger_by_path() -> dict[str, Traeger]:
    """Return all Träger by the tree path of their folder."""
    return {each.folder.path: each for each in Traeger.objects.select_related("folder").order_by()}


def results_of(hits: Hits, request, traeger: dict[str, Traeger]) -> list[Result]:
    """Return what is shown of the hits, in their order; of those that whoever asks may read.

    `traeger`: by path. Addresses are for `request`.
    """
    pages = load([hit.page for hit in hits.hits if hit.page], request.user)
    by_page = dict(zip((page.pk for page in pages), _of_pages(pages, hits, request, traeger), strict=True))
    documents = load_documents([hit.document for hit in hits.hits if hit.document], request.user)
    by_document = {pk: _of_document(found, hits, traeger) for pk, found in documents.items()}
    results = []
    for hit in hits.hits:
        result = by_page.get(hit.page or 0) or by_document.get(hit.document or 0)
        if result:
            results.append(_as_found(result, hit, hits.language))
    return results


def _as_found(result: Result, hit: Hit, language: str) -> Result:
    """Add to `result` how it was found: by its meaning, which shows the nearest passage, or by words."""
    other = "" if hit.language == language else hit.language
    if hit.passage is None:
        return replace(result, language=other)
    excerpt = conditional_escape(hit.passage) if hit.passage else result.excerpt
    return replace(result, language=other, by_meaning=True, excerpt=excerpt)


def _of_document(found: FoundDocument, hits: Hits, traeger: dict[str, Traeger]) -> Result:
    entry, document = found.entry, found.document
    title, excerpt = excerpt_of(document.title, entry.text, hits.forms, hits.language, hits.together)
    owner = traeger.get(entry.path)
    return Result(
        page=found.page,
        kind=DOCUMENT,
        url=document.url,
        title=title,
        excerpt=excerpt,
        traeger=owner.short_name if owner else "",
        internal=_is_internal(entry),
        file=found,
    )


def _is_internal(entry: Entry | None) -> bool:
    """Tell whether only people with an account find what `entry` is of."""
    return entry is None or PUBLIC not in entry.readers


def _of_pages(pages: list[Page], hits: Hits, request, traeger: dict[str, Traeger]) -> list[Result]:
    details = _details(pages)
    texts = excerpts(pages, hits.forms, hits.language, hits.together)
    results = []
    for page in pages:
        title, excerpt = texts.get(page.pk, (conditional_escape(page.title), SafeString()))
        owner = traeger.get(page.path[: 2 * page.steplen])
        results.append(
            Result(
                page=page,
                kind=kind_of(page.content_type_id),
                url=page.get_url(request) or "",
                title=title,
                excerpt=excerpt,
                traeger=owner.short_name if owner else "",
                internal=_is_internal(getattr(page, "search_entry", None)),
                detail=details.get(page.pk),
                recommended=page.pk in hits.recommended,
            )
        )
    return results
