"""Whatever stands in the address, the search page answers with something sensible."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.question import MAX_LENGTH, page_number
from tests.factories import ContentPageFactory

NOTHING = ["", " ", "%", "'", '"', "\\", "-", "--", "…", "🦊", "&|!():*<>", "\x00", "%00"]
SOMETHING = [
    *("x" * 5000, "wort " * 1000, "ü" * 5000, "a-" * 2500),
    *("a\x00b", "'; DROP TABLE home_offerpage; --", "'wort", "wort'", "wort\\", "100%", "%s %(a)s {0}"),
    *("wort:*", "!wort", "a & b | !c", "<-> a", "a <2> b", "und oder der die das", "C++", "§ 22 SGB II"),
    *(
        "🦊 Fuchs",
        "\u202egnureB",
        "ﬁ",
        "<b>wort</b>",
        "http://example.org/a?b=c",
        "name@example.org",
        "\ue000a",
    ),
]


@pytest.mark.parametrize("text", [*NOTHING, *SOMETHING], ids=lambda text: ascii(text[:20]))
def test_hostile_words(traeger_a, ask, text):
    for scope in ("site", "all"):
        answer = ask(text, traeger_a, scope=scope)
        assert len(answer.context["question"].text) <= MAX_LENGTH
        assert (not answer.context["question"].words) == (text in NOTHING and text != "%00")


def test_stop_words_alone_are_looked_up(traeger_a, ask):
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Oder")
    assert page.title in ask("und oder der", traeger_a).titles


@pytest.mark.parametrize(
    ("page", "number"),
    [("", 1), ("abc", 1), ("0", 1), ("-3", 1), ("1.5", 1), ("²", 1), ("2", 2), ("99999", 2), ("9" * 5000, 1)],
)
def test_paging(traeger_a, ask, page, number):
    for _number in range(12):
        ContentPageFactory(parent=traeger_a.site.root_page, summary="Kranichfeld")
    answer = ask("Kranichfeld", traeger_a, page=page)
    assert answer.hits.total == 12
    assert answer.context["page_obj"].number == number
    assert len(answer.titles) == (10 if number == 1 else 2)


@pytest.mark.parametrize(
    "parameters", [{"scope": "x"}, {"scope": ["all", "x"]}, {"kind": ["", "\x00", "offer"]}]
)
def test_unknown_choices(traeger_a, ask, parameters):
    assert ask("Kranichfeld", traeger_a, **parameters).context["question"].scope == "site"


def test_only_reading(traeger_a, client_for):
    client = client_for(None, traeger_a)
    assert client.post("/suche/", {"q": "x"}).status_code == 405
    assert client.head("/suche/?q=x").status_code == 200


@given(st.text(max_size=12))
def test_page_numbers(text):
    assert 1 <= page_number(text) < 10**9


@pytest.mark.django_db
class TestAnything:
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_any_text(self, text, traeger_a, client_for):
        assert client_for(None, traeger_a).get("/suche/", {"q": text}).status_code == 200
