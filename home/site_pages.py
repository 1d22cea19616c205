"""The pages that every view of a site needs: its start pages and what is right below them.

Read with one query per request and kept on the request object.
"""

from wagtail.models import Page, Site

from sites.access.readers import may_read, with_readers


def _upper_pages(request) -> list[Page]:
    """Return the published pages of the site's two upper levels, in all languages, whoever may read them."""
    if not hasattr(request, "portal_upper_pages"):
        site = Site.find_for_request(request)
        found = Page.objects.none()
        if site:
            root = site.root_page
            levels = Page.objects.live().filter(depth__in=(root.depth, root.depth + 1))
            found = levels.filter(path__startswith=root.path[: -root.steplen]).select_related("locale")
        request.portal_upper_pages = list(with_readers(found).order_by("path"))
    return request.portal_upper_pages


def start_pages(request) -> list[Page]:
    """Return the published start pages of the site that was asked for, one per language."""
    pages = _upper_pages(request)
    # Without any page there is no site either.
    key = pages and Site.find_for_request(request).root_page.translation_key
    return [page for page in pages if page.translation_key == key]


def top_pages(home, request) -> list[Page]:
    """Return the published pages right below the start page `home` that the reader may see, in order."""
    return [
        page
        for page in _upper_pages(request)
        if page.depth == home.depth + 1 and page.path.startswith(home.path) and may_read(page, request.user)
    ]


def top_translations(page, request) -> list[Page]:
    """Return the published translations that the reader may see, with itself, of a page from `top_pages`."""
    return [
        other
        for other in _upper_pages(request)
        if other.translation_key == page.translation_key and may_read(other, request.user)
    ]
