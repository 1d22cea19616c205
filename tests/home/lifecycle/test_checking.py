"""„Ich habe geprüft": by whoever looks after an entry, in one click, for all languages."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from home.lifecycle.reminders import remind
from home.models import AnlaufstelleIndexPage, AnlaufstellePage, NewsIndexPage, Verification
from knowledge.models import PartnerIndexPage, PartnerPage
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.rls.identity import ADMIN, SITE
from tests.factories import AnlaufstellePageFactory, NewsPageFactory, PartnerPageFactory
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.web_role import web_process
from tests.world import list_page

pytestmark = pytest.mark.django_db


def overdue() -> date:
    return localdate() - timedelta(days=9)


@pytest.fixture
def partners(knowledge):
    return list_page(knowledge, PartnerIndexPage)


@pytest.fixture
def partner(partners, knowledge):
    """Overdue; the writers of the knowledge base look after it."""
    page = PartnerPageFactory(parent=partners, title="Beispiel-Beratung")
    page.save_revision().publish()
    Verification.objects.filter(page=page.pk).update(
        verified_on=overdue() - timedelta(days=182), verified_until=overdue(), reminded=4
    )
    return page


def row(page) -> Verification:
    return Verification.objects.get(page=page.pk)


def address(page) -> str:
    return reverse("verify_page", args=[page.pk])


def test_what_is_published_is_looked_after_from_then_on(partners, knowledge):
    page = PartnerPageFactory(parent=partners, publish=False)
    assert not Verification.objects.filter(page=page.pk).exists()
    page.save_revision().publish()
    begun = row(page)
    assert (begun.traeger, begun.role, begun.verified_on) == (knowledge, REDAKTION, localdate())
    assert begun.verified_until == localdate() + PartnerPage.verified_for
    Verification.objects.update(verified_until=overdue())
    page.save_revision().publish()
    assert row(page).verified_until == overdue(), "publishing is no check"


def test_pages_that_nobody_has_to_check_are_left_alone(traeger_a):
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), publish=False)
    page.save_revision().publish()
    assert not Verification.objects.filter(page=page.pk).exists()


def test_an_office_is_checked_by_the_writers_of_its_traeger(world, person, client_for, traeger_a):
    office = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), publish=False)
    office.save_revision().publish()
    begun = row(office)
    assert (begun.traeger, begun.role) == (traeger_a, REDAKTION)
    assert begun.verified_until == localdate() + AnlaufstellePage.verified_for
    Verification.objects.update(verified_until=overdue())

    visitor = client_for(None, traeger_a).get(office.get_url()).content.decode()
    assert "Prüfung überfällig" in visitor
    assert address(office) not in visitor
    remind()
    assert [message.to for message in mail.outbox] == []

    owner, colleague = person(REDAKTION, traeger_a), person(REDAKTION, world.traeger_b)
    remind()
    assert [message.to for message in mail.outbox] == [[owner.email]]
    assert office.title in mail.outbox[0].body
    assert client_for(colleague, traeger_a).post(address(office)).status_code == 404
    client = client_for(owner, traeger_a)
    assert f'action="{address(office)}"' in client.get(office.get_url()).content.decode()
    text = client.post(address(office), follow=True).content.decode()
    assert "Geprüft bis" in text
    assert row(office).verified_by == owner


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
def test_the_owner_checks_in_one_click(person, client_for, knowledge, partner, role):
    owner = person(role, knowledge)
    client = client_for(owner, knowledge)
    page = client.get(partner.get_url()).content.decode()
    assert "Prüfung überfällig" in page
    assert f'action="{address(partner)}"' in page
    response = client.post(address(partner), follow=True)
    assert response.redirect_chain[-1][0].endswith(partner.get_url_parts()[2])
    text = response.content.decode()
    assert "Prüfung überfällig" not in text
    assert "Geprüft bis" in text
    checked = row(partner)
    assert (checked.verified_on, checked.verified_by, checked.reminded) == (localdate(), owner, 0)
    assert checked.verified_until == localdate() + PartnerPage.verified_for


def test_the_link_of_a_mail_asks_first_and_leads_there_after_login(person, client_for, knowledge, partner):
    response = client_for(None, knowledge).get(address(partner))
    assert response.status_code == 302
    assert response.url.endswith(f"/anmelden/?next={address(partner)}")
    response = client_for(person(REDAKTION, knowledge), knowledge).get(address(partner))
    assert response.status_code == 200
    assert partner.title in response.content.decode()
    assert row(partner).verified_until == overdue(), "looking is no check"


def test_a_role_of_another_traeger_looks_after_it_where_it_was_given_to(
    person, client_for, knowledge, traeger_a, partner
):
    owner = person(REDAKTION, traeger_a)
    client = client_for(owner, knowledge)
    assert client.post(address(partner)).status_code == 404
    Verification.objects.update(traeger=traeger_a)
    assert client.post(address(partner)).status_code == 302
    assert row(partner).verified_by == owner


@pytest.mark.parametrize(("role", "where"), [(LESEN, "knowledge"), (LEITUNG, "traeger_a")])
def test_others_read_the_badge_and_check_nothing(world, person, client_for, knowledge, partner, role, where):
    somebody = person(role, getattr(world, where))
    client = client_for(somebody, knowledge)
    text = client.get(partner.get_url()).content.decode()
    assert "Prüfung überfällig" in text
    assert address(partner) not in text
    assert client.get(address(partner)).status_code == 404
    assert client.post(address(partner)).status_code == 404
    for area in (SITE, ADMIN):
        with web_process(somebody, knowledge, area):
            Verification.objects.update(verified_until=localdate())
            Verification.objects.all().delete()
    assert row(partner).verified_until == overdue()


def test_the_database_lets_the_owner_check_but_not_take_over(person, knowledge, traeger_a, partners, partner):
    other = PartnerPageFactory(parent=partners, title="Fremd")
    Verification.objects.filter(page=partner.pk).update(traeger=traeger_a)
    owner = person(REDAKTION, traeger_a)
    with web_process(owner, knowledge, SITE):
        assert Verification.objects.filter(page=partner.pk).update(verified_until=localdate()) == 1
    refused = ({"page_id": other.pk}, {"traeger": knowledge})
    for change in refused:
        with web_process(owner, knowledge, SITE), pytest.raises(DatabaseError), transaction.atomic():
            Verification.objects.filter(page=partner.pk).update(**change)
    assert row(partner).traeger == traeger_a


def test_all_languages_share_one_check(person, client_for, knowledge, partner, english):  # noqa: F811
    version = translated(partner, english)
    assert not Verification.objects.filter(page=version.pk).exists()
    client = client_for(person(REDAKTION, knowledge), knowledge)
    assert client.post(address(version)).status_code == 302
    assert row(partner).verified_on == localdate()
    assert "Checked until" in client.get(version.get_url()).content.decode()


def test_lists_show_what_is_overdue_last(person, client_for, traeger_a, knowledge, partners, partner):
    for title in ("Ziel", "Zuletzt"):
        PartnerPageFactory(parent=partners, title=title).save_revision().publish()
    response = client_for(person(LESEN, traeger_a), knowledge).get(partners.get_url())
    titles = [page.title for page in response.context["entries"]]
    assert titles.index("Ziel") < titles.index("Zuletzt") < titles.index(partner.title)
    assert response.content.decode().count("Prüfung überfällig") == 1
