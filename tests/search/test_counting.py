"""What is searched for is counted, and of whom nothing is known is not said."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from search.asked.counting import KEPT, SELDOM_KEPT, forget
from search.asked.models import AskedQuestion
from sites.models import AttemptCount
from tests.factories import ContentPageFactory

CLICKED = "/suche/geoeffnet/"


@pytest.fixture
def page(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page, title="Bürgergeld")


def later() -> None:
    """Let the ten minutes pass in which a question counts once."""
    AttemptCount.objects.filter(key__startswith="search:asked:").delete()
    AttemptCount.objects.filter(key__startswith="search:clicked:").delete()


def rows() -> list[tuple]:
    return list(AskedQuestion.objects.order_by("pk").values_list("text", "number", "without_hits", "clicks"))


def test_a_question_is_counted_without_anything_about_who_asked(page, traeger_a, ask):
    ask("  Bürgergeld? ", traeger_a)
    (row,) = AskedQuestion.objects.values()
    month = timezone.localdate().replace(day=1)
    assert {name: value for name, value in row.items() if name != "id"} == {
        "text": "bürgergeld",
        "language": "de",
        "month": month,
        "first_on": timezone.localdate(),
        "number": 1,
        "without_hits": 0,
        "clicks": 0,
    }


def test_once_in_ten_minutes(page, traeger_a, traeger_b, ask):
    for where in (traeger_a, traeger_a, traeger_b):
        ask("Bürgergeld", where)
    assert rows() == [("bürgergeld", 1, 0, 0)]
    later()
    ask("BÜRGERGELD", traeger_b)
    assert rows() == [("bürgergeld", 2, 0, 0)], "nothing on this site, but on another one"


def test_without_a_hit(traeger_a, ask):
    ask("Kranichfeld", traeger_a)
    assert rows() == [("kranichfeld", 1, 1, 0)]


@pytest.mark.parametrize(
    "parameters", [{"page": "2"}, {"kind": "event"}, {"order": "date"}, {"literal": "1"}], ids=str
)
def test_what_follows_the_question_is_no_new_one(parameters, page, traeger_a, ask):
    ask("Bürgergeld", traeger_a, **parameters)
    assert rows() == []


@pytest.mark.parametrize(
    "words",
    [
        *("anna@beispiel.test", "0361 23125 12", "+49 30 23125-17", "geboren 12.03.1987", "1 2 3 4 5"),
        *("", "!?", "Wort " * 30),
    ],
)
def test_what_may_be_somebody_s_number_or_address_is_not_counted(words, traeger_a, ask):
    ask(words, traeger_a)
    assert rows() == []


@pytest.mark.parametrize("words", ["SGB II", "§ 16i", "Hartz 4", "1234"])
def test_numbers_of_laws_are(words, traeger_a, ask):
    ask(words, traeger_a)
    assert [text for text, *_counts in rows()] == [words.casefold()]


def test_what_a_browser_fetches_in_advance_nobody_asked_for(page, traeger_a, client_for):
    client = client_for(None, traeger_a)
    client.get("/suche/?q=Bürgergeld", headers={"Sec-Purpose": "prefetch"})
    client.head("/suche/?q=Bürgergeld")
    client.get("/suche/vorschlaege/?q=Bürgergeld")
    assert rows() == []


class TestClicks:
    @pytest.fixture
    def click(self, traeger_a, client_for):
        def make(url, origin="http://{host}", **headers):
            client = client_for(None, traeger_a)
            host = f"{traeger_a.site.hostname}:{traeger_a.site.port}"
            return client.post(url, headers={"Origin": origin.format(host=host), **headers}).status_code

        return make

    @pytest.fixture
    def url(self, page, traeger_a, ask) -> str:
        return ask("Bürgergeld", traeger_a).context["click_url"]

    def test_a_hit_names_who_is_told(self, page, traeger_a, ask):
        answer = ask("Bürgergeld", traeger_a)
        url = answer.context["click_url"]
        assert url.startswith(CLICKED)
        assert f'ping="{url.replace("&", "&amp;")}"' in answer.html

    def test_it_is_counted_once(self, url, click):
        assert [click(url) for _time in range(3)] == [204, 204, 204]
        assert rows() == [("bürgergeld", 1, 0, 1)]

    def test_never_more_than_the_question(self, url, click):
        for _time in range(3):
            assert click(url) == 204
            later()
        assert rows() == [("bürgergeld", 1, 0, 1)]

    def test_what_nobody_asked_makes_no_row(self, db, click):
        assert click(f"{CLICKED}?q=erfunden&language=de") == 204
        assert click(f"{CLICKED}?q=%00&language=%00") == 204
        assert click(CLICKED) == 204
        assert not AskedQuestion.objects.exists()
        assert not AttemptCount.objects.exists()

    @pytest.mark.parametrize("origin", ["https://anderswo.test", "null", "", "http://{host}.anderswo.test"])
    def test_other_sites_count_nothing(self, url, click, origin):
        assert click(url, origin) == 403
        assert rows() == [("bürgergeld", 1, 0, 0)]

    def test_only_by_a_request_that_changes_something(self, url, traeger_a, client_for):
        assert client_for(None, traeger_a).get(url).status_code == 405


def asked(*questions: str) -> None:
    with connection.cursor() as cursor:
        for each in questions:
            cursor.execute("SELECT portal_search_asked(%s, 'de', true)", [each])


class TestNoFlood:
    def test_only_so_many_in_ten_minutes(self, world):
        asked(*(f"frage {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(620)))
        assert AskedQuestion.objects.count() == 600
        assert AttemptCount.objects.count() < 610

    def test_only_so_many_new_ones_a_day(self, world):
        asked("eins")
        AttemptCount.objects.filter(key="search:new").update(count=1000)
        asked("zwei")
        later()
        asked("eins")
        assert [(text, number) for text, number, *_rest in rows()] == [("eins", 2)]

    @pytest.mark.parametrize("text", ["", "x" * 101, None])
    def test_no_other_lengths(self, text, world):
        asked(text)
        assert not AskedQuestion.objects.exists()

    def test_no_language_that_there_is_not(self, world):
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_search_asked('wort', 'klingonisch', true)")
        assert not AskedQuestion.objects.exists()


def test_what_is_asked_seldom_is_forgotten_soon_and_everything_in_the_end(db):
    today = timezone.localdate()

    def row(text, days, number, month=None):
        first_on = today - timedelta(days=days)
        AskedQuestion.objects.create(
            text=text, language="de", month=month or first_on.replace(day=1), first_on=first_on, number=number
        )

    row("selten, neu", SELDOM_KEPT - 1, 2)
    row("selten, alt", SELDOM_KEPT, 2)
    row("oft, alt", SELDOM_KEPT, 3)
    row("oft, uralt", KEPT, 9, date(2020, 1, 1))
    forget()
    assert {text for text, *_counts in rows()} == {"selten, neu", "oft, alt"}
