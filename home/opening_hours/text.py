"""Opening hours as sentences, in the language that is active for the request.

The msgids are English with a 24-hour clock. The comments say what stands in German.
"""

from datetime import date, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .model import DayHours, DayKind, ExceptionPeriod, Interval, Span, Status, WeekRow


def time_text(clock: time) -> str:
    """Return a time of day, in German „9 Uhr" or „16:30 Uhr"."""
    if clock.minute == 0:
        # Translators: German: %(hour)d Uhr
        return pgettext("full hour", "%(hour)d:00") % {"hour": clock.hour}
    # Translators: German: %(hour)d:%(minute)s Uhr
    return pgettext("time of day", "%(hour)d:%(minute)s") % {
        "hour": clock.hour,
        "minute": f"{clock.minute:02}",
    }


def span_text(span: Span | Interval) -> str:
    """Return hours from … to …, in German „9 bis 12:30 Uhr"."""
    if span.opens.minute == 0:
        # Translators: The first time in "9 to 12". German: %(hour)d
        start = pgettext("full hour that begins a span", "%(hour)d:00") % {"hour": span.opens.hour}
    else:
        # Translators: The first time in "9:30 to 12". German: %(hour)d:%(minute)s
        start = pgettext("time that begins a span", "%(hour)d:%(minute)s") % {
            "hour": span.opens.hour,
            "minute": f"{span.opens.minute:02}",
        }
    # Translators: German: %(start)s bis %(end)s
    return pgettext("hours", "%(start)s to %(end)s") % {"start": start, "end": time_text(span.closes)}


def day_text(day: DayHours) -> str:
    """Return the hours of one day with notes and reason, or "closed"."""
    if day.is_closed:
        # Translators: German: geschlossen
        text = pgettext("office", "closed")
    else:
        text = _join([_span_with_notes(span) for span in day.spans])
    # Translators: hours or "closed", then why
    return _("%(hours)s (%(reason)s)") % {"hours": text, "reason": day.reason} if day.reason else text


def row_label(row: WeekRow) -> str:
    """Return the weekdays of a table row: "Monday", "Saturday, Sunday", "Monday to Wednesday"."""
    names = [str(WEEKDAYS[day.day.weekday()]) for day in row.days]
    if len(names) > 2:
        # Translators: German: %(first)s bis %(last)s
        return pgettext("weekdays", "%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return ", ".join(names)


# From so many days on, day and month alone would say something else.
NEARLY_A_YEAR = 330


def period_text(period: ExceptionPeriod) -> str:
    """Return the days of an exception: "24 December to 1 January", with the years where it is a long one."""
    if period.first == period.last:
        return _day_and_month(period.first)
    written = date_format if (period.last - period.first).days >= NEARLY_A_YEAR else _day_and_month
    # Translators: German: %(first)s bis %(last)s
    return pgettext("days", "%(first)s to %(last)s") % {
        "first": written(period.first),
        "last": written(period.last),
    }


def exception_text(period: ExceptionPeriod) -> str:
    """Return an exception as one line: days, hours or "closed", reason."""
    spans = () if period.closed else (Span(period.opens, period.closes),)
    hours = day_text(DayHours(period.first, spans, DayKind.EXCEPTION, period.reason))
    # Translators: days, then hours. German: %(days)s: %(hours)s
    return _("%(days)s: %(hours)s") % {"days": period_text(period), "hours": hours}


def status_text(status: Status) -> str:
    """Return what holds now in one line for the badge, e.g. „Heute geöffnet bis 16 Uhr"."""
    if status.is_open:
        # Translators: German: Heute geöffnet bis %(time)s
        return _("Open today until %(time)s") % {"time": time_text(status.closes_at.time())}
    if status.by_appointment:
        # Translators: German: Nur mit Termin, heute bis %(time)s
        return _("By appointment only, today until %(time)s") % {"time": time_text(status.closes_at.time())}
    return closing_text(status)


def closing_text(status: Status) -> str:
    """Return why the door is shut and when it opens again; for a `status` that is not open."""
    today, opens = status.today, status.opens_next
    if today.is_closed and today.kind is DayKind.HOLIDAY:
        # Translators: German: Heute geschlossen (Feiertag: %(name)s)
        return _("Closed today (public holiday: %(name)s)") % {"name": today.reason}
    if today.is_closed and today.reason:
        # Translators: German: Heute geschlossen (%(reason)s)
        return _("Closed today (%(reason)s)") % {"reason": today.reason}
    if opens is None:
        if status.only_by_appointment:
            # Translators: German: Nur mit Termin
            return _("By appointment only")
        # Translators: German: Geschlossen
        return _("Closed")
    values = {"time": time_text(opens.time())}
    ahead = opens.date() - status.at.date()
    if not ahead:
        # Translators: German: Jetzt geschlossen, öffnet heute um %(time)s
        return _("Closed now, opens today at %(time)s") % values
    if ahead == timedelta(days=1):
        # Translators: German: Geschlossen, öffnet morgen um %(time)s wieder
        return _("Closed, opens again tomorrow at %(time)s") % values
    if ahead < timedelta(days=7):
        values["weekday"] = WEEKDAYS[opens.weekday()]
        # Translators: German: Geschlossen, öffnet am %(weekday)s um %(time)s wieder
        return _("Closed, opens again on %(weekday)s at %(time)s") % values
    values["date"] = _day_and_month(opens.date())
    # Translators: German: Geschlossen, öffnet am %(date)s um %(time)s wieder
    return _("Closed, opens again on %(date)s at %(time)s") % values


def _span_with_notes(span: Span) -> str:
    text = span_text(span)
    if span.by_appointment:
        # Translators: German: %(hours)s nur mit Termin
        text = _("%(hours)s by appointment only") % {"hours": text}
    # Translators: hours and a remark, e.g. "9 to 12 (advice on housing benefit)"
    return _("%(hours)s (%(note)s)") % {"hours": text, "note": span.note} if span.note else text


def _join(parts: list[str]) -> str:
    text = ", ".join(parts[:-1])
    if not text:
        return parts[-1]
    # Translators: hours. German: %(first)s und %(last)s
    return pgettext("hours", "%(first)s and %(last)s") % {"first": text, "last": parts[-1]}


def _day_and_month(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
