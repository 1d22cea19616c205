"""The measurement of the Wegweiser measures what it says, and leaves nothing behind."""

import re

import pytest
from django.core.management import CommandError, call_command

from benchmarks.management.commands.bench_wegweiser import Command
from knowledge.models import PartnerPage
from sites.models import Traeger

pytestmark = pytest.mark.long


def test_a_line_for_each_size(empty_portal, capsys):
    call_command(Command(), partners=[5, 20], rounds=1)
    lines = capsys.readouterr().out.splitlines()
    sizes = [dict(re.findall(r"(\w+)=([\d.]+)", line)) for line in lines]
    names = {"partners", "payload_kb", "first_load_kb", "queries", "ms", "payload_ms"}
    assert [set(size) for size in sizes] == [names] * 3
    assert [size["partners"] for size in sizes] == ["5", "20", "4.0"]
    assert float(sizes[1]["payload_kb"]) > float(sizes[0]["payload_kb"]) > 0
    assert sizes[0]["queries"] == sizes[1]["queries"]
    assert not Traeger.objects.exists()
    assert not PartnerPage.objects.exists()


def test_not_where_there_is_content(world):
    with pytest.raises(CommandError, match="Take an empty database"):
        call_command(Command(), partners=[5])
