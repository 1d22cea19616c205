"""axe-core finds nothing, the console says nothing and no other host is asked, on every page type."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.conftest import DESKTOP, PHONE
from tests.home.page_types import PUBLIC, ROWS

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
# Every rule of WCAG 2.2 A and AA, and what axe calls best practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {
    "light-desktop": {"viewport": DESKTOP, "color_scheme": "light"},
    "dark-phone": {"viewport": PHONE, "color_scheme": "dark"},
}
PUBLIC_TYPES = ["HomePage", *(row.name for row in ROWS if row.readers == PUBLIC)]
RESTRICTED_TYPES = [row.name for row in ROWS if row.readers != PUBLIC]
ADDRESSES = {
    "login": "/anmelden/",
    "search": "/suche/",
    "search results": "/suche/?q=Angebot",
    "every block": "/bausteine/",
    "English": "/en/",
    "filtered": "/angebote/?topic=wohnen",
    "Wegweiser": "/wegweiser/",
    "Wegweiser, nothing fits": "/wegweiser/?free=1&language=en",
}


def findings(window, tags=TAGS) -> list[str]:
    """Return what axe has to say about the page in `window`, as lines for people."""
    # Not as an element: the content security policy would refuse it.
    window.evaluate(AXE.read_text())
    result = window.evaluate("tags => axe.run({runOnly: tags})", tags)
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: {node['html'][:200]} – {node['failureSummary']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def overflow(window) -> int:
    """Return by how many pixels the page is wider than the window."""
    return window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PUBLIC_TYPES)
def test_public_pages(name, look, portal, visit, watch):
    window = visit(**LOOKS[look])
    with watch(window):
        window.goto(portal.url_of(portal.pages[name]))
        assert not findings(window)
        assert overflow(window) == 0


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", RESTRICTED_TYPES)
def test_pages_for_people_with_an_account(name, look, portal, reader, visit, watch):
    window = visit(reader, **LOOKS[look])
    with watch(window):
        window.goto(portal.url_of(portal.pages[name]))
        assert window.locator("h1").inner_text() == portal.pages[name].title
        assert not findings(window)
        assert overflow(window) == 0


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_other_pages(name, look, portal, visit, watch):
    window = visit(**LOOKS[look])
    with watch(window):
        window.goto(portal.url(portal.world.traeger_a, ADDRESSES[name]))
        assert not findings(window)
        assert overflow(window) == 0


@pytest.mark.parametrize("look", LOOKS)
def test_not_found(look, portal, visit, watch):
    window = visit(**LOOKS[look])
    with watch(window, expect_status=404):
        window.goto(portal.url(portal.world.traeger_a, "/gibt-es-nicht/"))
        assert not findings(window)
        assert overflow(window) == 0
