"""Several people at once at two web processes with pooled connections: nobody gets what another asked for."""

import os
import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import InternalPage
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.models import User
from tests.factories import InternalPageFactory, UserFactory
from tests.serving import ask, serving
from tests.sites.grants.granting import grant
from tests.sites.rls.web_requests import cookie
from tests.world import load

pytestmark = pytest.mark.xdist_group("full")

WORKERS = 2
THREADS = 4  # of each worker
CONNECTIONS = 2  # for all of these
# `make pool REQUESTS=20000` asks more often.
REQUESTS = (
    [int(os.environ["REQUESTS"])]
    if "REQUESTS" in os.environ
    else [200, pytest.param(500, marks=pytest.mark.long)]
)


@dataclass(frozen=True)
class Request:
    """What somebody asks for, and the status and the word of the right answer."""

    cookie: str
    host: str
    path: str
    status: int
    word: str | None = None


@pytest.fixture
def wanted(full_portal, django_db_blocker):
    """What four people ask for, each what only they may see and what is another one's; and a visitor.

    Two editors, somebody of the first Träger who only reads, and a guest of the second one from Jena.
    """
    with django_db_blocker.unblock():
        world = load()
        a, b, jena = world.traeger_a, world.traeger_b, world.coordination
        # Their word, where its page is, who may read that; and whose word they must not get.
        people = {
            "Nordgeheimnis": (a, REDAKTION, UserFactory(role=REDAKTION, traeger=a), "Gastgeheimnis"),
            "Lesegeheimnis": (a, LESEN, UserFactory(role=LESEN, traeger=a), "Nordgeheimnis"),
            "Südgeheimnis": (b, REDAKTION, UserFactory(role=REDAKTION, traeger=b), "Lesegeheimnis"),
            "Gastgeheimnis": (b, LEITUNG, UserFactory(role=REDAKTION, traeger=jena), "Südgeheimnis"),
        }
        pages = {}
        for word, (traeger, role, *_) in people.items():
            pages[word] = InternalPageFactory(parent=traeger.site.root_page, title=word)
            pages[word].view_restrictions.get().groups.set([traeger.group(role)])
        guest = people["Gastgeheimnis"][2]
        tomorrow = timezone.now() + timedelta(days=1)
        grant(guest, pages["Gastgeheimnis"], "change", expires_at=tomorrow)

        made = []
        for word, (traeger, role, user, foreign) in people.items():
            browser = cookie(user)
            there = people[foreign][0].site.hostname
            made.append(Request(browser, traeger.site.hostname, f"/{pages[word].slug}/", 200, word))
            made.append(Request(browser, there, f"/{pages[foreign].slug}/", 404))
            if role != LESEN:
                # Of all addresses in the editing area the quickest that tells a title.
                work = (jena if user == guest else traeger).site.hostname
                address = "/admin/api/main/pages/{}/"
                made.append(Request(browser, work, address.format(pages[word].pk), 200, word))
                made.append(Request(browser, work, address.format(pages[foreign].pk), 404))
        made.append(Request("", a.site.hostname, f"/{pages['Nordgeheimnis'].slug}/", 404))
        made.append(Request("", world.knowledge.site.hostname, "/methoden/", 404))
        yield made
        for page in pages.values():
            InternalPage.objects.get(pk=page.pk).delete()
        User.objects.filter(pk__in=[user.pk for *_, user, _foreign in people.values()]).delete()


@pytest.fixture
def port(full_portal):
    """Where gunicorn serves, as in production: with several processes, each with threads and a pool."""
    with serving(WORKERS, THREADS, CONNECTIONS) as server:
        yield server.port


@pytest.mark.parametrize("requests", REQUESTS)
def test_nobody_gets_what_another_one_asked_for(requests, wanted, port):
    words = {request.word for request in wanted if request.word}
    random.seed(0)
    asked = [random.choice(wanted) for _number in range(requests)]  # noqa: S311
    with ThreadPoolExecutor(WORKERS * THREADS) as threads:
        answers = list(
            threads.map(lambda request: ask(port, request.host, request.path, request.cookie), asked)
        )
    got = [(answer.status, {word for word in words if word in answer.text}) for answer in answers]
    right = [(request.status, {request.word} - {None}) for request in asked]
    failures = [(request, what) for request, what, one in zip(asked, got, right, strict=True) if what != one]
    assert failures == []
    backends, people = defaultdict(set), defaultdict(set)
    for request, answer in zip(asked, answers, strict=True):
        backends[answer.process].add(answer.backend)
        people[answer.backend].add(request.cookie)
    assert len(backends) == WORKERS
    assert all(len(used) <= CONNECTIONS for used in backends.values())
    # So it was no accident that nobody got another one's: the connections went from hand to hand.
    assert all(len(users) > 1 for users in people.values())
