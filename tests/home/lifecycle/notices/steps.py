"""What people do about notices, and the mails that follow."""

from django.core import mail
from django.urls import reverse
from django.utils.translation import override

READER = "leserin@beispiel.test"


def address(page) -> str:
    # Whatever language a test before has left.
    with override("de"):
        return reverse("notice", args=[page.pk])


def to_whom() -> list[str]:
    return sorted(recipient for message in mail.outbox for recipient in message.to)


def answer(client, notice, text: str = ""):
    return client.post(reverse("portal_notice_answer", args=[notice.pk]), {"answer": text}, follow=True)
