"""A mistyped word among others, also in quotation marks: from what the person may read, on both engines."""

import pytest

from search.indexing import drain
from sites.access.roles import LESEN
from tests.factories import ContentPageFactory, InternalPageFactory
from tests.search.contract import engine
from tests.search.contract.conftest import elasticsearch  # noqa: F401 - a fixture

TITLE = "Hilfe bei Mietrückständen im Kranichfeld"
OTHER = "Kranichfeld und Hilfe"
# What is asked, what is said to occur nowhere, and what is found first.
QUESTIONS = [
    ("Was kann ich bei Mietrückstnad tun?", ("Mietrückstnad",), TITLE),
    ("Mietrückstnad Kranichfedl", ("Mietrückstnad", "Kranichfedl"), TITLE),
    ("wo gibt es im Kranichfeld Hilfe bei Mietrükstand", ("Mietrükstand",), TITLE),
    ('"Hilfe bei Mietrückstädnen"', ("Mietrückstädnen",), TITLE),
    ('"Kranichfedl und Hilfe"', ("Kranichfedl",), OTHER),
    ('Kranichfeld "bei Mietrückstnad"', ("Mietrückstnad",), TITLE),
    ('Mietrückstnad "im Kranichfeld"', ("Mietrückstnad",), TITLE),
]
# Nothing is mistyped here, or nothing is like it.
RIGHT = [
    ('"Hilfe bei Kranichfeld"', None),
    ('"Mietrückstnad Hilfe"', None),
    ('"Nirgendwo Kranichfeld"', None),
    ('"Kranichfeld und Hilfe"', OTHER),
    ("Kranichfeld Nirgendwo", OTHER),
]


@pytest.fixture(params=["postgresql", "elasticsearch"])
def either(request, db):
    """Each of the engines; a function that lets it know of what was made."""
    if request.param == "postgresql":
        yield drain
        return
    request.getfixturevalue("elasticsearch")

    def learn() -> None:
        drain()
        engine.build()

    yield learn


@pytest.fixture
def pages(traeger_a, either):
    for title in (TITLE, OTHER):
        ContentPageFactory(parent=traeger_a.site.root_page, title=title)
    either()


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("text", "mistyped", "title"), QUESTIONS)
def test_the_similar_word_is_found_and_said(text, mistyped, title, traeger_a, ask):
    answer = ask(text, traeger_a)
    assert answer.hits.mistyped == mistyped
    assert answer.titles[0] == title
    assert f"„{', '.join(mistyped)}“ kommt nirgends vor." in answer.html
    assert not answer.hits.instead


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(("text", "title"), RIGHT)
def test_what_is_right_is_not_corrected(text, title, traeger_a, ask):
    answer = ask(text, traeger_a)
    assert answer.hits.mistyped == ()
    assert answer.titles[:1] == ([title] if title else [])


@pytest.mark.parametrize("text", ['"Hilfe im Kranichfedl"', "wo gibt es Hilfe im Kranichfedl"])
def test_never_from_what_others_read(text, either, traeger_a, traeger_b, person, ask):
    InternalPageFactory(parent=traeger_b.site.root_page, title="Hilfe im Kranichfeld")
    either()
    for user in (None, person(LESEN, traeger_a)):
        hits = ask(text, traeger_a, user, scope="all").hits
        assert (hits.mistyped, hits.total) == ((), 0)
    assert ask(text, traeger_a, person(LESEN, traeger_b), scope="all").hits.mistyped == ("Kranichfedl",)
