"""What all Träger share: methods and partners."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.models.base import PortalPage
from home.models.listing import ListingPage
from home.shown import SearchKind
from sites.fields.phone import PhoneField
from sites.models import Traeger


class KnowledgePage(PortalPage):
    """What methods and partners have in common."""

    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)
    topics = ParentalManyToManyField(
        "home.Topic", verbose_name=_("topics"), blank=True, related_name="%(class)ss"
    )
    target_groups = ParentalManyToManyField(
        "home.TargetGroup", verbose_name=_("target groups"), blank=True, related_name="%(class)ss"
    )
    sozialraeume = ParentalManyToManyField(
        "home.Sozialraum",
        verbose_name=_("Sozialräume"),
        blank=True,
        related_name="%(class)ss",
        help_text=_("None chosen: everywhere."),
    )

    default_drawings = ("gespraech", "haustuer", "beratung-am-laptop")
    tagging_panel = MultiFieldPanel(
        [
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple),
            FieldPanel("sozialraeume", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("What and for whom"),
    )
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.RelatedFields("target_groups", [index.SearchField("name")]),
        index.RelatedFields("sozialraeume", [index.SearchField("name")]),
    ]

    shared_fields = (*PortalPage.shared_fields, "topics", "target_groups", "sozialraeume")
    own_fields = (*PortalPage.own_fields, "body")

    class Meta:
        abstract = True


class KnowledgeListPage(ListingPage):
    """A list that only the knowledge base has."""

    class Meta:
        abstract = True

    @classmethod
    def can_create_at(cls, parent):
        traeger = Traeger.objects.for_page(parent)
        return bool(traeger) and traeger.kind == Traeger.Kind.KNOWLEDGE and super().can_create_at(parent)


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


class MethodPage(KnowledgePage):
    """A described way of working."""

    forms_of_support = ParentalManyToManyField(
        "home.FormOfSupport", verbose_name=_("forms of support"), blank=True, related_name="methods"
    )

    content_panels = [
        *PortalPage.content_panels,
        KnowledgePage.tagging_panel,
        FieldPanel("forms_of_support", widget=forms.CheckboxSelectMultiple),
        FieldPanel("body"),
        InlinePanel("attachments", label=_("attachment"), heading=_("Attachments")),
    ]
    detail_fields = (*PortalPage.detail_fields, "attachments__document")
    parent_page_types = ["knowledge.MethodIndexPage"]
    subpage_types = []
    card_fields = ("reviewed_on", "topics")
    result_fields = ("reviewed_on",)
    shared_fields = (*KnowledgePage.shared_fields, "forms_of_support")
    # A form or checklist may exist in one language only.
    own_fields = (*KnowledgePage.own_fields, "attachments")
    search_kind = SearchKind("method", _("Method"), _("Methods"), position=5)
    page_description = _("A way of working that others can use too.")

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")

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

    def __str__(self):
        return self.document.title


class PartnerIndexPage(KnowledgeListPage):
    """The list of partners."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.PartnerPage"]
    entry_type = "knowledge.PartnerPage"
    filters = ("topic", "target_group", "sozialraum", "kind")
    page_description = _("The list of partners, with filters.")

    class Meta:
        verbose_name = _("list of partners")
        verbose_name_plural = _("lists of partners")


class PartnerPage(KnowledgePage):
    """An organisation that clients are referred to."""

    kind = models.CharField(
        _("kind"), max_length=80, blank=True, help_text=_("For example: housing company.")
    )
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = PhoneField(_("telephone"))
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    languages_spoken = models.CharField(_("languages spoken"), max_length=200, blank=True)
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)

    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("short_name")], heading=_("Organisation")),
        KnowledgePage.tagging_panel,
        MultiFieldPanel(
            [
                FieldPanel("address", widget=forms.Textarea(attrs={"rows": 3})),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("website"),
                FieldPanel("languages_spoken"),
                FieldPanel("hours"),
            ],
            heading=_("Contact"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("kind"),
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
    ]
    parent_page_types = ["knowledge.PartnerIndexPage"]
    subpage_types = []
    card_fields = ("kind", "hours", "phone", "languages_spoken", "topics")
    result_fields = ("reviewed_on",)
    shared_fields = (*KnowledgePage.shared_fields, "short_name", "address", "phone", "email", "website")
    shared_texts = ("kind", "languages_spoken", "hours")
    search_kind = SearchKind("partner", _("Partner"), _("Partners"), position=6)
    page_description = _("An organisation that can help further.")

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
