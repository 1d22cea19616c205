"""What the search page shows of the pages that were found, in a constant number of queries."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.shown import SearchKind, is_joined, is_prefetched, not_shown
from search.excerpts import excerpts
from search.kinds import PAGE, kinds_by_content_type, page_types
from search.query import Hits
from sites.access.readers import readable_by
from sites.models import Traeger


@dataclass(frozen=True)
class Result:
    """One hit. `detail` is the page as its own type where that has more to show, else None."""

    page: Page
    kind: SearchKind
    url: str
    title: SafeString
    excerpt: SafeString
    traeger: str
    internal: bool
    detail: Page | None


def _detailed() -> list[type[Page]]:
    """The page types of which a hit shows more than every page has."""
    return [model for model in page_types() if model.result_fields]


def with_details(pages):
    """Add to a queryset of pages what `results_of` shows of them, in the one query."""
    joined, left_out = [], []
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


def load(hits: Hits, user) -> list[Page]:
    """Return the pages of the hits, the best first; through RLS and Python's own rule."""
    pages = with_details(readable_by(Page.objects.filter(pk__in=hits.pages), user))
    found = {page.pk: page for page in pages}
    return [found[pk] for pk in hits.pages if pk in found]


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


def results_of(pages: list[Page], hits: Hits, request, traeger: dict[str, Traeger]) -> list[Result]:
    """Make the results of `pages` (from `with_details`) found by `hits`, with addresses for `request`."""
    details = _details(pages)
    texts, kinds = excerpts(pages, hits.forms, hits.language), kinds_by_content_type()
    public = {page.pk for page in pages}
    # Who is not logged in finds public pages only.
    if request.user.is_authenticated:
        public = set(
            readable_by(Page.objects.filter(pk__in=public), AnonymousUser()).values_list("pk", flat=True)
        )
    results = []
    for page in pages:
        title, excerpt = texts.get(page.pk, (conditional_escape(page.title), SafeString()))
        owner = traeger.get(page.path[: 2 * page.steplen])
        results.append(
            Result(
                page=page,
                kind=kinds.get(page.content_type_id, PAGE),
                url=page.get_url(request) or "",
                title=title,
                excerpt=excerpt,
                traeger=owner.short_name if owner else "",
                internal=page.pk not in public,
                detail=details.get(page.pk),
            )
        )
    return results
