"""A neighbourhood office and its opening hours."""

from django import forms
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageManager, Site
from wagtail.search import index

from home import facts
from home.blocks.stream import BodyBlock
from home.forms import AnlaufstellePageForm
from home.models.base import PortalPage
from home.models.listing import ListingPage
from home.opening_hours import ExceptionPeriod, Interval, OpeningHours
from home.panels import ClosuresPanel, FactRowsPanel
from home.shown import SearchKind
from sites.access.readers import ReadablePageQuerySet
from sites.fields.dates import PortalDateField
from sites.fields.phone import PhoneField

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class AnlaufstelleQuerySet(ReadablePageQuerySet):
    """Questions about the offices of all Träger."""

    def with_organisation(self) -> "AnlaufstelleQuerySet":
        """Bring along whose each office is, as `organisation`."""
        folder = 2 * Page.steplen
        # What another site shows around its pages is hidden here; its name is not.
        sites = Site.objects.filter(root_page__path__startswith=Left(OuterRef("path"), folder))
        return self.annotate(organisation=Subquery(sites.values("site_name")[:1]))

    def in_language(self, locale: Locale) -> "AnlaufstelleQuerySet":
        """Narrow to one version of each office: in the language `locale`, else in German."""
        translated = self.filter(locale=locale)
        german_only = Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(
            translated.filter(translation_key=OuterRef("translation_key"))
        )
        return self.filter(Q(locale=locale) | german_only)


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


class AnlaufstellePage(PortalPage):
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
    languages_spoken = models.CharField(
        _("languages spoken"),
        max_length=200,
        blank=True,
        help_text=_("Separated by commas: Deutsch, Englisch."),
    )
    closed_on_public_holidays = models.BooleanField(_("closed on public holidays in Thuringia"), default=True)
    hours_note = models.CharField(_("note on the opening hours"), max_length=200, blank=True)
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

    base_form_class = AnlaufstellePageForm
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
        MultiFieldPanel(
            [FieldPanel("phone"), FieldPanel("email"), FieldPanel("languages_spoken")], heading=_("Contact")
        ),
        MultiFieldPanel(
            [
                FactRowsPanel("intervals", label=_("opening time"), heading=_("Every week")),
                FactRowsPanel("exceptions", label=_("exception"), heading=_("Exceptions")),
                ClosuresPanel(),
                FieldPanel("closed_on_public_holidays"),
                FieldPanel("hours_note"),
            ],
            heading=_("Opening hours"),
        ),
        FieldPanel("accessibility"),
        FieldPanel("body"),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("street"),
        index.SearchField("languages_spoken"),
        index.SearchField("body"),
        index.RelatedFields("sozialraum", [index.SearchField("name")]),
    ]
    parent_page_types = ["home.AnlaufstelleIndexPage", "home.HomePage"]
    subpage_types = []
    card_fields = (
        *("street", "postcode", "city", "phone", "languages_spoken"),
        *("intervals", "exceptions", "closed_on_public_holidays"),
    )
    result_fields = ("street", "postcode", "city")
    detail_fields = (*PortalPage.detail_fields, "sozialraum")
    shared_fields = (
        *PortalPage.shared_fields,
        *("sozialraum", "street", "postcode", "city", "since", "phone", "email"),
        *("intervals", "exceptions", "closed_on_public_holidays"),
    )
    shared_texts = ("languages_spoken",)
    own_fields = (*PortalPage.own_fields, "directions", "hours_note", "accessibility", "body")
    default_drawings = ("haeuser", "haustuer")
    search_kind = SearchKind("office", _("Office"), _("Offices"), position=2)
    page_description = _("An office with address, opening hours and contact.")

    class Meta:
        verbose_name = _("office (Anlaufstelle)")
        verbose_name_plural = _("offices (Anlaufstellen)")

    def settle(self) -> None:
        super().settle()
        self.__dict__.pop("opening_hours", None)
        if self.pk and facts.is_source(self):
            # What holds at once is in no draft: publishing one neither brings it back nor takes it away.
            at_once = OpeningException.objects.filter(page=self.pk, at_once=True)
            self.exceptions = [*(row for row in self.exceptions.all() if not row.at_once), *at_once]

    @cached_property
    def opening_hours(self) -> OpeningHours:
        """The hours as a value that can answer questions about any moment."""
        return OpeningHours(
            [row.as_interval() for row in self.intervals.all()],
            [row.as_period() for row in self.exceptions.all()],
            closed_on_public_holidays=self.closed_on_public_holidays,
        )

    @property
    def status(self):
        """Whether the office is open now; see `home.opening_hours.Status`."""
        return self.opening_hours.status(timezone.now())

    @property
    def address(self) -> str:
        """Street and town in one line."""
        return (
            f"{self.street}, {self.postcode} {self.city}" if self.postcode else f"{self.street}, {self.city}"
        )

    @property
    def languages_list(self) -> list[str]:
        return [name.strip() for name in self.languages_spoken.split(",") if name.strip()]


class OpeningInterval(models.Model):
    """From when until when an office is open on one weekday."""

    page = ParentalKey(AnlaufstellePage, on_delete=models.CASCADE, related_name="intervals")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    by_appointment = models.BooleanField(_("only by appointment"), default=False)
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        ordering = ["weekday", "opens"]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def as_interval(self) -> Interval:
        return Interval(self.weekday, self.opens, self.closes, self.note, self.by_appointment)


class OpeningException(models.Model):
    """Days on which other hours hold, or on which the office is closed."""

    page = ParentalKey(AnlaufstellePage, on_delete=models.CASCADE, related_name="exceptions")
    first = PortalDateField(_("first day"))
    last = PortalDateField(_("last day"))
    closed = models.BooleanField(_("closed"), default=True)
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=100, blank=True, help_text=_("For example: team day."))
    # Closures that are published directly, see `home.closures`.
    at_once = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        ordering = ["first"]

    def __str__(self):
        return f"{self.first} – {self.last}"

    def as_period(self) -> ExceptionPeriod:
        return ExceptionPeriod(self.first, self.last, self.closed, self.opens, self.closes, self.reason)
