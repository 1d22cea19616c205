"""What CI sends of the matrix leaves nothing out, and as everybody enough of each kind."""

from collections import defaultdict

import pytest

from tests.leaks.matrix import Matrix
from tests.leaks.sample import SIZE, role_of, sample

pytestmark = pytest.mark.xdist_group("leaks")

LEAST = 0.4


@pytest.fixture
def matrix(planted) -> Matrix:
    return Matrix(planted)


def test_every_route_is_asked_in_every_role(matrix):
    whole = {(probe.route, role_of(who)) for who, asks in matrix.whole.items() for probe, _twin in asks}
    asked = {(probe.route, role_of(who)) for who, asks in sample(matrix).items() for probe, _twin in asks}
    assert asked == whole


def test_every_query_and_every_body_is_sent(matrix):
    whole = {probe.line for who, asks in matrix.whole.items() for probe, _twin in asks}
    assert {probe.line for asks in sample(matrix).values() for probe, _twin in asks} == whole


def test_it_has_its_size_and_is_the_same_each_time(matrix):
    # The number of an object that does not exist may be any.
    first, again, another = (
        [(who, probe) for who, asks in sample(matrix, seed=seed).items() for probe, _twin in asks]
        for seed in (7, 7, 8)
    )
    assert len(first) == len(another) == SIZE
    assert first == again
    assert first != another


def test_everybody_reads_and_writes(matrix):
    """Of the routes that somebody asks, enough by GET and enough by POST (or its like)."""
    too_few = {}
    for who, asks in sample(matrix).items():
        routes = defaultdict(set)
        for probe, _twin in asks:
            routes["reads" if probe.method == "GET" else "writes"].add(probe.route)
        asked = len(set().union(*routes.values()))
        for what in ("reads", "writes"):
            if len(routes[what]) < LEAST * asked:
                too_few[who, what] = f"{len(routes[what])} of {asked}"
    assert not too_few
