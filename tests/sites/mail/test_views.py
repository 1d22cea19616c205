"""Administrators see which mails could not be delivered, and send them again."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from sites.access.roles import LEITUNG
from sites.models import OutgoingMail
from sites.models.mail import LATE
from tests.factories import UserFactory
from tests.sites.mail.servers import closed_port, mail_server
from thinka_portal.email_url import SMTP

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def administrator(coordination, client_for):
    return client_for(UserFactory(is_superuser=True), coordination)


@pytest.fixture
def refused(send, use_server, settings):
    with mail_server(refusal="550 no such person") as server:
        use_server(server.port)
        kept = send()
    settings.PORTAL_MAIL_BACKEND = LOCMEM
    return kept


def text(client, name: str = "portal_failures", *arguments) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_nothing_undelivered(administrator, send):
    send()
    assert "Alle E-Mails wurden dem Mailserver übergeben." in text(administrator)
    assert "Hintergrunddienst" not in text(administrator, "wagtailadmin_home").split("<main", 1)[1]


def test_what_was_refused_stands_there_with_its_reason(administrator, refused):
    page = text(administrator)
    for part in ("Sommerfest", "lotse@beispiel.test", "no such person", "aufgegeben"):
        assert part in page
    assert "1 E-Mail oder Aufgabe ist fehlgeschlagen" in text(administrator, "wagtailadmin_home")


def test_what_is_still_being_tried_stands_there(administrator, send, use_server, settings):
    use_server(closed_port())
    send()
    assert settings.PORTAL_MAIL_BACKEND == SMTP
    assert "nächster Versuch" in text(administrator)


@pytest.mark.usefixtures("paused_queue")
def test_without_the_background_service_late_mails_stand_there(administrator, send):
    kept = send()
    assert "Alle E-Mails wurden" in text(administrator)
    OutgoingMail.objects.filter(pk=kept.pk).update(next_try_at=timezone.now() - LATE)
    assert "Der Hintergrunddienst läuft nicht" in text(administrator)


@pytest.mark.parametrize("one", [True, False])
def test_again(one, administrator, refused):
    name, arguments = ("portal_mail_again", [refused.pk]) if one else ("portal_mails_again", [])
    answer = administrator.post(reverse(name, args=arguments), follow=True)
    assert "1 E-Mail wird noch einmal gesendet." in answer.content.decode()
    assert [message.to for message in mail.outbox] == [["lotse@beispiel.test"]]
    # It is sent now, so there is nothing to be sent again.
    assert administrator.post(reverse("portal_mail_again", args=[refused.pk])).status_code == 404


def test_a_link_sends_nothing(administrator, refused):
    assert administrator.get(reverse("portal_mails_again")).status_code == 405
    assert mail.outbox == []


def test_it_is_no_business_of_a_traeger(refused, traeger_a, person, client_for):
    client = client_for(person(LEITUNG, traeger_a), traeger_a)
    assert client.get(reverse("portal_failures")).status_code == 404
    assert client.post(reverse("portal_mails_again")).status_code == 404
    assert client.post(reverse("portal_mail_again", args=[refused.pk])).status_code == 404
    assert "fehlgeschlagen" not in text(client, "wagtailadmin_home")
    assert mail.outbox == []


def test_visitors_are_led_to_the_login(refused, traeger_a, client_for):
    answer = client_for(None, traeger_a).get(reverse("portal_failures"))
    assert answer["location"].startswith("/admin/login/")


def test_one_query_for_the_list(administrator, refused, django_assert_num_queries):
    text(administrator)
    with django_assert_num_queries(11) as queries:
        text(administrator)
    assert len([query for query in queries if "outgoingmail" in query["sql"]]) == 1
