"""A search as an RSS feed: its newest hits, of what whoever asks may read."""

from html import unescape

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.feeds import Item, rss
from search.asking import Asking
from search.results import Result, results_of


def _item(result: Result, request) -> Item:
    published = None
    if result.file:
        published = result.file.document.created_at
    elif result.page:
        published = result.page.first_published_at
    title, excerpt = (unescape(strip_tags(html)) for html in (result.title, result.excerpt))
    return Item(title, request.build_absolute_uri(result.url), excerpt, published)


@require_safe
def feed(request):
    """The RSS document of the search page with the same parameters, the newest hits first."""
    asking = Asking.of(request)
    if not asking.question.words:
        raise Http404
    results = results_of(asking.newest(), request, asking.traeger)
    document = rss(
        request,
        title=_("Search: %(text)s") % {"text": f"{asking.title} – {asking.site.site_name}"},
        link=request.build_absolute_uri(f"{reverse('search')}?{asking.question.query()}"),
        description=_("New hits of this search"),
        language=asking.language,
        items=(_item(result, request) for result in results),
    )
    return HttpResponse(document, content_type="application/rss+xml; charset=utf-8")
