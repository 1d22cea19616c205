"""Events: once or recurring."""

from django import forms
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from home.blocks.stream import BodyBlock
from home.forms import EventPageForm
from home.ical import CalendarEvent, calendar
from home.models.base import PortalPage
from home.models.listing import FeedMixin, ListingPage
from home.panels import FactRowsPanel
from home.recurrence import Frequency, Recurrence
from home.shown import SearchKind
from sites.access.readers import ReadablePageQuerySet
from sites.fields.dates import PortalDateField, PortalDateTimeField
from sites.fields.phone import PhoneField


class EventQuerySet(ReadablePageQuerySet):
    """Questions about when events take place."""

    def upcoming(self) -> "EventQuerySet":
        """Narrow to events that run now, come or have no end."""
        return self.filter(Q(last_end__isnull=True) | Q(last_end__gte=timezone.now()))

    def with_exclusions(self) -> "EventQuerySet":
        """Bring the cancelled dates along, in the same query."""
        dates = EventExclusion.objects.filter(page=OuterRef("pk")).order_by("date").values("date")
        return self.annotate(exclusion_dates=ArraySubquery(dates))

    def next_below(self, page: Page, user, limit: int, office: Page | None = None) -> "list[EventPage]":
        """Return up to `limit` events below `page` that `user` may read, by their next date.

        Those in `office` come first, in whatever language.
        """
        events = self.live().descendant_of(page).readable_by(user).upcoming().with_exclusions()
        events = events.select_related("anlaufstelle")
        key = office and office.translation_key

        def order(event):
            elsewhere = bool(key) and getattr(event.anlaufstelle, "translation_key", None) != key
            return elsewhere, event.next_start, event.title

        return sorted(events, key=order)[:limit]


