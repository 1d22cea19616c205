"""Partners: organisations that clients are referred to."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from home.forms import OpeningHoursForm
from home.models.base import PortalPage
from home.models.languages import WithLanguages
from home.models.opening_hours import ExceptionRow, IntervalRow, WithOpeningHours
from home.panels import FactRowsPanel
from home.shown import SearchKind
from knowledge.models.base import KnowledgeListPage, KnowledgePage
from knowledge.models.notes import StaffNote
from knowledge.panels import AudiencePanel, StaffNotePanel
from sites.fields.languages import LanguagesField, language_names
from sites.fields.phone import PhoneField

# Rows that all languages share are filled in where pages are written first.
_GERMAN = {"locale__language_code": settings.LANGUAGE_CODE}


class PartnerIndexPage(KnowledgeListPage):
    """The list of partners."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.PartnerPage"]
    entry_type = "knowledge.PartnerPage"
    filters = ("topic", "target_group", "sozialraum", "language", "kind")
    # What somebody looks for who is with a client.
    start_position = 0
    page_description = _("The list of partners, with filters.")

    class Meta:
        verbose_name = _("list of partners")
        verbose_name_plural = _("lists of partners")


class PartnerPage(WithOpeningHours, WithLanguages, KnowledgePage):
    """An organisation that clients are referred to."""

    kind = models.CharField(
        _("kind"), max_length=80, blank=True, help_text=_("For example: housing company.")
    )
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = PhoneField(_("telephone"))
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    accessibility = models.CharField(
        _("accessibility"),
        max_length=200,
        blank=True,
        help_text=_("Steps, lift, toilet, bell. For example: no steps, the lift is on the left."),
    )
    how_to_refer = models.TextField(
        _("how to refer"),
        blank=True,
        help_text=_("What to do, one step per line. For example: call and say “ThINKA”."),
    )
    documents = models.TextField(
        _("documents to bring along"), blank=True, help_text=_("One thing per line.")
    )
    waiting_time = models.CharField(
        _("waiting time"), max_length=100, blank=True, help_text=_("For example: about two weeks.")
    )

    base_form_class = OpeningHoursForm
    content_panels = [
        AudiencePanel(),
        *PortalPage.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("short_name")], heading=_("Organisation")),
        KnowledgePage.tagging_panel,
        FactRowsPanel("services", label=_("service"), heading=_("What they do")),
        MultiFieldPanel(
            [
                FieldPanel("how_to_refer", widget=forms.Textarea(attrs={"rows": 3})),
                FieldPanel("documents", widget=forms.Textarea(attrs={"rows": 3})),
                FieldPanel("waiting_time"),
                StaffNotePanel(),
            ],
            heading=_("How to refer"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address", widget=forms.Textarea(attrs={"rows": 3})),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("website"),
                FieldPanel("accessibility"),
                FactRowsPanel("contacts", label=_("contact"), heading=_("Who is responsible for what")),
            ],
            heading=_("Contact"),
        ),
        WithLanguages.languages_panel,
        WithOpeningHours.hours_panel,
        FactRowsPanel("branches", label=_("branch"), heading=_("Branches")),
        FieldPanel("body"),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("kind"),
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
        *WithLanguages.languages_search_fields,
        index.SearchField("how_to_refer"),
        index.SearchField("documents"),
        index.SearchField("waiting_time"),
        index.SearchField("address"),
        index.SearchField("accessibility"),
        index.SearchField("searched_rows"),
    ]
    parent_page_types = ["knowledge.PartnerIndexPage"]
    subpage_types = []
    card_fields = (
        *("kind", "phone", "languages", "languages_note", "topics", "hours_note"),
        *WithOpeningHours.hours_fields,
    )
    detail_fields = (
        *KnowledgePage.detail_fields,
        *("services__target_group", "branches__sozialraum", "contacts"),
    )
    # Telephones and hours change more often than ways of working.
    verified_for = timedelta(days=182)
    fact_fields = ("waiting_time", "accessibility")
    compared_fields = (
        *("title", "short_name", "kind", "summary", "topics", "target_groups", "sozialraeume", "services"),
        *("how_to_refer", "documents", *fact_fields, "address", "phone", "email", "website"),
        *("languages", "languages_note", "intervals", "hours_note", "branches", "body"),
    )
    compared_labels = {
        "services": _("What they do"),
        "intervals": _("Opening hours"),
        "branches": _("Branches"),
    }
    shared_fields = (
        *KnowledgePage.shared_fields,
        *("short_name", "address", "phone", "email", "website", "languages"),
        *("services", "contacts", "branches"),
        *WithOpeningHours.hours_fields,
    )
    shared_texts = (
        *("kind", "languages_note", "hours_note", "how_to_refer", "documents", "waiting_time"),
        "accessibility",
    )
    search_kind = SearchKind("partner", _("Partner"), _("Partners"), position=6)
    page_description = _("An organisation that can help further.")

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def get_context(self, request, *args, **kwargs):
        """Add `staff_note`, where whoever asks is staff. A public partner has none for visitors."""
        note = StaffNote.objects.about(self).readable_by(request.user).first()
        return super().get_context(request, *args, **kwargs) | {"staff_note": note}

    @property
    def searched_rows(self) -> list[str]:
        """What the search finds of services, branches and contacts."""
        rows = (*self.services.all(), *self.branches.all(), *self.contacts.all())
        return [text for row in rows for text in row.searched() if text]


