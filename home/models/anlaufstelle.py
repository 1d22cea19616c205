"""A neighbourhood office and its opening hours."""

from datetime import timedelta

from django import forms
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, Site
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.forms import OpeningHoursForm
from home.models.base import PortalPage
from home.models.languages import WithLanguages
from home.models.listing import ListingPage
from home.models.opening_hours import ExceptionRow, IntervalRow, WithOpeningHours
from home.shown import SearchKind
from sites.access.readers import ReadablePageQuerySet
from sites.fields.dates import PortalDateField
from sites.fields.phone import PhoneField


class AnlaufstelleQuerySet(ReadablePageQuerySet):
    """Questions about the offices of all Träger."""

    def with_organisation(self) -> "AnlaufstelleQuerySet":
        """Bring along whose each office is, as `organisation`."""
        folder = 2 * Page.steplen
        # What another site shows around its pages is hidden here; its name is not.
        sites = Site.objects.filter(root_page__path__startswith=Left(OuterRef("path"), folder))
        return self.annotate(organisation=Subquery(sites.values("site_name")[:1]))


class AnlaufstelleIndexPage(ListingPage):
    """The list of a Träger's offices, or of all."""

    of_all = models.BooleanField(
        _("offices of all Träger"),
        default=False,
        help_text=_(
            "Shows every office of the portal, with its state of today. For the coordination office."
        ),
    )

    content_panels = [*ListingPage.content_panels, FieldPanel("of_all")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.AnlaufstellePage"]
    entry_type = "home.AnlaufstellePage"
    shared_fields = (*ListingPage.shared_fields, "of_all")
    page_description = _("The list of your offices.")

    class Meta:
        verbose_name = _("list of offices")
        verbose_name_plural = _("lists of offices")

    def readable_entries(self, request):
        if not self.of_all:
            return super().readable_entries(request)
        offices = self.entry_model.objects.live().readable_by(request.user)
        return offices.in_language(self.locale).with_organisation()


class AnlaufstellePage(WithOpeningHours, WithLanguages, PortalPage):
    """A neighbourhood office (Anlaufstelle)."""

    sozialraum = models.ForeignKey(
        "home.Sozialraum",
        verbose_name=_("Sozialraum"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="anlaufstellen",
    )
    street = models.CharField(_("street and number"), max_length=120)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    city = models.CharField(_("city"), max_length=80, default="Erfurt")
    directions = models.TextField(
        _("how to find it"), blank=True, help_text=_("Tram stop, entrance, doorbell. One thing per line.")
    )
    since = PortalDateField(_("open since"), null=True, blank=True)
    phone = PhoneField(_("telephone"))
    email = models.EmailField(_("e-mail address"), blank=True)
    accessibility = StreamField(
        [
            (
                "feature",
                blocks.StructBlock(
                    [
                        ("text", blocks.CharBlock(label=_("text"), max_length=150)),
                        (
                            "available",
                            blocks.BooleanBlock(label=_("available"), required=False, default=True),
                        ),
                    ],
                    label=_("feature"),
                ),
            )
        ],
        verbose_name=_("accessibility of the building"),
        blank=True,
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    objects = PageManager.from_queryset(AnlaufstelleQuerySet)()

    # Opening hours are what most people ask for, and what is out of date first.
    verified_for = timedelta(days=182)
    base_form_class = OpeningHoursForm
    promote_panels = PortalPage.checked_promote_panels
    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("sozialraum", widget=forms.Select),
                FieldPanel("street"),
                FieldPanel("postcode"),
                FieldPanel("city"),
                FieldPanel("directions", widget=forms.Textarea(attrs={"rows": 3})),
                FieldPanel("since"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Contact")),
        WithLanguages.languages_panel,
        WithOpeningHours.hours_panel,
        FieldPanel("accessibility"),
        FieldPanel("body"),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("street"),
        *WithLanguages.languages_search_fields,
        index.SearchField("body"),
        index.RelatedFields("sozialraum", [index.SearchField("name")]),
    ]
    parent_page_types = ["home.AnlaufstelleIndexPage", "home.HomePage"]
    subpage_types = []
    card_fields = (
        *("street", "postcode", "city", "phone", "languages", "languages_note"),
        *WithOpeningHours.hours_fields,
    )
    result_fields = ("street", "postcode", "city", "verification")
    detail_fields = (*PortalPage.detail_fields, "sozialraum")
    shared_fields = (
        *PortalPage.shared_fields,
        *("sozialraum", "street", "postcode", "city", "since", "phone", "email", "languages"),
        *WithOpeningHours.hours_fields,
    )
    shared_texts = ("languages_note",)
    own_fields = (*PortalPage.own_fields, "directions", "hours_note", "accessibility", "body")
    default_drawings = ("haeuser", "haustuer")
    search_kind = SearchKind("office", _("Office"), _("Offices"), position=2)
    page_description = _("An office with address, opening hours and contact.")

    class Meta:
        verbose_name = _("office (Anlaufstelle)")
        verbose_name_plural = _("offices (Anlaufstellen)")

    @property
    def address(self) -> str:
        """Street and town in one line."""
        return (
            f"{self.street}, {self.postcode} {self.city}" if self.postcode else f"{self.street}, {self.city}"
        )


class OpeningInterval(IntervalRow):
    """From when until when an office is open on one weekday."""

    page = ParentalKey(AnlaufstellePage, on_delete=models.CASCADE, related_name="intervals")


class OpeningException(ExceptionRow):
    """Days on which other hours hold, or on which the office is closed."""

    page = ParentalKey(AnlaufstellePage, on_delete=models.CASCADE, related_name="exceptions")
