"""The pages that every view of a site needs: its start pages, and what is right below one of them.

Read once per request: kept on the request object.
"""

from wagtail.models import Page, Site

from sites.access import readable_by


def start_pages(request) -> list:
    """Return the published start pages (HomePage) of the site that was asked for, one per language."""
    if not hasattr(request, "portal_start_pages"):
        from home.models import HomePage

        site = Site.find_for_request(request)
        found = HomePage.objects.none()
        if site:
            found = HomePage.objects.live().filter(translation_key=site.root_page.translation_key)
        request.portal_start_pages = list(found.select_related("locale", "picture", "social_image"))
    return request.portal_start_pages


def top_pages(home, request) -> list[Page]:
    """Return the published pages right below the start page `home` that the reader may see, in order."""
    kept = request.__dict__.setdefault("portal_top_pages", {})
    if home.pk not in kept:
        kept[home.pk] = list(readable_by(home.get_children().live(), request.user))
    return kept[home.pk]
