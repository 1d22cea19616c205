"""Nothing of another Träger is written, and nobody writes what they may do."""

import pytest

from sites.roles import REDAKTION
from tests.checksums import state
from tests.sites.wall.hostile.trying import attempt
from tests.sites.wall.hostile.writes import WRITES
from tests.web_role import web_process

pytestmark = pytest.mark.xdist_group("hostile")


@pytest.mark.parametrize("name", WRITES)
def test_writing(name, things, traeger_b):
    before = state()
    with web_process(things.people[REDAKTION], traeger_b):
        attempt(things.fill(WRITES[name]))
    assert state() == before
