"""Pages that list their children: filters, paging, feeds."""

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.filters import apply_filters, ways_out
from home.models.base import PortalPage
from home.shown import with_shown
from sites.fields.collation import german


class ListingPage(PortalPage):
    """Lists its readable children of one type. Subclasses say which, in which order, with which filters."""

    entry_type: str
    # Names of fields or expressions for order_by().
    entry_order: tuple = (german("title"),)
    filters: tuple[str, ...] = ()
    per_page = 10
    # How the start page looks that has such a list right below it, where it is a start page of its own kind;
    # `start_sections(start page, request)` then gives what the template needs.
    start_template = ""

    body = StreamField(BodyBlock(), verbose_name=_("content below the list"), blank=True)

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]
    own_fields = (*PortalPage.own_fields, "body")

    class Meta:
        abstract = True

    @property
    def entry_model(self) -> type[Page]:
        return apps.get_model(self.entry_type)

    def readable_entries(self, request):
        """Return the queryset of the pages that the list is of, as far as `request` may see them."""
        return self.entry_model.objects.child_of(self).live().readable_by(request.user)

    def entries(self, request):
        """Return the queryset of what the list shows to `request`, in order, before any filter."""
        pages = self.readable_entries(request).order_by(*self.entry_order)
        pages = pages.select_related("picture").prefetch_related("picture__renditions")
        return with_shown(pages, self.entry_model.card_fields)

    def sort(self, pages):
        """Put the filtered entries in order where the database can't; gets and gives a sequence."""
        return pages

    def get_context(self, request, *args, **kwargs):
        """Add `entries` (a paginator page), `filters` (list of FilterState), `entry_count`, `ways_out`."""
        context = super().get_context(request, *args, **kwargs)
        entries = self.entries(request)
        narrowed, states = apply_filters(entries, self.filters, request.GET)
        page = Paginator(self.sort(narrowed), self.per_page).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        context |= {
            "entries": page,
            "entry_count": page.paginator.count,
            "filters": states,
            "active_filters": [option for state in states for option in state.checked],
            "ways_out": None if page.paginator.count else ways_out(entries, states),
            "page_query": query.urlencode(),
        }
        return context


class FeedMixin(RoutablePageMixin):
    """Adds an RSS feed of the newest entries to a listing page."""

    feed_length = 20

    @path("feed/")
    def feed(self, request):
        """The entries as RSS 2.0, under the same policies as the list itself."""
        from home.feeds import listing_feed

        entries = list(self.sort(self.entries(request)))[: self.feed_length]
        content = listing_feed(self, entries, request)
        return HttpResponse(content, content_type="application/rss+xml; charset=utf-8")
