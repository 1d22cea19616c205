"""The people of an office, as cards."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks.people import PersonBlock
from home.blocks.stream import BodyBlock
from home.models.base import PortalPage


class TeamPage(PortalPage):
    """Who works here."""

    people = StreamField([("person", PersonBlock())], verbose_name=_("people"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*PortalPage.content_panels, FieldPanel("people"), FieldPanel("body")]
    search_fields = [*PortalPage.search_fields, index.SearchField("people"), index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = []
    own_fields = (*PortalPage.own_fields, "people", "body")
    page_description = _("Cards of the people who work here.")

    class Meta:
        verbose_name = _("team page")
        verbose_name_plural = _("team pages")
