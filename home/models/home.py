"""The start page of a site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.blocks.text import LineBlock
from home.models.anlaufstelle import AnlaufstellePage
from home.models.base import PortalPage
from home.models.event import EventPage
from home.models.news import NewsPage
from home.models.vocabulary import Topic
from home.panels import FactsPanel, NoClientDataPanel
from home.site_pages import top_pages
from sites.access.testers import FixedPagePermissionTester
from sites.fields.collation import german


class HomePage(PortalPage):
    """The start page of a site, in one language. Its parent is the Träger folder."""

    claim = models.CharField(
        _("headline"),
        max_length=100,
        blank=True,
        help_text=_("The large sentence at the top. Without one, the title."),
    )
    facts = StreamField(
        [("fact", LineBlock(label=_("sentence"), max_length=80))],
        verbose_name=_("in short"),
        blank=True,
        max_num=4,
        help_text=_("Up to four short sentences with a tick, for example “Counselling is free”."),
    )
    show_topics = models.BooleanField(
        _("show topics"), default=True, help_text=_("Tiles that lead to the offers.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [
        NoClientDataPanel(),
        FactsPanel(),
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("claim"), FieldPanel("facts"), FieldPanel("show_topics")], heading=_("At the top")
        ),
        *PortalPage.intro_panels,
        FieldPanel("body"),
    ]
    search_fields = [*PortalPage.search_fields, index.SearchField("claim"), index.SearchField("body")]
    shared_fields = (*PortalPage.shared_fields, "show_topics")
    own_fields = (*PortalPage.own_fields, "claim", "facts", "body")
    parent_page_types = ["thinka_sites.TraegerFolder"]
    default_drawings = ("haeuser",)
    # Made with the Träger; further languages are made by translating it.
    max_count_per_parent = 5

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")

    def permissions_for_user(self, user):
        return FixedPagePermissionTester(user, self)

    def _led_by(self, request) -> type[Page] | None:
        """The type of a list right below that says how the start page above it looks; None: like this one."""
        types = (page.specific_class for page in top_pages(self, request))
        return next((each for each in types if getattr(each, "start_template", "")), None)

    def get_template(self, request, *args, **kwargs):
        led_by = self._led_by(request)
        return led_by.start_template if led_by else super().get_template(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        led_by = self._led_by(request)
        sections = led_by.start_sections(self, request) if led_by else self._sections(request)
        return super().get_context(request, *args, **kwargs) | sections

    def _sections(self, request) -> dict:
        """Return what the page shows of others: offices, topics, events, news, the pages with the lists."""
        offices = AnlaufstellePage.objects.live().descendant_of(self).readable_by(request.user)
        news = NewsPage.objects.live().descendant_of(self).readable_by(request.user)
        topics = Topic.objects.none()
        if self.show_topics:
            topics = Topic.objects.filter(offers__path__startswith=self.path, offers__live=True).distinct()
        return {
            "offices": offices.order_by(german("title")).prefetch_related("intervals", "exceptions"),
            "topics": topics,
            "next_events": EventPage.objects.next_below(self, request.user, 3),
            "latest_news": news.select_related("picture")
            .prefetch_related("picture__renditions")
            .order_by("-date")[:3],
            # Templates link to the lists right below the start page by their model's name.
            "lists": {page.cached_content_type.model: page for page in top_pages(self, request)},
        }
