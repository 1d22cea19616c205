"""What a Träger offers (Angebot)."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.models.base import PortalPage
from home.models.listing import ListingPage
from home.shown import SearchKind
from sites.fields.phone import PhoneField


class OfferIndexPage(ListingPage):
    """The list of a Träger's offers."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.OfferPage"]
    entry_type = "home.OfferPage"
    filters = ("topic", "target_group", "form_of_support")
    page_description = _("The list of your offers, with filters.")

    class Meta:
        verbose_name = _("list of offers")
        verbose_name_plural = _("lists of offers")


class OfferPage(PortalPage):
    """One offer (Angebot)."""

    topics = ParentalManyToManyField(
        "home.Topic", verbose_name=_("topics"), blank=True, related_name="offers"
    )
    target_groups = ParentalManyToManyField(
        "home.TargetGroup", verbose_name=_("target groups"), blank=True, related_name="offers"
    )
    forms_of_support = ParentalManyToManyField(
        "home.FormOfSupport", verbose_name=_("forms of support"), blank=True, related_name="offers"
    )
    anlaufstelle = models.ForeignKey(
        "home.AnlaufstellePage",
        verbose_name=_("office"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
    )
    place = models.CharField(
        _("other place"), max_length=200, blank=True, help_text=_("Where it is not in an office.")
    )
    when = models.CharField(
        _("when"), max_length=200, blank=True, help_text=_("For example: Thursdays 2 to 4 pm.")
    )
    cost = models.CharField(
        _("cost"), max_length=100, blank=True, help_text=_("For example: free of charge.")
    )
    bring = models.TextField(
        _("what to bring along"),
        blank=True,
        help_text=_("One thing per line, for example: the letter that it is about."),
    )
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    phone = PhoneField(_("telephone"))
    email = models.EmailField(_("e-mail address"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("target_groups", widget=forms.CheckboxSelectMultiple),
                FieldPanel("forms_of_support", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("What and for whom"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("anlaufstelle", widget=forms.Select),
                FieldPanel("place"),
                FieldPanel("when"),
                FieldPanel("cost"),
                FieldPanel("bring", widget=forms.Textarea(attrs={"rows": 3})),
            ],
            heading=_("Where and when"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("phone"), FieldPanel("email")], heading=_("Contact")
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("body"),
        index.SearchField("when"),
        index.SearchField("place"),
        index.SearchField("bring"),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.RelatedFields("target_groups", [index.SearchField("name")]),
    ]
    parent_page_types = ["home.OfferIndexPage"]
    subpage_types = []
    card_fields = ("when", "place", "anlaufstelle", "topics")
    detail_fields = (*PortalPage.detail_fields, "anlaufstelle")
    shared_fields = (
        *PortalPage.shared_fields,
        *("topics", "target_groups", "forms_of_support", "anlaufstelle", "phone", "email"),
    )
    shared_texts = ("place", "when", "cost", "contact_name")
    own_fields = (*PortalPage.own_fields, "bring", "body")
    default_drawings = ("gespraech", "briefe-sortieren", "beratung-am-laptop")
    search_kind = SearchKind("offer", _("Offer"), _("Offers"), position=1)
    page_description = _("Something that you offer regularly: counselling, a course, a meeting place.")

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
