"""Nobody learns or changes anything of a Träger that is not theirs, by any address."""

import logging
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from sites.interface import reach
from tests import web_role
from tests.leaks.matrix import Matrix
from tests.leaks.modes import everything, only_the_wall
from tests.leaks.probing import Prober
from tests.leaks.remaining import REMAINING
from tests.leaks.report import TELLS, Report

ENOUGH = 3_000
# Thousands of answers 404 are what is wanted here; nobody reads about each.
QUIET = ("django.request", "sites.wall.middleware", "sites.interface.middleware", "wagtail.admin")


# What leaks without any wall: (kind, route, method).
LEAKS_OTHERWISE = {
    ("shows", "wagtailadmin_pages:edit", "GET"),
    ("shows", "wagtailadmin_pages:history", "GET"),
    ("shows", "wagtailimages:edit", "GET"),
    ("shows", "wagtailusers_users:index", "GET"),
    (TELLS, "wagtaildocs:delete", "GET"),
    ("changes", "wagtaildocs:delete", "POST"),
    ("changes", "wagtailadmin_pages:delete", "POST"),
}


def probe_everything(matrix: Matrix, people, allowed=()) -> Report:
    """Ask for everything, as one after the other."""
    prober, report = Prober(matrix.plan), Report(frozenset(allowed))
    for who in people:
        for probe, twin in matrix.probes(who):
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
        pytest.param(only_the_wall, marks=pytest.mark.xdist_group("leaks through the wall")),
    ],
)
def test_nothing_leaks(planted, mode, monkeypatch, last_line):
    for name in QUIET:
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)
    matrix = Matrix(planted, thorough=bool(os.environ.get("THOROUGH")))
    with mode():
        report = probe_everything(matrix, planted.people, REMAINING[mode])
    lines = "\n".join(report.lines())
    print(f"\n{mode.__name__}\n{lines}")
    last_line(f"{mode.__name__}\n{report.summary}")
    assert report.probes >= ENOUGH
    assert not report.errors, lines
    assert not report.leaks, lines
    assert report.remained == set(REMAINING[mode])


@pytest.mark.xdist_group("leaks")
def test_the_matrix_sees_leaks(planted, monkeypatch):
    """Otherwise it would prove nothing that it finds none."""
    for step in ("step_down", "step_up"):
        monkeypatch.setattr(web_role, step, lambda: None)
    matrix = Matrix(planted)
    matrix.routes = [each for each in matrix.routes if each.name in {name for _, name, _ in LEAKS_OTHERWISE}]
    with only_the_wall():
        report = probe_everything(matrix, ["leitung"])
    assert set(report.leaks) >= LEAKS_OTHERWISE


@pytest.mark.xdist_group("leaks through the wall")
def test_python_can_be_switched_off(planted):
    """Otherwise the second mode would say nothing about the wall."""
    head, page = planted.people["leitung"], planted.foreign.pages["internal"]
    policy = policy_registry.get_by_type(Page)
    assert not policy.user_has_permission_for_instance(head, "change", page)
    with only_the_wall():
        assert policy.user_has_permission_for_instance(head, "change", page)
        assert page.permissions_for_user(head).can_publish()
        assert reach.images(head).filter(pk=planted.foreign.images[0].pk).exists()
    assert not page.permissions_for_user(head).can_edit()


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
