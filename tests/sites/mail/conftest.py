from collections.abc import Callable

import pytest
from django.core.mail import EmailMultiAlternatives

from sites.models import OutgoingMail
from thinka_portal.email_url import SMTP


@pytest.fixture
def use_server(settings) -> Callable[..., None]:
    """`use_server(port)` → mails go to that port, as in an installation."""

    def use(port: int, **values) -> None:
        settings.PORTAL_MAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", port
        for name, value in values.items():
            setattr(settings, name, value)

    return use


@pytest.fixture
def send(db) -> Callable[..., OutgoingMail]:
    """`send()` → a mail that was left for the background service, and what became of it."""

    def make(**fields) -> OutgoingMail:
        values = {"subject": "Sommerfest", "body": "Grüße", "to": ["lotse@beispiel.test"]} | fields
        message = EmailMultiAlternatives(from_email="portal@beispiel.test", **values)
        message.attach_alternative("<p>Grüße</p>", "text/html")
        assert message.send() == 1
        return OutgoingMail.objects.latest("created_at")

    return make
