"""The editing area has the portal's look, and nothing in it is hard to read, in both themes."""

import pytest

from sites.access.roles import LEITUNG, LESEN
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import TAGS, findings
from tests.factories import UserFactory

pytestmark = pytest.mark.xdist_group("browser")

FONT = "getComputedStyle(document.body).fontFamily.split(',')[0].replaceAll('\"', '')"
EDIT, EDIT_ON_A_PHONE = "Diese Seite bearbeiten", "Bearbeiten"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_the_portals_own(scheme, portal, visit):
    traeger = portal.world.traeger_a
    window = visit(UserFactory(role=LEITUNG, traeger=traeger), viewport=DESKTOP, color_scheme=scheme)
    for path in ("", "pages/", f"pages/{portal.pages['EventPage'].pk}/edit/", "images/"):
        window.goto(portal.url(traeger, f"/admin/{path}"))
        window.wait_for_load_state("networkidle")
        assert window.evaluate(FONT) == "Fira Sans"
        found = findings(window, [tag for tag in TAGS if tag != "best-practice"])
        if path.endswith("edit/"):
            # Wagtail gives its editor for texts no name: nothing that a look could mend.
            found = [line for line in found if line.startswith("color-contrast")]
        assert not found, path


def test_the_own_bar_leads_to_the_editor(portal, visit):
    traeger, page = portal.world.traeger_a, portal.pages["OfferPage"]
    window = visit(UserFactory(role=LEITUNG, traeger=traeger), viewport=PHONE)
    window.goto(portal.url_of(page))
    assert window.locator("wagtail-userbar").count() == 0
    assert not window.get_by_text(EDIT, exact=True).is_visible()
    window.get_by_role("link", name=EDIT_ON_A_PHONE, exact=True).click()
    assert window.url.endswith(f"/admin/pages/{page.pk}/edit/")


def test_it_offers_only_what_works(portal, visit):
    window = visit(UserFactory(role=LESEN, traeger=portal.world.traeger_a))
    window.goto(portal.url_of(portal.pages["OfferPage"]))
    assert window.get_by_text(EDIT).count() == 0
    assert window.get_by_text(EDIT_ON_A_PHONE, exact=True).count() == 0
