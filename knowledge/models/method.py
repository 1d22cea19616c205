"""Methods: described ways of working."""

from datetime import timedelta

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from home.models.base import PortalPage
from home.shown import SearchKind
from knowledge.models.base import KnowledgeListPage, KnowledgePage
from knowledge.panels import AudiencePanel


class MethodIndexPage(KnowledgeListPage):
    """The list of methods."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.MethodPage"]
    entry_type = "knowledge.MethodPage"
    filters = ("topic", "target_group", "sozialraum", "form_of_support")
    page_description = _("The list of methods, with filters.")

    class Meta:
        verbose_name = _("list of methods")
        verbose_name_plural = _("lists of methods")


# What a method says in the words of its language, so that all methods have one shape.
_SAID = (
    *("duration", "group_size", "materials", "purpose", "when_to_use", "when_not_to_use", "preparation"),
    *("steps", "variations", "risks", "sources"),
)


def _few_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class MethodPage(KnowledgePage):
    """A described way of working."""

    forms_of_support = ParentalManyToManyField(
        "home.FormOfSupport", verbose_name=_("forms of support"), blank=True, related_name="methods"
    )
    duration = models.CharField(
        _("duration"), max_length=100, blank=True, help_text=_("For example: 2 to 10 minutes.")
    )
    group_size = models.CharField(
        _("group size"), max_length=100, blank=True, help_text=_("For example: 6 to 12 people, two who lead.")
    )
    materials = models.TextField(_("materials"), blank=True, help_text=_("One thing per line."))
    purpose = models.TextField(_("purpose"), blank=True, help_text=_("What is better afterwards?"))
    when_to_use = models.TextField(_("when to use it"), blank=True)
    when_not_to_use = models.TextField(_("when not to use it"), blank=True)
    preparation = models.TextField(_("preparation"), blank=True)
    steps = StreamField(
        [
            (
                "step",
                blocks.StructBlock(
                    [
                        ("title", blocks.CharBlock(label=_("title"), max_length=120)),
                        ("text", blocks.TextBlock(label=_("text"), required=False, rows=3)),
                    ],
                    label=_("step"),
                ),
            )
        ],
        verbose_name=_("step by step"),
        blank=True,
    )
    variations = models.TextField(_("variations"), blank=True)
    risks = models.TextField(
        _("risks and limits"), blank=True, help_text=_("Also: when to stop, and whom to call then.")
    )
    sources = models.TextField(
        _("sources"), blank=True, help_text=_("Where it comes from, one source per line.")
    )
    goes_with = StreamField(
        [
            (
                "entry",
                blocks.PageChooserBlock(
                    label=_("entry"), page_type=["knowledge.MethodPage", "knowledge.PartnerPage"]
                ),
            )
        ],
        verbose_name=_("goes with"),
        blank=True,
        help_text=_("Below these, the page shows by itself what has the same topics."),
    )

    content_panels = [
        AudiencePanel(),
        *PortalPage.content_panels,
        KnowledgePage.tagging_panel,
        FieldPanel("forms_of_support", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [
                FieldPanel("duration"),
                FieldPanel("group_size"),
                FieldPanel("materials", widget=_few_lines()),
            ],
            heading=_("At a glance"),
        ),
        FieldPanel("purpose", widget=_few_lines()),
        FieldPanel("when_to_use", widget=_few_lines()),
        FieldPanel("when_not_to_use", widget=_few_lines()),
        FieldPanel("preparation", widget=_few_lines()),
        FieldPanel("steps"),
        FieldPanel("variations", widget=_few_lines()),
        FieldPanel("risks", widget=_few_lines()),
        FieldPanel("sources", widget=_few_lines()),
        FieldPanel("body", heading=_("further content")),
        InlinePanel("attachments", label=_("attachment"), heading=_("Attachments")),
        FieldPanel("goes_with"),
    ]
    search_fields = [*KnowledgePage.search_fields, *(index.SearchField(name) for name in _SAID)]
    # In this order, before and after the steps, each under its own name.
    sections_before_steps = ("purpose", "when_to_use", "when_not_to_use", "preparation")
    sections_after_steps = ("variations", "risks", "sources")
    fact_fields = ("duration", "group_size", "materials")
    compared_fields = (
        *("title", "summary", "topics", "target_groups", "sozialraeume", "forms_of_support", *fact_fields),
        *(*sections_before_steps, "steps", *sections_after_steps, "body"),
    )
    detail_fields = (*PortalPage.detail_fields, "attachments__document")
    parent_page_types = ["knowledge.MethodIndexPage"]
    subpage_types = []
    card_fields = ("topics",)
    verified_for = timedelta(days=365)
    shared_fields = (*KnowledgePage.shared_fields, "forms_of_support")
    # A form or checklist may exist in one language only.
    own_fields = (*KnowledgePage.own_fields, *_SAID, "attachments", "goes_with")
    search_kind = SearchKind("method", _("Method"), _("Methods"), position=5)
    page_description = _("A way of working that others can use too.")

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")

    def chosen(self) -> list[int]:
        return [each["value"] for each in self.goes_with.raw_data if each["value"]]

    def _sections(self, names) -> list[tuple[str, str, str]]:
        said = ((name, self._meta.get_field(name).verbose_name, getattr(self, name)) for name in names)
        return [(name.replace("_", "-"), capfirst(label), text) for name, label, text in said if text]

    @property
    def before_steps(self) -> list[tuple[str, str, str]]:
        """(anchor, heading, text) of the sections that are filled in and come before the steps."""
        return self._sections(self.sections_before_steps)

    @property
    def after_steps(self) -> list[tuple[str, str, str]]:
        """The same of those that come after them."""
        return self._sections(self.sections_after_steps)

    def headings_of_fields(self) -> list[tuple[str, str]]:
        steps = [("steps", capfirst(self._meta.get_field("steps").verbose_name), "")] if self.steps else []
        return [(anchor, label) for anchor, label, _text in (*self.before_steps, *steps, *self.after_steps)]

    @property
    def visible_attachments(self) -> list["MethodAttachment"]:
        """The attachments whose document is not hidden from the reader."""
        return [each for each in self.attachments.all() if hasattr(each, "document")]


class MethodAttachment(Orderable):
    """A file that belongs to a method: a form, a checklist."""

    page = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "thinka_sites.PortalDocument", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )
    description = models.CharField(_("description"), max_length=200, blank=True)

    panels = [FieldPanel("document"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.document.title
