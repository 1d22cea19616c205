"""What the search page shows of the pages that were found, in a constant number of queries."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from wagtail.models import Page

from search.excerpts import excerpts
from search.kinds import PAGE, Kind, kinds_by_content_type
from sites.access.readers import readable_by
from sites.models import Traeger

# The page types of which the results show more than every page has, joined into the one query. Their long
# texts stay out: the excerpt comes from the index.
DETAILED = ("anlaufstellepage", "eventpage", "newspage", "methodpage", "partnerpage")
LONG_FIELDS = ("body", "accessibility")


@dataclass(frozen=True)
class Result:
    """One hit. `detail` is the page as its own type where that has more to show, else None."""

    page: Page
    kind: Kind
    url: str
    title: SafeString
    excerpt: SafeString
    traeger: str
    internal: bool
    detail: Page | None


def with_details(pages):
    """Add to a queryset of pages what `results_of` shows of them."""
    long_fields = [
        f"{name}__{field.name}"
        for name in DETAILED
        for field in Page._meta.get_field(name).related_model._meta.local_fields
        if field.name in LONG_FIELDS
    ]
    return pages.select_related(*DETAILED, "eventpage__anlaufstelle").defer(
        *long_fields, *(f"eventpage__anlaufstelle__{name}" for name in LONG_FIELDS)
    )


def _detail(page):
    return next((getattr(page, name) for name in DETAILED if hasattr(page, name)), None)


def traeger_by_path() -> dict[str, Traeger]:
    """Return all Träger by the tree path of their folder."""
    return {each.folder.path: each for each in Traeger.objects.select_related("folder").order_by()}


def results_of(pages: list[Page], words, request, traeger: dict[str, Traeger]) -> list[Result]:
    """Make the results of `pages` (from `with_details`) found by `words`, with addresses for `request`."""
    details = {page.pk: _detail(page) for page in pages}
    prefetch_related_objects([page.eventpage for page in pages if hasattr(page, "eventpage")], "exclusions")
    texts, kinds = excerpts(pages, words), kinds_by_content_type()
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
                detail=details[page.pk],
            )
        )
    return results
