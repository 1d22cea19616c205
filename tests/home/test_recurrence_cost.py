"""What the dates of a series cost: the same, whenever it began. Counted in dates that the rule gives."""

from datetime import date, datetime, timedelta

import pytest
from dateutil import rrule

from home.models import EventIndexPage
from home.recurrence import BERLIN, Frequency, Recurrence
from tests.factories import EventPageFactory
from tests.world import list_page

from .strategies import local

NOW = local(2026, 11, 5, 12)
REPEATED = [each for each in Frequency if each is not Frequency.NONE]
# One date is before the window, a few more are passed over to be sure.
AT_MOST = 40


@pytest.fixture
def given_dates(monkeypatch):
    """The dates that rules have given since the test began."""
    dates = []
    walk = rrule.rrule._iter

    def counting(self):
        for each in walk(self):
            dates.append(each)
            yield each

    monkeypatch.setattr(rrule.rrule, "_iter", counting)
    return dates


def since(year: int, frequency, **options) -> Recurrence:
    start = datetime(year, 1, 29, 15, tzinfo=BERLIN)
    return Recurrence(start, start + timedelta(hours=2), frequency, **options)


@pytest.mark.parametrize("year", [226, 1926, 2026])
@pytest.mark.parametrize("frequency", REPEATED)
def test_each_question_costs_the_same_whenever_the_series_began(given_dates, frequency, year):
    series = since(year, frequency)
    questions = {
        "next": lambda: series.next_occurrence(NOW),
        "some": lambda: series.occurrences(after=NOW, limit=5),
        "window": lambda: series.occurrences(after=NOW, before=NOW + timedelta(days=14)),
        "last": lambda: since(year, frequency, until=date(2027, 12, 31)).last_end(),
        "left out": lambda: since(year, frequency, excluded=[date(2026, 10, 29)]).validate(),
    }
    for name, ask in questions.items():
        given_dates.clear()
        ask()
        assert len(given_dates) <= AT_MOST, name


def test_counting_counts(given_dates):
    since(2026, Frequency.DAILY).occurrences(limit=100)
    assert len(given_dates) == 100


def test_a_list_asks_each_event_once(traeger_a, client_for, monkeypatch):
    for _number in range(12):
        EventPageFactory(parent=list_page(traeger_a, EventIndexPage), past=True, weekly=True)
    asked = []
    ask = Recurrence.next_occurrence

    def counting(self, now, **options):
        asked.append(self)
        return ask(self, now, **options)

    monkeypatch.setattr(Recurrence, "next_occurrence", counting)
    for address in ("/termine/", "/termine/feed/", "/"):
        asked.clear()
        assert client_for(None, traeger_a).get(address).status_code == 200
        assert len(asked) == 12, address
