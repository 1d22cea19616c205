"""Makes the demo pages without their text: the tree first, so that the texts can link to any page."""

from datetime import date, datetime, time, timedelta

from django.db.models import BooleanField, CharField, TextField
from wagtail.models import Locale, Page

from home.models import (
    AnlaufstelleIndexPage,
    AnlaufstellePage,
    ContentPage,
    EventExclusion,
    EventIndexPage,
    EventPage,
    HomePage,
    InternalPage,
    NewsIndexPage,
    NewsPage,
    OfferIndexPage,
    OfferPage,
    TeamPage,
)
from home.models.languages import WithLanguages
from home.models.opening_hours import WithOpeningHours
from home.recurrence import Recurrence
from knowledge.models import MethodIndexPage, MethodPage, PartnerIndexPage, PartnerPage
from sites.fields.slugs import german_slug
from thinka_portal.demo.data import read
from thinka_portal.demo.dates import WEEKDAYS, day_in_week, is_day_off, moment, next_period

PAGE_TYPES = {
    "home": HomePage,
    "content": ContentPage,
    "internal": InternalPage,
    "offers": OfferIndexPage,
    "offer": OfferPage,
    "events": EventIndexPage,
    "event": EventPage,
    "news-index": NewsIndexPage,
    "news": NewsPage,
    "offices": AnlaufstelleIndexPage,
    "anlaufstelle": AnlaufstellePage,
    "team": TeamPage,
    "methods": MethodIndexPage,
    "method": MethodPage,
    "partners": PartnerIndexPage,
    "partner": PartnerPage,
}
# Types of which somebody checks regularly whether they are still true.
REVIEWED = ("content", "offer")


def make_tree(home: HomePage, entries: list[dict], today: date, german: Locale) -> dict[str, Page]:
    """Make the pages of one site below `home` and return them by key. New ones are not yet published."""
    pages: dict[str, Page] = {}
    for number, entry in enumerate(entries):
        model = PAGE_TYPES[entry["type"]]
        slug = entry.get("slug") or german_slug(entry["title"])
        if model is HomePage:
            page, parent = home, None
        else:
            parent = pages[entry.get("parent", "home")]
            # Lists and legal pages came with the Träger.
            page = model.objects.child_of(parent).filter(slug=slug).first()
            page = page or model(slug=slug, locale=german, live=False)
        _set_fields(page, entry, today, number)
        if page.pk is None:
            parent.add_child(instance=page)
        pages[entry["key"]] = page
    return pages


def _set_fields(page: Page, entry: dict, today: date, number: int) -> None:
    # What is a sentence or a tick is called the same in the texts and in the models.
    for field in page._meta.concrete_fields:
        if isinstance(field, BooleanField | CharField | TextField) and field.name in entry:
            setattr(page, field.name, entry[field.name])
    if entry["type"] in REVIEWED:
        page.reviewed_on = today - timedelta(days=7 + number * 5 % 60)
    if isinstance(page, WithLanguages):
        page.languages = entry.get("languages", [])
    if isinstance(page, WithOpeningHours):
        _set_hours(page, entry, today)
    if isinstance(page, AnlaufstellePage):
        _set_office(page, entry)
    elif isinstance(page, EventPage):
        _set_event(page, entry, today)
    elif isinstance(page, NewsPage):
        page.date = today - timedelta(days=entry["days_ago"])


def _set_office(page: AnlaufstellePage, entry: dict) -> None:
    office = read("facts")["offices"][entry["address_of"]]
    page.street, page.city, page.since = office["street"], "Erfurt", office["since"]


def _set_hours(page: WithOpeningHours, entry: dict, today: date) -> None:
    interval = page._meta.get_field("intervals").related_model
    page.intervals = [
        interval(
            weekday=WEEKDAYS.index(row["day"]),
            opens=time.fromisoformat(span.split("-")[0]),
            closes=time.fromisoformat(span.split("-")[1]),
            by_appointment=row.get("by_appointment", False),
        )
        for row in entry.get("hours", [])
        for span in row["spans"]
    ]
    page.exceptions = [
        page.exception_model()(**_closed(row, today), closed=True, reason=row["note"])
        for row in entry.get("closed", [])
    ]


def _closed(row: dict, today: date) -> dict[str, date]:
    if "week" in row:
        first = last = day_in_week(today, row["week"], row["weekday"])
    else:
        first, last = next_period(today, row["from"], row["to"])
    return {"first": first, "last": last}


def _set_event(page: EventPage, entry: dict, today: date) -> None:
    start: datetime = moment(today, **entry["start"])
    repeats = "frequency" in entry
    while start.date() >= today and not repeats and is_day_off(start.date()):
        start += timedelta(weeks=1)
    page.start = start
    page.end = start + timedelta(minutes=entry["minutes"])
    days = {(start + timedelta(weeks=week)).date() for week in entry.get("skip_weeks", [])}
    if repeats:
        coming = Recurrence(page.start, page.end, entry["frequency"]).occurrences(
            before=start + timedelta(days=500)
        )
        days |= {each.start.date() for each in coming if is_day_off(each.start.date())}
    page.exclusions = [EventExclusion(date=day) for day in sorted(days)]