class EventIndexPage(FeedMixin, ListingPage):
    """The calendar of a Träger: what is still to come. Past events leave it by themselves."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.EventPage"]
    entry_type = "home.EventPage"
    filters = ("topic",)
    page_description = _("The list of your events; past ones disappear by themselves.")

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def entries(self, request):
        return super().entries(request).upcoming().with_exclusions()

    def sort(self, pages):
        """Sort the events by their next occurrence, which only Python can compute."""
        return sorted(pages, key=lambda page: (page.next_start, page.title))


class EventPage(RoutablePageMixin, PortalPage):
    """An event, once or recurring."""

    class Registration(models.TextChoices):
        NONE = "none", _("not needed")
        WANTED = "wanted", _("wanted")
        REQUIRED = "required", _("required")

    start = PortalDateTimeField(_("start"))
    end = PortalDateTimeField(_("end"))
    frequency = models.CharField(_("repeats"), max_length=30, choices=Frequency, default=Frequency.NONE)
    until = PortalDateField(_("repeats until"), null=True, blank=True, help_text=_("Empty: without an end."))
    # Kept by settle(): the listing must find what is still to come without computing every recurrence.
    last_end = PortalDateTimeField(null=True, editable=False, db_index=True)
    anlaufstelle = models.ForeignKey(
        "home.AnlaufstellePage",
        verbose_name=_("office"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    place = models.CharField(_("other place"), max_length=200, blank=True)
    topics = ParentalManyToManyField(
        "home.Topic", verbose_name=_("topics"), blank=True, related_name="events"
    )
    cost = models.CharField(_("cost"), max_length=100, blank=True)
    registration = models.CharField(
        _("registration"), max_length=10, choices=Registration, default=Registration.NONE
    )
    registration_phone = PhoneField(_("by telephone"))
    registration_email = models.EmailField(_("by e-mail"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    objects = PageManager.from_queryset(EventQuerySet)()

    base_form_class = EventPageForm
    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("start"),
                FieldPanel("end"),
                FieldPanel("frequency"),
                FieldPanel("until"),
                FactRowsPanel("exclusions", label=_("cancelled date"), heading=_("Does not take place on")),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("anlaufstelle", widget=forms.Select), FieldPanel("place"), FieldPanel("cost")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [FieldPanel("registration"), FieldPanel("registration_phone"), FieldPanel("registration_email")],
            heading=_("Registration"),
        ),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("body"),
    ]
    search_fields = [
        *PortalPage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.RelatedFields("topics", [index.SearchField("name")]),
    ]
    parent_page_types = ["home.EventIndexPage"]
    subpage_types = []
    card_fields = ("start", "end", "frequency", "until", "place", "anlaufstelle", "exclusions")
    result_fields = card_fields
    detail_fields = (*PortalPage.detail_fields, "anlaufstelle")
    shared_fields = (
        *PortalPage.shared_fields,
        *("start", "end", "frequency", "until", "last_end", "exclusions"),
        *("anlaufstelle", "topics", "registration", "registration_phone", "registration_email"),
    )
    shared_texts = ("place", "cost")
    own_fields = (*PortalPage.own_fields, "body")
    default_drawings = ("kaffeetisch", "fest-im-hof", "nachbarschaftsgarten")
    search_kind = SearchKind("event", _("Event"), _("Events"), position=3)
    page_description = _("A date in the calendar, once or recurring.")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def search_until(self):
        return self.last_end

    def settle(self) -> None:
        super().settle()
        # Somebody may have asked for the dates before they were changed.
        for name in ("recurrence", "next_occurrence", "next_taking_place"):
            self.__dict__.pop(name, None)
        self.last_end = self.recurrence.last_end()

    @cached_property
    def recurrence(self) -> Recurrence:
        """The dates of the event as a value that can answer questions."""
        return Recurrence(
            start=self.start,
            end=self.end,
            frequency=self.frequency,
            until=self.until,
            excluded=self._excluded_dates(),
        )

    def _excluded_dates(self) -> set:
        # Lists bring the dates along, see `EventQuerySet.with_exclusions`.
        brought = getattr(self, "exclusion_dates", None)
        return {row.date for row in self.exclusions.all()} if brought is None else set(brought)

    @cached_property
    def next_occurrence(self):
        """The date that runs now or comes next, perhaps cancelled; None when all are over."""
        return self.recurrence.next_occurrence(timezone.now(), with_cancelled=True)

    @cached_property
    def next_taking_place(self):
        """The next date that is not cancelled, None without one."""
        return self.recurrence.next_occurrence(timezone.now())

    @property
    def is_next_cancelled(self) -> bool:
        return bool(self.next_occurrence and self.next_occurrence.cancelled)

    @property
    def feed_title(self) -> str:
        """The title in feeds, where people see nothing else."""
        if not self.is_next_cancelled:
            return self.title
        values = {"date": date_format(self.next_start, "MONTH_DAY_FORMAT"), "title": self.title}
        # Translators: German: Fällt aus am %(date)s: %(title)s
        return gettext("Cancelled on %(date)s: %(title)s") % values

    @property
    def next_start(self):
        """When the next date begins; for an event that is over, when it began."""
        occurrence = self.next_occurrence
        return occurrence.start if occurrence else self.start

    @property
    def location(self) -> str:
        """Where the event takes place, in one line."""
        if self.place or not self.anlaufstelle:
            return self.place
        return ", ".join(
            filter(None, [self.anlaufstelle.title, self.anlaufstelle.street, self.anlaufstelle.city])
        )

    @property
    def route_to(self) -> str:
        """The address to which a map shows the way; empty for a place that is none, such as "in our yard"."""
        if self.place:
            return self.place if any(letter.isdigit() for letter in self.place) else ""
        return self.anlaufstelle.address if self.anlaufstelle else ""

    def calendar_event(self, request) -> CalendarEvent:
        """The event as an entry of a calendar file."""
        return CalendarEvent(
            uid=f"{self.translation_key}@{settings.PORTAL_DOMAIN}",
            title=self.title,
            recurrence=self.recurrence,
            changed=self.last_published_at or timezone.now(),
            location=self.location,
            description=self.summary,
            url=self.get_full_url(request) or "",
        )

    @path("kalender/")
    def calendar_file(self, request):
        """The event as a file for calendar programs."""
        content = calendar([self.calendar_event(request)], name=self.title)
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, f"{self.slug}.ics")
        return response


class EventExclusion(models.Model):
    """A day on which a recurring event does not take place."""

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="exclusions")
    date = PortalDateField(_("date"))

    class Meta:
        verbose_name = _("cancelled date")
        verbose_name_plural = _("cancelled dates")
        ordering = ["date"]

    def __str__(self):
        return str(self.date)
