"""Blocks of text."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

# Headings come from their own block, so that the table of contents can find them.
INLINE_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class _WrittenAsStock:
    """A block that migrations write as the one of Wagtail on which it is built: they import none of ours."""

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        stock = next(each for each in type(self).__mro__ if each.__module__.startswith("wagtail."))
        return f"wagtail.blocks.{stock.__name__}", args, kwargs


class LineBlock(_WrittenAsStock, blocks.CharBlock):
    """A line as a block of its own, or in a table: Wagtail gives its field no label."""

    def set_name(self, name):
        super().set_name(name)
        self.field.widget.attrs["aria-label"] = self.label


class HeadingBlock(LineBlock):
    class Meta:
        label = _("Heading")
        icon = "title"
        template = "home/blocks/heading.html"
        help_text = _("From four headings on, the page gets a table of contents.")


class RichTextBlock(_WrittenAsStock, blocks.RichTextBlock):
    """Formatted text. Its editor says to screen readers what is written in it: Wagtail gives it no name."""

    @cached_property
    def field(self):
        field = super().field
        field.widget.options["ariaLabel"] = self.label
        return field


class TextBlock(RichTextBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("features", ["h3", *INLINE_FEATURES])
        super().__init__(**kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "home/blocks/text.html"


class AccordionBlock(blocks.StructBlock):
    """Questions and answers that open and close; works without JavaScript (details/summary)."""

    entries = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Title"), max_length=150)),
                ("text", RichTextBlock(label=_("Text"), features=INLINE_FEATURES)),
            ]
        ),
        label=_("Entries"),
        min_num=1,
    )

    class Meta:
        label = _("Accordion")
        icon = "list-ul"
        template = "home/blocks/accordion.html"


class CalloutBlock(blocks.StructBlock):
    """A box for what must not be missed."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Notice")), ("success", _("Good to know")), ("warning", _("Important"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=INLINE_FEATURES)

    class Meta:
        label = _("Call-out")
        icon = "warning"
        template = "home/blocks/callout.html"


class TableBlock(blocks.StructBlock):
    """A table with a caption, so that people who cannot see it know what it is about."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=150)
    table = TypedTableBlock(
        [
            ("text", LineBlock(label=_("Text"), required=False)),
            (
                "rich_text",
                RichTextBlock(label=_("Formatted text"), features=["bold", "italic", "link"]),
            ),
        ],
        label=_("Table"),
    )

    class Meta:
        label = _("Table")
        icon = "table"
        template = "home/blocks/table.html"
