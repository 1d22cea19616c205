"""When an office is open: the weekly hours, the exceptions, and what follows from them.

Pure logic without models. Import from here; the files inside hold one idea each:
`model` (data and the questions it answers), `validation` (what an editor may not enter),
`text` (sentences for people), `schema` (structured data for search engines),
`public_holidays` (Thuringia), `local_time` (wall clock to instant).
"""

from .model import (
    HORIZON_DAYS,
    DayHours,
    DayKind,
    ExceptionPeriod,
    Interval,
    OpeningHours,
    Span,
    Status,
    WeekRow,
)
from .public_holidays import holiday_name, holidays_between
from .schema import opening_hours_specification
from .text import (
    closing_text,
    day_text,
    exception_text,
    row_label,
    span_text,
    status_text,
    time_text,
)
from .validation import HoursError, validate_exceptions, validate_intervals

__all__ = [
    "HORIZON_DAYS",
    "DayHours",
    "DayKind",
    "ExceptionPeriod",
    "HoursError",
    "Interval",
    "OpeningHours",
    "Span",
    "Status",
    "WeekRow",
    "closing_text",
    "day_text",
    "exception_text",
    "holiday_name",
    "holidays_between",
    "opening_hours_specification",
    "row_label",
    "span_text",
    "status_text",
    "time_text",
    "validate_exceptions",
    "validate_intervals",
]
