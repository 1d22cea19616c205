"""Pages of free text."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import BaseViewRestriction
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.models.base import PortalPage


class ContentPage(PortalPage):
    """A page made of blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    own_fields = (*PortalPage.own_fields, "body")
    page_description = _("Text, pictures, tables and more, for example “About us”.")

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")


class InternalPage(PortalPage):
    """A page for one's own Träger only; so is everything below it. See `home.receivers`."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.InternalPage"]
    subpage_types = ["home.InternalPage"]
    own_fields = (*PortalPage.own_fields, "body")
    page_description = _("Only people of your own Träger can read it.")

    class Meta:
        verbose_name = _("internal page")
        verbose_name_plural = _("internal pages")

    def get_default_privacy_setting(self, request):
        """Let the form for a new page say that it will be private; `home.receivers` makes it so."""
        return {"type": BaseViewRestriction.NONE if self.pk else BaseViewRestriction.GROUPS}
