"""The start page of a site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.models.base import PortalPage
from home.panels import NoClientDataPanel
from sites.access.testers import FixedPagePermissionTester


class HomePage(PortalPage):
    """The start page of a site, in one language. Its parent is the Träger folder."""

    claim = models.CharField(
        _("headline"),
        max_length=100,
        blank=True,
        help_text=_("The large sentence at the top. Without one, the title."),
    )
    facts = StreamField(
        [("fact", blocks.CharBlock(label=_("sentence"), max_length=80))],
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
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("claim"), FieldPanel("facts"), FieldPanel("show_topics")], heading=_("At the top")
        ),
        *PortalPage.intro_panels,
        FieldPanel("body"),
    ]
    search_fields = [*PortalPage.search_fields, index.SearchField("claim"), index.SearchField("body")]
    parent_page_types = ["thinka_sites.TraegerFolder"]
    # Made with the Träger; further languages are made by translating it.
    max_count_per_parent = 5

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")

    def permissions_for_user(self, user):
        return FixedPagePermissionTester(user, self)

    def get_context(self, request, *args, **kwargs):
        from home.queries import home_sections

        return super().get_context(request, *args, **kwargs) | home_sections(self, request)
