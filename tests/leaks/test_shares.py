"""Where not everything is sent as everybody, each person still sends enough of each kind."""

from collections import defaultdict

import pytest

from tests.leaks.matrix import Matrix

pytestmark = pytest.mark.xdist_group("leaks")

LEAST = 0.4


def test_everybody_reads_and_writes(planted):
    """Of the routes that somebody asks, enough by GET and enough by POST (or its like)."""
    matrix = Matrix(planted)
    too_few = {}
    for who in planted.people:
        routes = defaultdict(set)
        for probe, _twin in matrix.probes(who):
            routes["reads" if probe.method == "GET" else "writes"].add(probe.route)
        asked = len(set().union(*routes.values()))
        for what in ("reads", "writes"):
            if len(routes[what]) < LEAST * asked:
                too_few[who, what] = f"{len(routes[what])} of {asked}"
    assert not too_few
