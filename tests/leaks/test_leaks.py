"""Nobody learns or changes anything of a Träger that is not theirs, by any address."""

import logging
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tests.leaks.matrix import Matrix
from tests.leaks.modes import everything, only_rls
from tests.leaks.plan import Plan
from tests.leaks.probing import Prober
from tests.leaks.remaining import REMAINING
from tests.leaks.report import Report
from tests.leaks.sample import SIZE, sample

ENTER = "wagtailadmin.access_admin"
# Thousands of answers 404 are what is wanted here; nobody reads about each.
QUIET = ("django.request", "sites.rls.middleware", "sites.admin.middleware", "wagtail.admin")


def probe_all(plan: Plan, asks: dict[str, Iterable], allowed=()) -> Report:
    """Ask for everything in `asks`, by who asks, as one after the other."""
    prober, report = Prober(plan), Report(frozenset(allowed))
    for who, probes in asks.items():
        for probe, twin in probes:
            outcome = prober.ask(who, probe)
            # Who is told 404 about a foreign object learns nothing.
            asks_twice = twin and outcome.status != 404
            report.add(who, probe, outcome, prober.ask(who, twin) if asks_twice else None)
    return report


@pytest.mark.long
@pytest.mark.parametrize(
    "mode",
    [
        pytest.param(everything, marks=pytest.mark.xdist_group("leaks")),
        pytest.param(only_rls, marks=pytest.mark.xdist_group("leaks through RLS")),
    ],
)
def test_nothing_leaks(planted, mode, monkeypatch, last_line):
    for name in QUIET:
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)
    matrix = Matrix(planted)
    whole = bool(os.environ.get("THOROUGH"))
    asks = {who: matrix.probes(who) for who in planted.people} if whole else sample(matrix)
    with mode():
        report = probe_all(planted, asks, REMAINING[mode])
    lines = "\n".join(report.lines())
    print(f"\n{mode.__name__}\n{lines}")
    last_line(f"{mode.__name__}\n{report.summary}")
    assert report.probes >= SIZE
    # Somebody whose login were broken would see nothing either.
    entering = {who for who, person in planted.people.items() if person and person.has_perm(ENTER)}
    assert {who for who, inside in report.let_in if inside} == entering
    assert {who for who, inside in report.let_in if not inside} == set(planted.people)
    assert not report.errors, lines
    assert not report.leaks, lines
    assert report.remained == set(REMAINING[mode])


@pytest.mark.xdist_group("leaks")
def test_the_public_folder_holds_nothing_secret(planted):
    """A web server delivers it without asking anybody."""
    names = [path.name for path in Path(settings.MEDIA_ROOT).rglob("*")]
    found = planted.marks.found_in(" ".join(names))
    assert found
    assert not any(mark.secret for mark in found)


@pytest.mark.parametrize("name", ["wagtailapi:pages:listing", "wagtailapi_v2:pages:listing", "api-v3:docs"])
def test_there_is_no_public_api(name):
    """Wagtail's API answers the same for every host: images and documents of all Träger."""
    with pytest.raises(NoReverseMatch):
        reverse(name)
