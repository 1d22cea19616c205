"""What pages tell search engines about offices and events (schema.org, as JSON-LD)."""

import json

from django.utils import timezone
from django.utils.safestring import mark_safe

from home.opening_hours import opening_hours_specification
from sites.fields.phone import numbers_in

# As JSON stands in a <script>, nothing in it may end the script.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def json_ld(data: dict):
    """Return `data` as safe text for a `<script type="application/ld+json">`."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped above


def _address(office) -> dict:
    address = {
        "@type": "PostalAddress",
        "streetAddress": office.street,
        "postalCode": office.postcode,
        "addressLocality": office.city,
        "addressCountry": "DE",
    }
    return _filled(address)


def _filled(data: dict) -> dict:
    """Leave out what has no value."""
    return {name: value for name, value in data.items() if value}


def _telephone(text: str) -> str:
    """Return the first number as the whole world dials it."""
    try:
        return numbers_in(text)[0].dialled
    except ValueError:
        return text


def office_data(office, organisation: str, request) -> dict:
    """Return the schema.org description of an AnlaufstellePage run by `organisation` (a name)."""
    hours, today = office.opening_hours, timezone.localdate()
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "LocalBusiness",
            "name": office.title,
            "description": office.summary,
            "url": office.get_full_url(request),
            "address": _address(office),
            "telephone": _telephone(office.phone),
            "email": office.email,
            "parentOrganization": {"@type": "NGO", "name": organisation} if organisation else None,
            "openingHoursSpecification": opening_hours_specification(hours, today),
        }
    )


def event_data(event, organisation: str, request) -> dict:
    """Return the schema.org description of an EventPage: its next date, else the first one."""
    occurrence = event.next_occurrence
    start, end = (occurrence.start, occurrence.end) if occurrence else (event.start, event.end)
    cancelled = event.is_next_cancelled
    place = None
    if event.place:
        place = {"@type": "Place", "name": event.place}
    elif event.anlaufstelle:
        place = {"@type": "Place", "name": event.anlaufstelle.title, "address": _address(event.anlaufstelle)}
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "url": event.get_full_url(request),
            "startDate": timezone.localtime(start).isoformat(),
            "endDate": timezone.localtime(end).isoformat(),
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "eventStatus": f"https://schema.org/{'EventCancelled' if cancelled else 'EventScheduled'}",
            "location": place,
            "organizer": {"@type": "NGO", "name": organisation} if organisation else None,
        }
    )
