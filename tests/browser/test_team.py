"""A head invites somebody, who comes by the link, publishes nothing, and is out with the next request."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from home.models import NewsIndexPage
from sites.access.roles import LEITUNG
from sites.models import User
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import findings, overflow
from tests.browser.test_story import log_in
from tests.factories import UserFactory
from tests.sites.team.conftest import PASSWORD, link_of
from tests.wording import said
from tests.world import list_page

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_the_invitation_to_the_end(portal, visit, viewport):
    traeger = portal.world.traeger_a
    email = f"neu-{viewport['width']}@beispiel.test"
    team = portal.url(traeger, f"/admin/team/{traeger.pk}/")

    head = visit(viewport=viewport)
    log_in(head, team, UserFactory(role=LEITUNG, traeger=traeger))
    head.locator("#invite_email").fill(email)
    head.locator("#invite_role").select_option(label="Redaktion")
    head.get_by_role("button", name=said("Send the invitation")).click()
    expect(head.locator(".messages")).to_contain_text(email)
    expect(head.get_by_role("button", name=f"Neu senden an {email}")).to_be_visible()
    assert overflow(head) == 0

    # In a browser of their own, as it comes by mail.
    (message,) = mail.outbox
    new = visit(viewport=viewport)
    new.goto(portal.url(traeger, link_of(message)))
    expect(new.locator("h1")).to_contain_text(str(traeger))
    assert not findings(new)
    assert overflow(new) == 0
    new.get_by_label("Vorname").fill("Beispiel")
    new.get_by_label("Nachname").fill(f"Neu {viewport['width']}")
    new.get_by_label("Passwort", exact=True).fill(PASSWORD)
    new.get_by_label(said("The same password again")).fill(PASSWORD)
    new.get_by_role("button", name=said("Make the account")).click()
    expect(new.locator("main")).to_contain_text("Ihr Konto ist fertig")
    new.locator("input[name=username]").fill(email)
    new.locator("input[name=password]").fill(PASSWORD)
    new.locator("main form button[type=submit]").click()
    new.wait_for_url(portal.url(traeger, "/"))

    parent = list_page(traeger, NewsIndexPage)
    new.goto(portal.url(traeger, f"/admin/pages/add/home/newspage/{parent.pk}/"))
    expect(new.locator("[name=action-submit]")).to_have_count(1)
    expect(new.locator("[name=action-publish]")).to_have_count(0)
    new.goto(portal.url(traeger, f"/admin/team/{traeger.pk}/"))
    expect(new.locator("h1")).not_to_contain_text("Team")

    head.goto(team)
    head.locator("main").get_by_role("link", name=f"Beispiel Neu {viewport['width']}").click()
    expect(head.locator("#id_role")).to_have_value("redaktion")
    assert overflow(head) == 0
    head.get_by_role("button", name=f"Mitgliedschaft von Beispiel Neu {viewport['width']} beenden").click()
    expect(head.locator(".messages")).to_contain_text("gehört nicht mehr zum Team")
    assert not User.objects.get(email=email).is_active

    new.goto(portal.url(traeger, f"/admin/pages/{parent.pk}/"))
    expect(new).to_have_url(portal.url(traeger, f"/admin/login/?next=/admin/pages/{parent.pk}/"))
    new.goto(portal.url(traeger, link_of(message)))
    expect(new.locator("h1")).to_have_text(said("This invitation holds no longer"))
