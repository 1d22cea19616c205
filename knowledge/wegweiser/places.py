"""What somebody may read of those who help, as values: one query for each kind."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from wagtail.models import Locale

from home.models import AnlaufstellePage, OfferPage, Sozialraum, Topic, Verification
from home.opening_hours import ExceptionPeriod, Interval, OpeningHours
from knowledge.models import PartnerPage
from knowledge.models.partner import PartnerBranch, PartnerService
from knowledge.wegweiser.matching import FREE, HOME_VISIT, WITHOUT_APPOINTMENT, Place, Service

# What the rows of the opening hours are called here: a relation of the page has their usual name.
_HOURS = {"interval_rows": "intervals", "exception_rows": "exceptions"}
_WALK_IN = (PartnerService.Appointment.WITHOUT, PartnerService.Appointment.BOTH)


def places(user, locale: Locale) -> list[Place]:
    """Return all partners, offers and offices that `user` may read, in the language `locale`, else German."""
    return [*_partners(user, locale), *_offers(user, locale), *_offices(user, locale)]


def _readable(model, user, locale: Locale) -> QuerySet:
    own = Verification.objects.filter(page__translation_key=OuterRef("translation_key"))
    pages = model.objects.live().readable_by(user).in_language(locale).order_by()
    return pages.annotate(checked_until=Subquery(own.values("verified_until")[:1]))


def _partners(user, locale: Locale) -> Iterator[Place]:
    rows = _readable(PartnerPage, user, locale).annotate(
        **_hours_of(PartnerPage),
        topic_slugs=_slugs(Topic, "partnerpages"),
        places=_slugs(Sozialraum, "partnerpages"),
        branch_places=_rows(PartnerBranch, "sozialraum__slug"),
        offered=_rows(PartnerService, "topic__slug", "languages", "free", "appointment", "home_visits"),
    )
    names = (
        *("pk", "path", "title", "summary", "phone", "address", "languages", "languages_note"),
        *("hours_note", "closed_on_public_holidays", "checked_until", "topic_slugs", "places"),
        *("branch_places", "offered", *_HOURS),
    )
    for row in rows.values(*names):
        languages, topics = frozenset(row["languages"]), frozenset(row["topic_slugs"])
        services = [
            Service(
                topics=frozenset({each["topic__slug"]}) if each["topic__slug"] else topics,
                languages=frozenset(each["languages"]) or languages,
                wishes=_wishes(each),
            )
            for each in row["offered"]
        ]
        # What it is about beyond the services that are listed.
        listed = {topic for service in services for topic in service.topics}
        if not services or topics - listed:
            services.append(Service(topics - listed or topics, languages))
        branches = {each["sozialraum__slug"] for each in row["branch_places"]} - {None}
        yield Place(
            page=row["pk"],
            path=row["path"],
            kind="partner",
            title=row["title"],
            summary=row["summary"],
            phone=row["phone"],
            address=row["address"],
            when=row["hours_note"],
            languages=tuple(row["languages"]),
            languages_note=row["languages_note"],
            # Without any it is there for everywhere, wherever its branches are.
            sozialraeume=frozenset(row["places"]) | (branches if row["places"] else set()),
            services=tuple(services),
            hours=_hours(row),
            checked_until=row["checked_until"],
        )


def _wishes(service: dict[str, Any]) -> frozenset[str]:
    held = {
        FREE: service["free"],
        WITHOUT_APPOINTMENT: service["appointment"] in _WALK_IN,
        HOME_VISIT: service["home_visits"],
    }
    return frozenset(name for name, holds in held.items() if holds)


def _offers(user, locale: Locale) -> Iterator[Place]:
    """Yield the offers of all Träger: where an office is named, they are found there."""
    office = {
        f"office_{name}": F(f"anlaufstelle__{name}")
        for name in ("street", "postcode", "city", "phone", "languages")
    }
    rows = _readable(OfferPage, user, locale).annotate(
        **office,
        office_place=F("anlaufstelle__sozialraum__slug"),
        topic_slugs=_slugs(Topic, "offers"),
    )
    names = ("pk", "path", "title", "summary", "phone", "place", "when", "office_place")
    for row in rows.values(*names, "topic_slugs", "checked_until", *office):
        languages = tuple(row["office_languages"] or ())
        yield Place(
            page=row["pk"],
            path=row["path"],
            kind="offer",
            title=row["title"],
            summary=row["summary"],
            phone=row["phone"] or row["office_phone"] or "",
            address=row["place"] or _address(row, "office_"),
            when=row["when"],
            languages=languages,
            sozialraeume=frozenset({row["office_place"]} - {None}),
            services=(Service(frozenset(row["topic_slugs"]), frozenset(languages)),),
            checked_until=row["checked_until"],
        )


def _offices(user, locale: Locale) -> Iterator[Place]:
    """Yield the offices: they help with what is offered there."""
    rows = _readable(AnlaufstellePage, user, locale).annotate(
        **_hours_of(AnlaufstellePage), topic_slugs=_slugs(Topic, "offers__anlaufstelle", offers__live=True)
    )
    names = (
        *("pk", "path", "title", "summary", "phone", "street", "postcode", "city", "languages"),
        *(
            "topic_slugs",
            "languages_note",
            "hours_note",
            "closed_on_public_holidays",
            "sozialraum__slug",
            "checked_until",
        ),
    )
    for row in rows.values(*names, *_HOURS):
        yield Place(
            page=row["pk"],
            path=row["path"],
            kind="office",
            title=row["title"],
            summary=row["summary"],
            phone=row["phone"],
            address=_address(row),
            when=row["hours_note"],
            languages=tuple(row["languages"]),
            languages_note=row["languages_note"],
            sozialraeume=frozenset({row["sozialraum__slug"]} - {None}),
            services=(Service(frozenset(row["topic_slugs"]), frozenset(row["languages"])),),
            hours=_hours(row),
            checked_until=row["checked_until"],
        )


def _address(row: dict[str, Any], prefix: str = "") -> str:
    street, postcode, city = (row[f"{prefix}{name}"] or "" for name in ("street", "postcode", "city"))
    return ", ".join(filter(None, [street, f"{postcode} {city}".strip()]))


def _slugs(model: type[Model], relation: str, **more) -> ArraySubquery:
    """The words of a vocabulary that a page has, by the name under which these know it."""
    terms = model._default_manager.filter(**{relation: OuterRef("pk")}, **more).order_by().distinct()
    return ArraySubquery(terms.values("slug"))


def _rows(model: type[Model], *names: str) -> ArraySubquery:
    """The rows of a page in a table of its own, as JSON."""
    rows = model._default_manager.filter(page=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(as_json=JSONObject(**{name: name for name in names})))


def _hours_of(model) -> dict[str, ArraySubquery]:
    interval, period = (model._meta.get_field(name).related_model for name in _HOURS.values())
    return {
        "interval_rows": _rows(interval, "weekday", "opens", "closes", "note", "by_appointment"),
        "exception_rows": _rows(period, "first", "last", "closed", "opens", "closes", "reason"),
    }


def _hours(row: dict[str, Any]) -> OpeningHours | None:
    intervals = [
        Interval(**each | {name: time.fromisoformat(each[name]) for name in ("opens", "closes")})
        for each in row["interval_rows"]
    ]
    exceptions = [
        ExceptionPeriod(
            **each
            | {name: date.fromisoformat(each[name]) for name in ("first", "last")}
            | {name: each[name] and time.fromisoformat(each[name]) for name in ("opens", "closes")}
        )
        for each in row["exception_rows"]
    ]
    if not (intervals or exceptions):
        return None
    return OpeningHours(intervals, exceptions, closed_on_public_holidays=row["closed_on_public_holidays"])
