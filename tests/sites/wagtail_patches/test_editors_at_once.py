"""Editors of two Träger open drafts at the same moment in one web process: nobody gets the other's text."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from home.models import ContentPage
from sites.access.roles import REDAKTION
from sites.models import User
from tests.factories import ContentPageFactory, UserFactory
from tests.serving import ask, serving
from tests.sites.rls.web_requests import cookie
from tests.world import load

pytestmark = pytest.mark.xdist_group("full")

THREADS = 8
BLOCKS = 14
# Enough that each opening spends most of its time where text becomes what the editor shows.
PARAGRAPHS = 60


def body(word: str) -> str:
    paragraph = f"<p>{word} <b>betont</b> und <i>schief</i></p>"
    return json.dumps([{"type": "text", "value": paragraph * PARAGRAPHS} for _number in range(BLOCKS)])


@pytest.fixture
def drafts(full_portal, django_db_blocker):
    """The word of each draft, the host and address of its editor, and the cookie of who edits it.

    Words of ASCII: the editor gets JSON.
    """
    with django_db_blocker.unblock():
        world = load()
        made, pages, people = {}, [], []
        for word, traeger in {"Nordentwurf": world.traeger_a, "Westentwurf": world.traeger_b}.items():
            page = ContentPageFactory(
                parent=traeger.site.root_page, title=word, body=body(word), publish=False
            )
            user = UserFactory(role=REDAKTION, traeger=traeger)
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
            made[word] = (traeger.site.hostname, address, cookie(user))
            pages.append(page.pk)
            people.append(user.pk)
        yield made
        for page in ContentPage.objects.filter(pk__in=pages):
            page.delete()
        User.objects.filter(pk__in=people).delete()


@pytest.mark.parametrize("rounds", [2, pytest.param(12, marks=pytest.mark.long)])
def test_nobody_gets_the_text_of_another_draft(rounds, drafts):
    words = list(drafts)
    asked = words * (THREADS // len(words) * rounds)
    with (
        serving(workers=1, threads=THREADS, connections=THREADS) as server,
        ThreadPoolExecutor(THREADS) as threads,
    ):
        answers = list(threads.map(lambda word: ask(server.port, *drafts[word]), asked))
    found = [(answer.status, set(re.findall("|".join(words), answer.text))) for answer in answers]
    assert found == [(200, {word}) for word in asked]
    # All of it: a parser that is shared also loses text.
    for word, answer in zip(asked, answers, strict=True):
        assert answer.text.count(f"{word} betont und schief") == BLOCKS * PARAGRAPHS
