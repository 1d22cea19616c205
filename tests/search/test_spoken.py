"""Who asks in another language sees which offices speak it."""

import pytest
from wagtail.models import PageViewRestriction

from search.spoken import spoken_by
from tests.factories import AnlaufstellePageFactory

SPOKEN = [
    ("допомога з переїздом", "de", ("uk",)),
    ("помощь с переездом и выплатой", "de", ("ru",)),
    ("квартира", "de", ("uk", "ru", "bg", "mk", "sr")),
    ("الدفع بالتقسيط", "de", ("ar", "fa", "prs", "ckb", "ps", "ur")),
    ("مساعدة الأسرة", "de", ("ar",)),
    ("پرداخت قسطی", "de", ("fa", "prs")),
    ("ქირა", "de", ("ka",)),
    ("Miete Київ", "de", ()),
    ("Miete", "de", ()),
    ("Miete", "de-simple", ()),
    ("rent debts", "en", ("en",)),
    ("112 ?!", "de", ()),
    ("", "de", ()),
]


@pytest.mark.parametrize(
    ("text", "language", "expected"), SPOKEN, ids=[row[0] or "nothing" for row in SPOKEN]
)
def test_the_language_of_a_question(text, language, expected):
    assert spoken_by(text, language) == expected


@pytest.fixture
def offices(traeger_a, traeger_b):
    """Offices of two Träger; `a` speaks Ukrainian, `b` Arabic, `c` of the other one both."""
    made = {
        "a": (traeger_a, ["uk"]),
        "b": (traeger_a, ["ar"]),
        "c": (traeger_b, ["ar", "uk"]),
    }
    return {
        name: AnlaufstellePageFactory(parent=traeger.site.root_page, title=f"Büro {name}", languages=spoken)
        for name, (traeger, spoken) in made.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"), [("допомога", ["a"]), ("الإيجار", ["b"]), ("Miete", [])], ids=["uk", "ar", "de"]
)
def test_offices_of_all_that_speak_it(text, expected, offices, traeger_a, ask):
    answer = ask(text, traeger_a)
    assert [office.title for office in answer.context["offices"]] == [
        f"Büro {name}" for name in (expected and [*expected, "c"])
    ]
    assert ("sprechen Ihre Sprache" in answer.html) == bool(expected)


def test_none_that_the_person_may_not_read(offices, traeger_a, traeger_b, person, ask):
    PageViewRestriction.objects.create(page=offices["c"], restriction_type=PageViewRestriction.LOGIN)
    assert [office.title for office in ask("допомога", traeger_a).context["offices"]] == ["Büro a"]
    assert "Büro c" not in ask("допомога", traeger_a).html
    staff = ask("допомога", traeger_b, person("lesen", traeger_b))
    assert [office.title for office in staff.context["offices"]] == ["Büro a", "Büro c"]


def test_one_query_and_none_for_german(offices, traeger_a, ask, django_assert_max_num_queries):
    ask("Miete", traeger_a)
    with django_assert_max_num_queries(100) as german:
        ask("Mietrecht", traeger_a)
    with django_assert_max_num_queries(100) as ukrainian:
        ask("допомога", traeger_a)
    assert sum("languages" in query["sql"] and "&&" in query["sql"] for query in german) == 0
    assert sum("languages" in query["sql"] and "&&" in query["sql"] for query in ukrainian) == 1
