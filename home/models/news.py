"""News."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.models.base import PortalPage
from home.models.listing import FeedMixin, ListingPage
from home.shown import SearchKind
from sites.fields.collation import german
from sites.fields.dates import PortalDateField


class NewsIndexPage(FeedMixin, ListingPage):
    """The list of news, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    entry_type = "home.NewsPage"
    entry_order = ("-date", german("title"))
    filters = ("year",)
    page_description = _("The list of your news, newest first.")

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(PortalPage):
    """One piece of news."""

    date = PortalDateField(_("date"), default=timezone.localdate, db_index=True)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*PortalPage.content_panels, FieldPanel("date"), FieldPanel("body")]
    search_fields = [*PortalPage.search_fields, index.SearchField("body"), index.FilterField("date")]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types = []
    card_fields = result_fields = ("date",)
    shared_fields = (*PortalPage.shared_fields, "date")
    own_fields = (*PortalPage.own_fields, "body")
    search_kind = SearchKind("news", _("News item"), _("News items"), position=4)
    page_description = _("Something new from the neighbourhood.")
    default_drawings = ("haustuer", "strassenbahn", "kaffeetisch", "nachbarschaftsgarten")

    class Meta:
        verbose_name = pgettext_lazy("singular", "news")
        verbose_name_plural = _("news")
