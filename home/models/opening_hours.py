"""When somebody is there, as rows and fields of pages; what follows from it is in `home.opening_hours`.

One definition for all page types that have hours. Each names its own two tables, made from `IntervalRow` and
`ExceptionRow` with the relations `intervals` and `exceptions`.
"""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home import facts
from home.opening_hours import ExceptionPeriod, Interval, OpeningHours, Status
from home.panels import ClosuresPanel, FactRowsPanel
from sites.fields.dates import PortalDateField

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class IntervalRow(models.Model):
    """From when until when it is open on one weekday."""

    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    by_appointment = models.BooleanField(_("only by appointment"), default=False)
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("opening time")
        verbose_name_plural = _("opening times")
        ordering = ["weekday", "opens"]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def as_interval(self) -> Interval:
        return Interval(self.weekday, self.opens, self.closes, self.note, self.by_appointment)


class ExceptionRow(models.Model):
    """Days on which other hours hold, or on which it is closed."""

    first = PortalDateField(_("first day"))
    last = PortalDateField(_("last day"))
    closed = models.BooleanField(_("closed"), default=True)
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=100, blank=True, help_text=_("For example: team day."))
    # Closures that are published directly, see `home.closures`.
    at_once = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        abstract = True
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["first"]

    def __str__(self):
        return f"{self.first} – {self.last}"

    def as_period(self) -> ExceptionPeriod:
        return ExceptionPeriod(self.first, self.last, self.closed, self.opens, self.closes, self.reason)


class WithOpeningHours(models.Model):
    """Of a page type: hours of every week, exceptions, public holidays."""

    closed_on_public_holidays = models.BooleanField(_("closed on public holidays in Thuringia"), default=True)
    hours_note = models.CharField(_("note on the opening hours"), max_length=200, blank=True)

    hours_panel = MultiFieldPanel(
        [
            FactRowsPanel("intervals", label=_("opening time"), heading=_("Every week")),
            FactRowsPanel("exceptions", label=_("exception"), heading=_("Exceptions")),
            ClosuresPanel(),
            FieldPanel("closed_on_public_holidays"),
            FieldPanel("hours_note"),
        ],
        heading=_("Opening hours"),
    )
    # What lists and all languages need to know. The note is a text: each type says whose.
    hours_fields = ("intervals", "exceptions", "closed_on_public_holidays")

    class Meta:
        abstract = True

    @classmethod
    def exception_model(cls) -> type[ExceptionRow]:
        """The table of the exceptions of this page type."""
        return cls._meta.get_field("exceptions").related_model

    def settle(self) -> None:
        super().settle()
        self.__dict__.pop("opening_hours", None)
        if self.pk and facts.is_source(self):
            # What holds at once is in no draft: publishing one neither brings it back nor takes it away.
            at_once = self.exception_model().objects.filter(page=self.pk, at_once=True)
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
    def has_hours(self) -> bool:
        """Whether anything is known about when it is open."""
        return bool(self.opening_hours.intervals or self.opening_hours.exceptions)

    @property
    def status(self) -> Status:
        """Whether it is open now; see `home.opening_hours.Status`."""
        return self.opening_hours.status(timezone.now())
