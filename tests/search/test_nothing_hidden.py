"""Whatever the index holds for others, each answer is the one that there would be without it.

Entries with any readers, texts, places and dates are asked any questions, as somebody; then the same with
what this person may read alone. Everything must be the same: hits and their scores, numbers, facets,
corrections, suggestions.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as settings_now
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from wagtail.models import Locale

from search import postgresql, weights
from search.indexing import VERSION, Field, read, store
from search.meaning import model
from search.models import Entry
from search.postgresql import Asked
from search.text import question, tokens
from sites.access.roles import LESEN
from sites.rls.identity import SITE
from tests import indexing as at_once
from tests.search.meaning.stand_in import make_vectors
from tests.web_role import web_process

# Few words, some of which resemble each other or are parts of others, so that they meet.
WORDS = ("Schulden", "Schuldnerberatung", "Beratung", "Beratnug", "Wohngeld", "Wohnung", "Antrag", "Rieth")
NOW = datetime.now(UTC)
DAYS = (None, NOW - timedelta(days=9), NOW + timedelta(days=9))
FACETS = ("kind:offer", "kind:method", "topic:schulden", "topic:wohnen", "sozialraum:rieth", "sozialraum:*")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@dataclass(frozen=True)
class Document:
    title: str
    text: str
    readers: tuple[str, ...]
    path: str
    facets: tuple[str, ...]
    until: datetime | None
    checked_until: date | None


@st.composite
def documents(draw, readers, paths):
    return Document(
        title=draw(texts),
        text=draw(texts),
        readers=tuple(draw(st.lists(st.sampled_from(readers), min_size=1, max_size=2, unique=True))),
        path=draw(st.sampled_from(paths)) + "0001",
        facets=tuple(draw(st.lists(st.sampled_from(FACETS), max_size=3, unique=True))),
        until=draw(st.sampled_from(DAYS)),
        checked_until=draw(st.sampled_from([None, *(day.date() for day in DAYS if day)])),
    )


asked_texts = st.one_of(
    texts,
    texts.map('"{}"'.format),
    st.tuples(texts, st.sampled_from(WORDS)).map(" -".join),
    st.sampled_from(["Schuldnerberatnug", "Wohngelt", "Rieht", "Antrak Wohngeld"]),
)
choices = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.just(["kind:offer"]),
        "topic": st.sampled_from([["topic:schulden"], ["topic:schulden", "topic:wohnen"]]),
    },
)


def fill(found: list[Document], hidden_from: set[str] | None = None) -> None:
    """Let the index hold `found`; with `hidden_from` only what somebody with these principals reads."""
    locale = Locale.objects.get(language_code="de")
    Entry.objects.all().delete()
    read_documents = {}
    # Numbers that no page has.
    for number, document in enumerate(found, start=1):
        if hidden_from is not None and hidden_from.isdisjoint(document.readers):
            continue
        reading = read(
            [
                Field(weights.FIELDS["title"], document.title),
                Field(weights.TEXT, document.text, is_prose=True),
            ],
            "de",
        )
        entry = Entry(
            page_id=-number,
            path=document.path,
            locale=locale,
            facets=list(document.facets),
            date=NOW + timedelta(days=number),
            until=document.until,
            sequence=reading.sequence,
            version=VERSION,
        )
        read_documents[-number] = (entry, reading)
    store(list(read_documents), read_documents)
    if settings_now.SEARCH_SEMANTIC:
        make_vectors()
    with connection.cursor() as cursor:
        for page in read_documents:
            cursor.execute(
                "UPDATE search_entry SET readers = %s, checked_until = %s WHERE page_id = %s",
                [list(found[-page - 1].readers), found[-page - 1].checked_until, page],
            )


def answers(asked: str, chosen: dict, below: str, newest_first: bool) -> list:
    """Everything that the search says to whoever is asking."""
    analysed = question(asked, "de")
    words = tuple(word.terms for word in analysed.words)
    spoken = Asked(
        words,
        analysed.phrases,
        analysed.excluded,
        "de",
        below,
        chosen,
        own=("sozialraum:rieth",),
        newest_first=newest_first,
        vector=model.query(asked),
    )
    typed = [word.word for word in tokens(asked, "de")]
    return [
        at_once.stale_search(spoken, 0, 20),
        at_once.stale_search(spoken, 1, 2),
        postgresql.similar(sorted({forms[0][0] for forms in words}), "de", below),
        at_once.stale_suggest(typed, "de", below, 6),
        at_once.stale_suggest([typed[0][:2]], "de", below, 6),
    ]


@pytest.mark.parametrize("meaning", ["words", "also by meaning"])
@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_every_answer_is_the_one_without_what_is_hidden(
    who, meaning, traeger_a, traeger_b, person, stand_in, settings
):
    settings.SEARCH_SEMANTIC = meaning != "words"
    own, other = (f"g:{traeger.group(LESEN).pk}" for traeger in (traeger_a, traeger_b))
    user = person(LESEN, traeger_a) if who == "reader" else None
    principals = {"public", "any"} if user is None else {"public", "any", "staff", own, f"u:{user.pk}"}
    paths = [traeger_a.folder.path, traeger_b.folder.path]
    hits = set()
    make_vectors()

    @tried(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        found=st.lists(documents(["public", "staff", own, other], paths), min_size=3, max_size=8),
        asked=st.lists(asked_texts, min_size=1, max_size=3),
        chosen=choices,
        below=st.sampled_from(["", paths[0]]),
        newest_first=st.booleans(),
    )
    def check(found, asked, chosen, below, newest_first):
        said = []
        for hidden_from in (None, principals):
            with transaction.atomic():
                fill(found, hidden_from)
                with web_process(user, traeger_a, SITE):
                    said.append([answers(each, chosen, below, newest_first) for each in asked])
                transaction.set_rollback(True)
        everything, readable = said
        assert everything == readable
        hits.update(answer[0].total for answer in readable)

    check()
    assert min(hits) == 0 < max(hits), "questions that find nothing, and such that find something"