class PartnerInterval(IntervalRow):
    """From when until when a partner is open on one weekday."""

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="intervals")


class PartnerException(ExceptionRow):
    """Days on which other hours hold, or on which the partner is closed."""

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="exceptions")


class PartnerService(Orderable):
    """One thing that a partner does for people."""

    class Appointment(models.TextChoices):
        WITHOUT = "without", _("without appointment")
        WITH = "with", _("with appointment")
        BOTH = "both", _("with or without appointment")

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="services")
    title = models.CharField(
        _("what"), max_length=120, help_text=_("For example: advice on debts with the landlord.")
    )
    topic = models.ForeignKey(
        "home.Topic",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to=_GERMAN,
    )
    target_group = models.ForeignKey(
        "home.TargetGroup",
        verbose_name=_("target group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to=_GERMAN,
        help_text=_("None chosen: everybody. For several, add a service for each."),
    )
    languages = LanguagesField(_("languages"), help_text=_("None chosen: the languages of the partner."))
    free = models.BooleanField(_("free of charge"), default=False)
    cost = models.CharField(
        _("cost"), max_length=100, blank=True, help_text=_("For example: 5 euros, with Sozialpass 2 euros.")
    )
    appointment = models.CharField(_("appointment"), max_length=10, choices=Appointment.choices, blank=True)
    home_visits = models.BooleanField(_("home visits"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("target_group")]),
        FieldRowPanel([FieldPanel("free"), FieldPanel("cost")]),
        FieldRowPanel([FieldPanel("appointment"), FieldPanel("home_visits")]),
        FieldPanel("note"),
        FieldPanel("languages"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self):
        return self.title

    @property
    def remarks(self) -> list[str]:
        """For whom, how and in which languages, each in a few words."""
        said = [
            str(self.target_group) if self.target_group_id else "",
            self.get_appointment_display(),
            ", ".join(language_names(self.languages)),
            str(_("home visits too")) if self.home_visits else "",
            self.note,
        ]
        return [text for text in said if text]

    def compared(self) -> str:
        """All that is said of it, in one line."""
        cost = str(_("free of charge")) if self.free else self.cost
        said = [self.title, str(self.topic or ""), cost, *self.remarks]
        return ", ".join(text for text in said if text)

    def searched(self) -> list[str]:
        terms = [str(term) for term in (self.topic, self.target_group) if term]
        return [self.title, self.note, *terms, *language_names(self.languages)]


class PartnerBranch(Orderable):
    """Another place at which a partner is found."""

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="branches")
    name = models.CharField(_("name"), max_length=120, blank=True)
    address = models.TextField(_("address"))
    sozialraum = models.ForeignKey(
        "home.Sozialraum",
        verbose_name=_("Sozialraum"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to=_GERMAN,
    )
    phone = PhoneField(_("telephone"))
    # Six digits are about ten centimetres.
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))],
        help_text=_("For example: 50.984768. As a map shows it, where the address does not lead there."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))],
        help_text=_("For example: 11.029880."),
    )
    accessibility = models.CharField(_("accessibility"), max_length=200, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("address", widget=forms.Textarea(attrs={"rows": 2})),
        FieldRowPanel([FieldPanel("sozialraum"), FieldPanel("phone")]),
        FieldPanel("accessibility"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("branch")
        verbose_name_plural = _("branches")

    def __str__(self):
        return self.name or self.address

    def clean(self):
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError(
                {missing: _("A place needs both numbers. Add this one, or remove the other.")}
            )

    @property
    def position(self) -> str:
        """Latitude and longitude as maps take them, or nothing."""
        return "" if self.latitude is None else f"{self.latitude},{self.longitude}"

    def compared(self) -> str:
        """All that is said of it, in one line."""
        said = [
            self.name,
            *self.address.splitlines(),
            str(self.sozialraum or ""),
            self.phone,
            self.accessibility,
        ]
        return ", ".join(text for text in said if text)

    def searched(self) -> list[str]:
        return [self.name, self.address, self.accessibility, str(self.sozialraum or "")]


class PartnerContact(Orderable):
    """Whom to ask for at a partner: a function, with a name only where it helps."""

    page = ParentalKey(PartnerPage, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(
        _("function"), max_length=100, help_text=_("For example: first appointments, head of the office.")
    )
    name = models.CharField(
        _("name"), max_length=100, blank=True, help_text=_("Only with the person's consent.")
    )
    phone = PhoneField(_("telephone"))
    email = models.EmailField(_("e-mail address"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.role

    def searched(self) -> list[str]:
        return [self.role]
