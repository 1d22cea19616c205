"""axe-core finds nothing in the editors of every page type, with every block, and around them."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from sites.access.roles import LEITUNG
from sites.models import Traeger
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import findings
from tests.factories import UserFactory
from tests.home.page_types import ROWS

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

LOOKS = {
    "light-desktop": {"viewport": DESKTOP, "color_scheme": "light"},
    "dark-phone": {"viewport": PHONE, "color_scheme": "dark"},
}
EVERY_BLOCK = "bausteine"


def edited(portal, name: str) -> Page:
    if name != EVERY_BLOCK:
        return portal.pages[name]
    return Page.objects.child_of(portal.world.traeger_a.site.root_page).get(slug=EVERY_BLOCK)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["HomePage", *(row.name for row in ROWS), EVERY_BLOCK])
def test_editors(name, look, portal, visit):
    page = edited(portal, name)
    traeger = Traeger.objects.for_page(page)
    window = visit(UserFactory(role=LEITUNG, traeger=traeger), **LOOKS[look])
    window.goto(portal.url(traeger, reverse("wagtailadmin_pages:edit", args=[page.pk])))
    window.wait_for_load_state("networkidle")
    assert window.locator("main form").count()
    assert not findings(window)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["", "pages/", "images/", "documents/", "reports/approvals/", "account/"])
def test_other_pages(path, look, portal, visit):
    traeger = portal.world.traeger_a
    window = visit(UserFactory(role=LEITUNG, traeger=traeger), **LOOKS[look])
    window.goto(portal.url(traeger, f"/admin/{path}"))
    window.wait_for_load_state("networkidle")
    assert not findings(window)
