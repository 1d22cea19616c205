"""Where not everything is sent as everybody, each person still sends enough of each kind."""

from collections import defaultdict

import pytest

from tests.leaks.matrix import Matrix

pytestmark = pytest.mark.xdist_group("leaks")

LEAST = 0.4


def test_everybody_reads_and_writes(planted):
    """Of the routes that somebody asks, enough by GET and enough by POST."""
    matrix = Matrix(planted)
    too_few = {}
    for who in planted.people:
        routes = defaultdict(set)
        for probe, _twin in matrix.probes(who):
            routes[probe.method].add(probe.route)
        asked = len(set().union(*routes.values()))
        for method in ("GET", "POST"):
            if len(routes[method]) < LEAST * asked:
                too_few[who, method] = f"{len(routes[method])} of {asked}"
    assert not too_few
