"""Server and phone give the same answers: when a place is open, what is said about it, and which places fit.

The cases come from a generator with a seed. They gather where mistakes are: the nights in which the clocks
change, holidays, midnight, edges of hours, and several exceptions for one day.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.utils import translation

from home.opening_hours import ExceptionPeriod, Interval, OpeningHours, status_text
from knowledge.wegweiser.matching import CHOICES, WISHES, YES, Place, Service, count, find, in_order, ways_out
from knowledge.wegweiser.payload import holidays_data, hours_data, in_server_order, place_data
from knowledge.wegweiser.words import words
from tests.home.strategies import AUTUMN, BERLIN, CHRISTMAS, SPRING

pytestmark = pytest.mark.xdist_group("browser")

SCRIPTS = Path(settings.BASE_DIR) / "static/js/wegweiser"
SEED, HOURS, QUESTIONS = 16, 2400, 400
LANGUAGES = [code for code, _name in settings.LANGUAGES]
DAYS = (
    *(SPRING, AUTUMN, CHRISTMAS, date(2027, 3, 28), date(2027, 10, 31), date(2027, 1, 1), date(2028, 2, 29)),
    *(date(2026, 4, 6), date(2026, 9, 20), date(2026, 12, 31), date(2026, 11, 30)),
)
# Both sides of the hours that are left out or come twice, and of midnight.
CLOCKS = [time(hour, minute) for hour in (0, 1, 2, 3, 4, 8, 9, 12, 13, 16, 18, 23) for minute in (0, 30, 59)]


@pytest.fixture(scope="module")
def phone(browser):
    """A browser far away from Erfurt, with the scripts of the Wegweiser."""
    context = browser.new_context(timezone_id="Pacific/Auckland")
    window = context.new_page()
    for name in ("hours", "words", "matching"):
        window.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield window
    context.close()


def some_hours(rng: Random, day: date) -> OpeningHours:
    intervals = []
    # In some places people are seen by appointment only.
    appointments = rng.choice((0.2, 0.2, 0.2, 1))
    for weekday in range(7):
        for _number in range(rng.choice((0, 1, 1, 2))):
            opens, closes = sorted(rng.sample(CLOCKS, 2))
            intervals.append(Interval(weekday, opens, closes, by_appointment=rng.random() < appointments))
    exceptions = []
    for _number in range(rng.choice((0, 0, 1, 2, 4))):
        first = day + timedelta(days=rng.randint(-4, 4))
        last = first + timedelta(days=rng.choice((0, 0, 1, 2, 5, 90)))
        reason = rng.choice(("", "Teamtag", "Umbau %(name)s"))
        if rng.random() < max(appointments, 0.5):
            exceptions.append(ExceptionPeriod(first, last, reason=reason))
        else:
            opens, closes = sorted(rng.sample(CLOCKS, 2))
            exceptions.append(ExceptionPeriod(first, last, False, opens, closes, reason))
    if rng.random() < 0.1:
        intervals = []
    return OpeningHours(intervals, exceptions, closed_on_public_holidays=rng.random() < 0.8)


def some_moment(rng: Random, day: date, hours: OpeningHours) -> datetime:
    """Return a moment on about that day, often right at an edge of the hours."""
    day += timedelta(days=rng.randint(-2, 2))
    clock = time(rng.randrange(24), rng.randrange(60))
    spans = hours.on(day).spans
    if spans and rng.random() < 0.6:
        span = rng.choice(spans)
        clock = rng.choice((span.opens, span.closes))
    moment = datetime.combine(day, clock, tzinfo=BERLIN).replace(fold=rng.randrange(2)).astimezone(UTC)
    return moment + timedelta(seconds=rng.choice((-3600, -1, 0, 0, 1, 3600)))


def milliseconds(moment: datetime | None) -> int | None:
    return moment and round(moment.timestamp() * 1000)


def said(hours: OpeningHours, at: datetime) -> list:
    status = hours.status(at)
    return [
        hours.is_open(at),
        status.is_open,
        status.by_appointment,
        milliseconds(status.closes_at),
        milliseconds(status.opens_next),
        status.only_by_appointment,
        status.today.kind.value,
        status_text(status),
    ]


def in_each_language(value) -> dict:
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[code] = value()
    return found


def test_opening_hours(phone):
    rng = Random(SEED)  # noqa: S311 - nothing here is secret
    cases, expected = [], []
    for _number in range(HOURS):
        day, language = rng.choice(DAYS), rng.choice(LANGUAGES)
        hours = some_hours(rng, day)
        at = some_moment(rng, day, hours)
        with translation.override(language):
            expected.append(said(hours, at))
        cases.append({"hours": hours_data(hours), "now": milliseconds(at), "language": language})
    answers = phone.evaluate(
        """({cases, words, holidays}) => cases.map(({hours, now, language}) => {
          const { Hours, dayNumber, statusText } = window.Wegweiser;
          const named = Object.entries(holidays[language]).map(([day, name]) => [dayNumber(day), name]);
          const place = new Hours(hours, new Map(named));
          const status = place.status(now), text = statusText(status, words[language]);
          const { isOpen, byAppointment, closesAt, opensNext, onlyByAppointment, today } = status;
          const open = [place.isOpen(now), isOpen, byAppointment];
          return [...open, closesAt, opensNext, onlyByAppointment, today.kind, text];
        })""",
        {
            "cases": cases,
            "words": in_each_language(words),
            "holidays": in_each_language(lambda: holidays_data(date(2026, 1, 1), date(2030, 12, 31))),
        },
    )
    for case, answer, wanted in zip(cases, answers, expected, strict=True):
        assert answer == wanted, case
    # Each kind of answer is among them, and often.
    for wanted in (lambda s: s[1], lambda s: s[2], lambda s: s[5], lambda s: s[4] is None):
        assert sum(map(wanted, expected)) > HOURS / 50
    for kind in ("usual", "exception", "holiday"):
        assert sum(each[6] == kind for each in expected) > HOURS / 20
    assert len({each[7] for each in expected}) > 200


TOPICS, RAEUME, SPOKEN = ("schulden", "wohnen", "sucht"), ("rieth", "roter-berg"), ("de", "ar", "uk")
VALUES = dict(zip(CHOICES, (TOPICS, RAEUME, SPOKEN), strict=True)) | dict.fromkeys(WISHES, (YES,))


def some_of(rng: Random, values) -> frozenset[str]:
    return frozenset(value for value in values if rng.random() < 0.4)


def some_place(rng: Random, number: int, day: date) -> Place:
    services = tuple(
        Service(some_of(rng, TOPICS), some_of(rng, SPOKEN), some_of(rng, [w for w in WISHES if w != "now"]))
        for _number in range(rng.randint(1, 3))
    )
    return Place(
        page=number,
        path="",
        kind=rng.choice(("partner", "offer", "office")),
        title=rng.choice(("Ämterhilfe", "beratung", "Beratung", "Zuflucht")),
        sozialraeume=some_of(rng, RAEUME),
        services=services,
        hours=rng.choice((None, some_hours(rng, day))),
        checked_until=rng.choice((None, day - timedelta(days=1), day)),
    )


def test_what_fits_its_order_and_all_numbers(phone):
    rng = Random(SEED)  # noqa: S311 - nothing here is secret
    cases, expected, ways = [], [], 0
    for _number in range(QUESTIONS):
        day = rng.choice(DAYS)
        places = in_server_order(some_place(rng, number, day) for number in range(1, rng.randint(1, 13)))
        asked = {name: rng.choice(values) for name, values in VALUES.items() if rng.random() < 0.35}
        own = sorted(some_of(rng, RAEUME))
        at = some_moment(rng, day, OpeningHours())
        found = find(places, asked, at)
        out = ways_out(places, asked, at)
        ways += bool(out)
        expected.append(
            [
                [place.page for place in in_order(found.places, asked, at, day, own)],
                [count(found, name, value) for name, values in VALUES.items() for value in values],
                [found.without[name] for name in VALUES],
                [[list(names), number] for names, number in out],
            ]
        )
        cases.append(
            {
                "places": [place_data(place, "", "") for place in places],
                "answers": asked,
                "own": own,
                "now": milliseconds(at),
                "today": day.isoformat(),
            }
        )
    answers = phone.evaluate(
        """({cases, values, holidays}) => cases.map(({places, answers, own, now, today}) => {
          const { complete, count, dayNumber, find, inOrder, waysOut } = window.Wegweiser;
          const all = complete({ places, holidays });
          const found = find(all, answers, now);
          return [
            inOrder(found.places, answers, own, now, dayNumber(today)).map((place) => place.page),
            Object.entries(values).flatMap(([name, each]) => each.map((value) => count(found, name, value))),
            Object.keys(values).map((name) => found.without.get(name) || 0),
            waysOut(all, answers, now),
          ];
        })""",
        {
            "cases": cases,
            "values": VALUES,
            "holidays": holidays_data(date(2026, 1, 1), date(2030, 12, 31)),
        },
    )
    for case, answer, wanted in zip(cases, answers, expected, strict=True):
        assert answer == wanted, case
    assert ways > QUESTIONS / 10
    assert sum(len(each[0]) > 1 for each in expected) > QUESTIONS / 4
