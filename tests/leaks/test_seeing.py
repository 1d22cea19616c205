"""The matrix would see leaks: otherwise it would prove nothing that it finds none."""

import re

import pytest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from sites.admin import scope
from tests import web_role
from tests.leaks.bodies import ALLOWED_WRITES
from tests.leaks.matrix import Matrix
from tests.leaks.modes import only_rls
from tests.leaks.probing import Prober
from tests.leaks.report import TELLS
from tests.leaks.test_leaks import probe_all

# What leaks without policies: (kind, route, method).
LEAKS_OTHERWISE = {
    ("shows", "wagtailadmin_pages:edit", "GET"),
    ("shows", "wagtailadmin_pages:history", "GET"),
    ("shows", "wagtailimages:edit", "GET"),
    ("shows", "wagtailusers_users:index", "GET"),
    (TELLS, "wagtaildocs:delete", "GET"),
    ("changes", "wagtaildocs:delete", "POST"),
    ("changes", "wagtailadmin_pages:delete", "POST"),
}
# Lines of the tables of queries and bodies with which nothing leaks even without policies, with the reason.
_LOGIN = "of login|wagtailadmin_login|wagtailcore_login"
_TEAM = "functions of the database look who leads the team, also without policies; see tests/sites/team"
SILENT: dict[str, str] = {
    f"query 0 {_LOGIN}": "the address to which a login leads is not looked up before",
    f"body 0 {_LOGIN}": "a wrong password has one answer, whoever it is",
    "body 0 of wagtailadmin_password_reset": "one answer, whether there is an account; the link goes by mail",
    "body 0 of .*authenticate_with_password": "nothing is protected by a password: there is no such address",
    "body 0 of set_theme": "a cookie of one's own",
    "body 0 of invitation": "only who got the mail knows the token; see tests/sites/team/test_joining.py",
    "body 0 of portal_team": _TEAM,
    "body 0 of portal_team_person": _TEAM,
    "body 1 of portal_team_person": _TEAM,
    "body 0 of notice": "the form has a token of its own, see tests/home/lifecycle/notices/test_leaving.py",
    "body 0 of wagtailadmin_account": "changes nobody but oneself",
    "body 0 of wagtailadmin_dismissibles": "changes nobody but oneself",
    "body 0 of wagtailsnippets_home.*:(add|edit)": "changes words that all share",
    "query 0 of wagtailsnippets_home.*:merge": "names the only word; see tests/home/test_vocabulary.py",
    "body 0 of wagtailsnippets_home.*:merge": "names the only word; see tests/home/test_vocabulary.py",
    "body 0 of wagtailadmin_pages:move": "only leads to where one is asked again, with an address of its own",
    "body 1 of wagtailadmin_pages:move": "only leads to where one is asked again, with an address of its own",
    "query 1 of wagtailadmin_explore.*": "the explorer's lists are exported without any column",
    **dict.fromkeys(
        (
            *(f"query {number} of search" for number in range(4)),
            *(f"query {number} of search_suggestions" for number in range(3)),
            *(f"query {number} of search_feed" for number in range(3)),
        ),
        "the index looks at readers itself, also without policies; see tests/search/test_index.py",
    ),
}


@pytest.fixture
def without_rls(planted, monkeypatch):
    """The foreign Träger open to everybody: neither the database nor Python refuses anything."""
    for step in ("step_down", "go_on_after_a_failure", "step_up"):
        monkeypatch.setattr(web_role, step, lambda: None)
    with only_rls():
        yield planted


@pytest.mark.xdist_group("leaks")
def test_leaks_are_seen(without_rls):
    matrix = Matrix(without_rls)
    matrix.routes = [each for each in matrix.routes if each.name in {name for _, name, _ in LEAKS_OTHERWISE}]
    report = probe_all(without_rls, {"leitung": matrix.probes("leitung", objects=1)})
    assert set(report.leaks) >= LEAKS_OTHERWISE


@pytest.mark.long
@pytest.mark.xdist_group("leaks")
def test_every_query_and_body_would_leak(without_rls):
    """One that is refused for another reason (a field is missing) would hide what it is sent for."""
    prober, silent = Prober(without_rls), set()
    leaking = set()
    for probe, _twin in Matrix(without_rls).probes("leitung", objects=1):
        if probe.line and probe.line not in leaking:
            outcome = prober.ask("leitung", probe)
            (leaking if outcome.fields or outcome.written else silent).add(probe.line)
    assert leaking
    assert silent - leaking == set(SILENT)


@pytest.mark.long
@pytest.mark.xdist_group("leaks")
def test_every_allowed_write_is_needed(planted):
    matrix, prober = Matrix(planted), Prober(planted)
    matrix.routes = [
        route for route in matrix.routes if any(re.fullmatch(line[0], route.name) for line in ALLOWED_WRITES)
    ]
    for who in ("leitung", "leitung of the coordination office"):
        for probe, _twin in matrix.probes(who):
            if probe.method != "GET":
                prober.ask(who, probe)
    assert prober.allowed == set(ALLOWED_WRITES)


@pytest.mark.xdist_group("leaks through RLS")
def test_python_can_be_switched_off(planted):
    """Otherwise the second mode would say nothing about RLS."""
    head, page = planted.people["leitung"], planted.foreign.pages["internal"]
    policy = policy_registry.get_by_type(Page)
    assert not policy.user_has_permission_for_instance(head, "change", page)
    with only_rls():
        assert policy.user_has_permission_for_instance(head, "change", page)
        assert page.permissions_for_user(head).can_publish()
        assert scope.images(head).filter(pk=planted.foreign.images[0].pk).exists()
    assert not page.permissions_for_user(head).can_edit()
