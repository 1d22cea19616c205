"""Finds the page of an address: exactly Wagtail's rules, with three differences.

It asks the database once for the whole address instead of twice for each of its parts. A language without a
start page on the site does not exist there, where Wagtail would show the German page as if it were in that
language. And a page that the reader may not read does not exist either; `sites.rls.middleware` knows when a
login would help.
"""

from django.http import Http404
from django.utils.translation import get_language
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from home.shown import with_shown
from home.site_pages import start_pages, top_pages
from sites.access.readers import may_read, with_readers


def serve_page(request, path: str):
    """The view of all pages: Wagtail's, with the page found beforehand."""
    # Wagtail looks here before it searches by itself; redirects and others that ask again find it too.
    request._wagtail_route_for_request = route(request, path)
    return serve(request, path)


def route(request, path: str) -> RouteResult:
    """Return the page for `path` (without the language) and what is left for it. Raise Http404 without one.

    Sets `request.page_trail`: the pages from the start page to the one above the page.
    """
    home = next((page for page in start_pages(request) if page.locale.language_code == get_language()), None)
    if home is None:
        raise Http404
    chain, rest = _deepest(home, request, [part for part in path.split("/") if part])
    if not may_read(chain[-1], request.user):
        raise Http404
    page = _complete(chain[-1])
    if len(chain) > 1:
        page._cached_parent_obj = chain[-2]
    request.page_trail = page.trail = chain[:-1]
    page.readers, page.is_known_as_readable = chain[-1].readers, True
    return page.route(request, rest)


def _deepest(home, request, slugs: list[str]) -> tuple[list[Page], list[str]]:
    """Return the pages from `home` as far as `slugs` lead, and the slugs that name no page."""
    if not slugs:
        return [home], []
    candidates = []
    if len(slugs) == 1:
        # Most likely a page of the menu, which is needed anyway.
        candidates = [page for page in top_pages(home, request) if page.slug == slugs[0]]
    if not candidates:
        below = (home.depth + 1, home.depth + len(slugs))
        candidates = with_readers(
            Page.objects.filter(path__startswith=home.path, depth__range=below, slug__in=slugs)
        )
    known = {(page.path[: -page.steplen], page.slug): page for page in candidates}
    chain, rest = [home], list(slugs)
    while rest and (child := known.get((chain[-1].path, rest[0]))):
        chain.append(child)
        rest.pop(0)
    return chain, rest


def _complete(page: Page):
    """Return `page` as its own type, with the pictures, places and terms that it shows."""
    model = page.specific_class
    terms = [field.name for field in model._meta.many_to_many if isinstance(field, ParentalManyToManyField)]
    pages = model._default_manager.select_related("locale").prefetch_related(*terms)
    return with_shown(pages, model.detail_fields).get(pk=page.pk)
