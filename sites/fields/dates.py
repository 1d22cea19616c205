"""Which dates the portal knows, and what a clock in Erfurt means on the days when it is changed.

Every date that somebody enters lies between EARLIEST and LATEST. PostgreSQL stores more dates than Python can
read ("1 BC", "infinity"), and Python more than it can convert to another time zone; one such row takes whole
lists down. The bounds hold in forms (`sites.wagtail_patches.form_dates`), in models (the fields here) and in
the database: the fields here bring their model a constraint; a migration gives Wagtail's tables theirs.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# An office may have opened long ago. A later day than the last one is a slip, or was meant as "for ever".
EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
_ZONE = ZoneInfo(settings.TIME_ZONE)
FIRST_MOMENT = datetime.combine(EARLIEST, time.min, _ZONE)
END = datetime.combine(LATEST + timedelta(days=1), time.min, _ZONE)


def within_bounds(value: date | datetime) -> None:
    """Raise ValidationError where `value` (a day, a moment or a naive time) is none that the portal knows."""
    if isinstance(value, datetime) and timezone.is_naive(value):
        value = value.date()
    first, last = (
        (FIRST_MOMENT, END - timedelta.resolution) if isinstance(value, datetime) else (EARLIEST, LATEST)
    )
    if not first <= value <= last:
        raise ValidationError(
            _("Please enter a date from %(first)s to %(last)s."),
            code="out_of_bounds",
            params={
                "first": date_format(EARLIEST, "SHORT_DATE_FORMAT"),
                "last": date_format(LATEST, "SHORT_DATE_FORMAT"),
            },
        )


def is_twice(wall: datetime) -> bool:
    """Tell whether the clocks show the naive time `wall` twice, because they are put back."""
    zone = timezone.get_current_timezone()
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first > second


def from_clock(wall: datetime) -> datetime:
    """Return the moment at which the clocks show the naive time `wall`; its fold says which of two.

    Raises ValidationError for a time that the clocks skip, and for one out of bounds.
    """
    # Before anything is converted, which Python can't do with all dates.
    within_bounds(wall.date())
    moment = wall.replace(tzinfo=timezone.get_current_timezone())
    in_utc = moment.astimezone(UTC)
    shown = in_utc.astimezone(moment.tzinfo)
    if shown.replace(tzinfo=None) != wall:
        raise ValidationError(
            _(
                "%(date)s has no %(time)s: the clocks are put forward and skip this hour. Please enter "
                "%(later)s or another time."
            ),
            code="skipped",
            params={
                "date": date_format(wall, "SHORT_DATE_FORMAT"),
                "time": f"{wall:%H:%M}",
                "later": f"{shown:%H:%M}",
            },
        )
    # In UTC, because Python holds a local time that comes twice to be unequal to every moment.
    return in_utc if is_twice(wall) else moment


class DateBounds(models.CheckConstraint):
    """What the database asks of a field with dates. The field's validator tells people, without a query."""

    def validate(self, *args, **kwargs) -> None:
        pass

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


class _Bounded:
    """A field that brings the bounds along: a validator, and a constraint of the model that gets it.

    Migrations write it as Django's own field, and the constraint as Django's own.
    """

    @property
    def validators(self):
        return [*super().validators, within_bounds]

    def contribute_to_class(self, cls, name, *args, **kwargs):
        super().contribute_to_class(cls, name, *args, **kwargs)
        meta = cls._meta
        # Migrations say for themselves which constraints there are.
        if meta.abstract or meta.proxy or cls.__module__ == "__fake__":
            return
        bounds = {f"{name}__gte": EARLIEST, f"{name}__lte": LATEST}
        if isinstance(self, models.DateTimeField):
            bounds = {f"{name}__gte": FIRST_MOMENT.astimezone(UTC), f"{name}__lt": END.astimezone(UTC)}
        constraint = DateBounds(
            condition=models.Q(**bounds), name=f"{meta.app_label}_{meta.model_name}_{name}_bounds"
        )
        meta.constraints = [*meta.constraints, constraint]
        # From here Django takes what belongs into migrations.
        meta.original_attrs["constraints"] = meta.constraints

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class PortalDateField(_Bounded, models.DateField):
    """A day that the portal knows. All fields with days are of this kind; a system check insists."""


class PortalDateTimeField(_Bounded, models.DateTimeField):
    """A moment that the portal knows. All fields with moments are of this kind; a system check insists."""
