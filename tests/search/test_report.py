"""The report on what people search for: for the roles of the knowledge base, one click from what helps."""

import csv
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search.asked.models import AskedQuestion, MissingContent
from search.asked.report import months_ago
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from tests.factories import UserFactory

REPORT = reverse("questions:index")


def row(text, number=5, missed=0, clicks=0, language="de", months=0):
    return AskedQuestion.objects.create(
        text=text,
        language=language,
        month=months_ago(months),
        first_on=months_ago(months),
        number=number,
        without_hits=missed,
        clicks=clicks,
    )


@pytest.fixture
def show(knowledge, person, client_for):
    """`show(role=…, **parameters)` → the answer of the report."""

    def make(role=REDAKTION, **parameters):
        return client_for(person(role, knowledge), knowledge).get(REPORT, parameters)

    return make


def shown(response) -> list[tuple]:
    assert response.status_code == 200
    return [
        (each["text"], each["total"], each["missed"], each["opened"])
        for each in response.context["object_list"]
    ]


class TestWhoSeesIt:
    @pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
    def test_the_roles_of_the_knowledge_base(self, role, show):
        row("bürgergeld")
        response = show(role)
        assert shown(response) == [("bürgergeld", 5, 0, 0)]

    @pytest.mark.parametrize(
        ("role", "where"),
        [
            *((role, "traeger_a") for role in (LESEN, REDAKTION, LEITUNG)),
            *((role, "coordination") for role in (REDAKTION, LEITUNG)),
            (LESEN, "knowledge"),
        ],
    )
    @pytest.mark.parametrize("url", [REPORT, reverse("questions:index_results"), f"{REPORT}?export=csv"])
    def test_nobody_else(self, role, where, url, world, person, client_for):
        row("bürgergeld")
        traeger = getattr(world, where)
        response = client_for(person(role, traeger), traeger).get(url)
        # Who may not enter the editing area at all is led to its door.
        assert response.status_code == (404 if role != LESEN else 302)

    def test_administrators_do(self, knowledge, client_for):
        assert client_for(UserFactory(admin=True), knowledge).get(REPORT).status_code == 200


class TestWhatIsShown:
    def test_not_what_was_asked_too_seldom(self, show):
        row("einmal", number=2)
        row("einmal", number=2, months=1)
        row("oft", number=3)
        assert shown(show()) == [("oft", 3, 0, 0)], "2 + 2 may be one person in each month"

    def test_months_are_added_up_and_the_most_comes_first(self, show):
        row("bürgergeld", 5, 1, 2)
        row("bürgergeld", 4, 2, 1, months=1)
        row("kita", 10, 0, 9)
        assert shown(show()) == [("kita", 10, 0, 9), ("bürgergeld", 9, 3, 3)]

    @pytest.mark.parametrize(
        ("period", "total"), [("1", 5), ("3", 8), ("12", 13), ("", 21)], ids=["1", "3", "12", "all"]
    )
    def test_the_period(self, period, total, show):
        for months, number in ((0, 5), (2, 3), (5, 5), (14, 8)):
            row("kita", number, months=months)
        assert shown(show(period=period)) == [("kita", total, 0, 0)]

    def test_what_came_of_it(self, show):
        row("nichts", 6, 6)
        row("manchmal nichts", 6, 1, 5)
        row("wenig", 9, 0, 2)
        row("gut", 8, 0, 2)
        assert [text for text, *_counts in shown(show(show="without-hits"))] == ["manchmal nichts", "nichts"]
        assert [text for text, *_counts in shown(show(show="few-clicks"))] == ["wenig"]

    def test_the_language(self, show):
        row("kita")
        row("debts", language="en")
        assert [text for text, *_counts in shown(show(language="en"))] == ["debts"]

    def test_the_order(self, show):
        row("b", 3, 3)
        row("a", 4, 1)
        assert [text for text, *_counts in shown(show(ordering="text"))] == ["a", "b"]
        assert [text for text, *_counts in shown(show(ordering="-missed"))] == ["b", "a"]
        assert [text for text, *_counts in shown(show(ordering="geheim"))] == ["a", "b"]

    def test_the_table_for_a_spreadsheet_is_no_formula(self, show):
        row("=hyperlink(0)", 4, 1, 2)
        response = show(export="csv")
        lines = list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))
        assert lines[1] == ["'=hyperlink(0)", "de", "4", "1", "2"]

    def test_many_rows_cost_no_more_queries(self, knowledge, person, client_for):
        client, counts = client_for(person(LEITUNG, knowledge), knowledge), []
        client.get(REPORT)
        for turn in range(2):
            for number in range(5):
                row(f"frage {turn} {number}")
            with CaptureQueriesContext(connection) as captured:
                assert len(shown(client.get(REPORT))) == 5 * (turn + 1)
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestOneClick:
    WAYS = ("synonyms:add", "pins:add", "missing-content:add")

    def test_who_keeps_all_is_led_to_all(self, show):
        row("kita & co")
        html = show(LEITUNG).content.decode()
        for view in self.WAYS:
            assert f"{reverse(view)}?question=kita+%26+co" in html

    def test_who_only_writes_is_led_to_what_is_missing(self, show):
        row("kita")
        html = show(REDAKTION).content.decode()
        assert [reverse(view) in html for view in self.WAYS] == [False, False, True]

    @pytest.mark.parametrize(
        ("view", "field"),
        [("synonyms:add", "words"), ("pins:add", "questions"), ("missing-content:add", "question")],
    )
    def test_the_question_is_filled_in(self, view, field, knowledge, person, client_for):
        client = client_for(person(LEITUNG, knowledge), knowledge)
        form = client.get(reverse(view), {"question": "kita & co"}).context["form"]
        assert form[field].value() == "kita & co"


class TestMissingContent:
    ADD = reverse("missing-content:add")

    @pytest.fixture
    def client(self, knowledge, person, client_for):
        return client_for(person(REDAKTION, knowledge), knowledge)

    def test_a_task_is_noted_done_and_no_longer_on_the_dashboard(self, client):
        response = client.post(self.ADD, {"question": "Kita in Rieth", "note": ""})
        assert response.status_code == 302, response.context["form"].errors
        task = MissingContent.objects.get()
        assert abs(task.noted_at - timezone.now()).total_seconds() < 60
        assert "Kita in Rieth" in client.get("/admin/").content.decode()
        edit = reverse("missing-content:edit", args=[task.pk])
        assert client.post(edit, {"question": "Kita in Rieth", "done": "on"}).status_code == 302
        client.get("/admin/")  # says that it is saved
        assert "Kita in Rieth" not in client.get("/admin/").content.decode()
        assert "Kita in Rieth" in client.get(reverse("missing-content:index")).content.decode()

    @pytest.mark.parametrize("where", ["traeger_a", "coordination"])
    def test_others_see_and_change_nothing(self, where, world, person, client_for):
        MissingContent.objects.create(question="Kita in Rieth")
        traeger = getattr(world, where)
        client = client_for(person(LEITUNG, traeger), traeger)
        assert "Kita in Rieth" not in client.get("/admin/").content.decode()
        assert client.get(reverse("missing-content:index")).status_code in (302, 403)
        client.post(self.ADD, {"question": "X", "note": ""})
        assert MissingContent.objects.count() == 1


@pytest.mark.parametrize(
    ("today", "number", "expected"),
    [((2026, 11, 30), 0, (2026, 11, 1)), ((2026, 1, 31), 1, (2025, 12, 1)), ((2026, 3, 1), 14, (2025, 1, 1))],
)
def test_months_ago(today, number, expected, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(*today))
    assert months_ago(number) == date(*expected)
