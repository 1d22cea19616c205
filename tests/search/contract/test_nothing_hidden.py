"""Whatever Elasticsearch holds for others, its answer is the one that there would be without it."""

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from search.engine import asking
from search.meaning import model
from search.postgresql import Asked
from search.text import question
from sites.access.roles import LESEN
from sites.rls.identity import SITE
from tests.search.contract import engine
from tests.search.meaning.stand_in import make_vectors
from tests.search.test_nothing_hidden import asked_texts, choices, documents, fill
from tests.web_role import web_process


def answer(text: str, chosen: dict, below: str, newest_first: bool):
    """What the engine says, with scores as exact as it has likenesses."""
    asked = question(text, "de")
    words = tuple(word.terms for word in asked.words)
    vector = model.query(text)
    found = asking.search(
        Asked(
            words,
            asked.phrases,
            asked.excluded,
            "de",
            below,
            chosen,
            own=("sozialraum:rieth",),
            newest_first=newest_first,
            vector=vector,
        )
    )
    return replace(found, hits=tuple(hit._replace(score=round(hit.score, 4)) for hit in found.hits))


@pytest.mark.parametrize("meaning", ["words", "also by meaning"])
def test_every_answer_is_the_one_without_what_is_hidden(
    meaning, elasticsearch, traeger_a, traeger_b, person, stand_in, settings
):
    settings.SEARCH_SEMANTIC = meaning != "words"
    own, other = (f"g:{traeger.group(LESEN).pk}" for traeger in (traeger_a, traeger_b))
    user = person(LESEN, traeger_a)
    principals = {"public", "any", "staff", own, f"u:{user.pk}"}
    paths = [traeger_a.folder.path, traeger_b.folder.path]
    totals = set()
    make_vectors()
    engine.build()

    @tried(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        found=st.lists(documents(["public", own, other], paths), min_size=3, max_size=8),
        asked=st.lists(asked_texts, min_size=1, max_size=3),
        chosen=choices,
        below=st.sampled_from(["", paths[0]]),
        newest_first=st.booleans(),
    )
    def check(found, asked, chosen, below, newest_first):
        said = []
        for hidden_from in (None, principals):
            with transaction.atomic():
                # What an example before has left.
                elasticsearch.delete_by_query(
                    index=engine.index_name(), query={"exists": {"field": "entry"}}, refresh=True
                )
                fill(found, hidden_from)
                engine.catch_up()
                with web_process(user, traeger_a, SITE):
                    said.append([answer(each, chosen, below, newest_first) for each in asked])
                transaction.set_rollback(True)
        everything, readable = said
        assert everything == readable
        totals.update(each.total for each in readable)

    check()
    assert max(totals) > 0
