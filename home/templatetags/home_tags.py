"""Icons, telephone links, opening hours and dates as words, and structured data, for the templates."""

import re
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from home import structured_data
from home.lifecycle.notices import open_notices
from home.opening_hours import Span, day_text, exception_text, row_label, span_text, status_text, time_text
from sites.fields.phone import numbers_in

# Numbers are written from left to right in every language.
LEFT_TO_RIGHT = '<bdi dir="ltr">{}</bdi>'

_DRAWING = re.compile(r'<svg class="tp-illu" viewBox="([^"]+)"')

register = template.Library()
register.filter("status_text", status_text)
register.filter("exception_text", exception_text)


@register.simple_tag(takes_context=True)
def drawing(context, name: str):
    """Return a drawing of templates/illustrations, decorative; in full only once in a page."""
    request = context.get("request")
    drawn = vars(request).setdefault("_drawn", set()) if request else set()
    markup = render_to_string(f"illustrations/{name}.html")
    if name not in drawn:
        drawn.add(name)
        return mark_safe(markup.replace("<svg ", f'<svg id="bild-{name}" ', 1))  # noqa: S308 - a template of ours
    return format_html(
        '<svg class="tp-illu" viewBox="{}" aria-hidden="true" focusable="false"><use href="#bild-{}"/></svg>',
        _DRAWING.search(markup).group(1),
        name,
    )


@register.simple_tag
def icon(name: str, flip: bool = False):
    """Return a drawn icon; always decorative, the words stand beside it.

    `name`: id of a symbol in static/icons.svg; `flip` mirrors it in right-to-left languages.
    """
    return format_html(
        '<svg class="tp-i{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        " tp-flip" if flip else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def phone_link(text: str, css_class: str = "", icon_name: str = ""):
    """Return a link for each telephone number in `text`, with an icon before it if one is named (`icon`)."""
    return _phone_links(text, css_class, icon_name, "{}")


@register.simple_tag
def phone_button(text: str):
    """Return the same as buttons."""
    return _phone_links(text, "kern-btn kern-btn--primary", "phone", '<span class="kern-label">{}</span>')


def _phone_links(text: str, css_class: str, icon_name: str, label: str):
    try:
        numbers = numbers_in(str(text))
    except ValueError:
        # From the time before the field looked at it: better read than dialled wrongly.
        return format_html(LEFT_TO_RIGHT, text)
    links = (
        format_html(
            '<a{} href="tel:{}">{}{}</a>',
            format_html(' class="{}"', css_class) if css_class else "",
            number.dialled,
            icon(icon_name) if icon_name else "",
            format_html(label, format_html(LEFT_TO_RIGHT, number.text)),
        )
        for number in numbers
    )
    return format_html_join(" " if css_class else " / ", "{}", ((link,) for link in links))


@register.filter
def map_url(address: str) -> str:
    """Return where a map shows an address of one or more lines; the portal loads nothing from there."""
    return "https://www.openstreetmap.org/search?" + urlencode({"query": ", ".join(lines(address))})


@register.filter
def geo_url(address: str) -> str:
    """Return the address of a place for whatever map is installed on a phone (RFC 5870)."""
    return f"geo:0,0?{urlencode({'q': ', '.join(lines(address))})}"


@register.inclusion_tag("components/notice_link.html", takes_context=True)
def notice_link(context, page):
    """Return the way to say that something on `page` is not true; for its owner, what others said."""
    return {"page": page, "number": open_notices(page, context["request"].user)}


@register.simple_tag
def office_week(place) -> list[dict]:
    """Return this week's hours of a page `WithOpeningHours` as rows: label, text, is_today, is_closed."""
    today = timezone.localdate()
    return [
        {
            "label": row_label(row),
            "text": day_text(row.days[0]),
            "is_today": row.is_today,
            "is_closed": row.days[0].is_closed,
        }
        for row in place.opening_hours.week(today, today)
    ]


@register.simple_tag
def office_exceptions(place):
    """Return the exceptions of the next weeks (ExceptionPeriod) of a page `WithOpeningHours`."""
    return place.opening_hours.upcoming_exceptions(timezone.localdate())


@register.filter
def hours_of(occurrence) -> str:
    """Return the times of an occurrence: "15:00 to 17:00"; over midnight with the day of the end."""
    start, end = timezone.localtime(occurrence.start), timezone.localtime(occurrence.end)
    if start.date() == end.date():
        return span_text(Span(start.time(), end.time()))
    values = {
        "start": time_text(start.time()),
        "date": date_format(end, "MONTH_DAY_FORMAT"),
        "end": time_text(end.time()),
    }
    # Translators: German: %(start)s bis %(date)s, %(end)s
    return _("%(start)s until %(date)s, %(end)s") % values


@register.filter
def weekday_and_hours(occurrence) -> str:
    """Return "Thursday, 15:00 to 17:00" for an occurrence."""
    return f"{date_format(timezone.localtime(occurrence.start), 'l')}, {hours_of(occurrence)}"


@register.simple_tag
def further_occurrences(event, count: int = 4) -> list:
    """Return up to `count` dates of an EventPage after its next one, cancelled ones too."""
    following = event.recurrence.occurrences(after=timezone.now(), limit=count + 1, with_cancelled=True)
    return following[1:]


@register.filter
def breakable(address: str):
    """Return an e-mail address that may break after "@" and dots, not in the middle of a word."""
    parts = re.split(r"(?<=[@.])", address or "")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def page_numbers(count: int, current: int) -> list[int | None]:
    """Return the page numbers worth a link: first, last and the neighbours of `current`; None is a gap."""
    wanted = sorted({1, count, current - 1, current, current + 1} & set(range(1, count + 1)))
    numbers: list[int | None] = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            # A gap of a single page is not shorter than that page.
            numbers.append(number - 1 if number - numbers[-1] == 2 else None)
        numbers.append(number)
    return numbers


@register.filter
def one_line(text: str) -> str:
    """Return a text in one line, with single spaces, as a title wants it."""
    return " ".join(text.split())


@register.filter
def lines(text: str) -> list[str]:
    """Return the lines of a text that have words in them."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


@register.simple_tag(takes_context=True)
def office_json_ld(context, office):
    """Return the structured data of an office for a script element."""
    return _json_ld(context, structured_data.office_data, office)


@register.simple_tag(takes_context=True)
def event_json_ld(context, event):
    """Return the structured data of an event for a script element."""
    return _json_ld(context, structured_data.event_data, event)


def _json_ld(context, describe, page):
    site_context = context.get("site_context")
    organisation = site_context.site_name if site_context else ""
    return structured_data.json_ld(describe(page, organisation, context.get("request")))
