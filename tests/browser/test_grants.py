"""A head lets the coordination office work on one page until tomorrow; then it is out of reach again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sites.access.roles import FREIGABE, LEITUNG
from sites.models import PageGroupGrant
from tests.browser.test_story import log_in, use_button
from tests.factories import ContentPageFactory, UserFactory
from tests.sites.grants.granting import wait_for
from tests.wording import said

pytestmark = pytest.mark.xdist_group("browser")

TITLE, NEW_TITLE = "Plakat für das Hoffest", "Plakat für das Hoffest im Rieth"


@pytest.fixture
def page(portal):
    return ContentPageFactory(parent=portal.world.traeger_a.site.root_page, title=TITLE)


def test_a_page_is_let_to_the_coordination_office_until_tomorrow(portal, visit, page):
    traeger, coordination = portal.world.traeger_a, portal.world.coordination
    tomorrow = timezone.localdate() + timedelta(days=1)
    edit = f"/admin/pages/{page.pk}/edit/"

    head = visit()
    log_in(head, portal.url(traeger, edit), UserFactory(role=LEITUNG, traeger=traeger))
    head.locator("[data-side-panel-toggle=grants]").click()
    head.locator("#grant_group").select_option(label="Freigabe")
    head.locator("#grant_level").select_option("publish")
    head.locator("#grant_until").fill(f"{tomorrow:%d.%m.%Y}")
    head.locator("#grant_reason").fill("Texte für das Plakat")
    head.get_by_role("button", name=said("Give the grant")).click()
    expect(head.locator(".messages")).to_contain_text(said("The grant is given."))
    # Wagtail opens the panel again that was open before.
    panel = head.locator("[data-side-panel=grants]")
    expect(panel).to_contain_text(coordination.group(FREIGABE).name)
    expect(panel).to_contain_text(f"{tomorrow:%d.%m.%Y} 23:59")

    guest = visit()
    log_in(guest, portal.url(coordination, "/admin/pages/"), UserFactory(role=FREIGABE, traeger=coordination))
    # Down the tree, as people find it: the folder, the start page, the page.
    for place in (traeger.folder_id, traeger.site.root_page_id):
        guest.locator(f"main a[href='/admin/pages/{place}/']").first.click()
        guest.wait_for_url(f"**/admin/pages/{place}/**")
    rows = guest.locator("table.listing [data-listing-page-title]")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(TITLE)
    rows.get_by_role("link", name=TITLE).first.click()
    guest.locator("#id_title").fill(NEW_TITLE)
    use_button(guest, "[name=action-publish]")
    expect(guest.locator(".messages")).to_contain_text(NEW_TITLE)

    visitor = visit()
    visitor.goto(portal.url_of(page))
    expect(visitor.locator("h1")).to_have_text(NEW_TITLE)

    start = traeger.site.root_page
    for other in (start, *start.get_descendants().exclude(pk=page.pk)):
        url = portal.url(coordination, f"/admin/pages/{other.pk}/edit/")
        assert guest.request.get(url, max_redirects=0).status == 404, other.title

    begin = timezone.now()
    assert guest.goto(portal.url(coordination, edit)).status == 200
    # Time enough to see that the grant still holds, also on a busy machine; then time alone ends it.
    ends = timezone.now() + 2 * (timezone.now() - begin) + timedelta(seconds=1)
    PageGroupGrant.grants.filter(content_object=page).update(expires_at=ends)
    assert guest.goto(portal.url(coordination, edit)).status == 200
    wait_for(ends)
    assert guest.goto(portal.url(coordination, edit)).status == 404
    assert guest.goto(portal.url(coordination, f"/admin/pages/{page.get_parent().pk}/")).status == 404
