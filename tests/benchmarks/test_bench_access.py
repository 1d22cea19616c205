"""The measurements run and tell what they are about; how long things take is no matter of tests."""

import re

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageViewRestriction

from benchmarks.loader import Plan, load
from sites.models import PageUserGrant
from sites.rls.install import installed

pytestmark = pytest.mark.long

ROWS = (
    *("page, visitor", "page, member", "search, visitor", "search, member", "explorer, start page"),
    *("explorer, section", "explorer, search", "edit", "chooser, search"),
    *("publish one page", "move one page", "restrict one page", "grant one page", "grant a section"),
    *("publish a section", "unpublish a section", "restrict a section", "move a section"),
)


def state() -> list:
    return [
        list(Page.objects.order_by("pk").values_list("pk", "path", "live")),
        list(PageUserGrant.objects.order_by("pk").values_list("pk")),
        list(PageViewRestriction.objects.order_by("pk").values_list("pk")),
    ]


def test_everything_is_measured_and_nothing_changes(empty_portal, capsys):
    load(Plan(pages=300, traeger=2, section=60, grants=20, restrictions=5), lambda line: None)
    before = state()
    call_command("bench_access", rounds=1, grants=10)
    out = capsys.readouterr().out
    for name in ROWS:
        assert re.search(rf"^{re.escape(name)} +\d", out, re.MULTILINE), name
    assert "request, seal off/on, ms" in out
    assert installed()
    assert state() == before


def test_an_empty_portal_is_not_measured(empty_portal):
    with pytest.raises(CommandError, match="load_bulk"):
        call_command("bench_access")
