"""The blocks that a page is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.media import DownloadBlock, GalleryBlock, MediaBlock, PictureBlock
from home.blocks.pages import EventsBlock, OpeningHoursBlock, PartnersBlock, TeaserBlock
from home.blocks.people import ContactBlock
from home.blocks.searchable import joined
from home.blocks.text import AccordionBlock, CalloutBlock, HeadingBlock, TableBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """The content of a page, in the groups in which the editor offers it."""

    heading = HeadingBlock(group=_("Text"))
    text = TextBlock(group=_("Text"))
    callout = CalloutBlock(group=_("Text"))
    accordion = AccordionBlock(group=_("Text"))
    table = TableBlock(group=_("Text"))
    picture = PictureBlock(group=_("Pictures and files"))
    gallery = GalleryBlock(group=_("Pictures and files"))
    media = MediaBlock(group=_("Pictures and files"))
    download = DownloadBlock(group=_("Pictures and files"))
    contact = ContactBlock(group=_("From the portal"))
    teaser = TeaserBlock(group=_("From the portal"))
    opening_hours = OpeningHoursBlock(group=_("From the portal"))
    events = EventsBlock(group=_("From the portal"))
    partners = PartnersBlock(group=_("From the portal"))

    def get_searchable_content(self, value):
        return joined(super().get_searchable_content(value))

    class Meta:
        required = False
