"""Django's way to send mails, without a mail server in it."""

from email.utils import format_datetime

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from sites.mail.packing import pack
from sites.mail.tasks import deliver
from sites.models import OutgoingMail


class QueueBackend(BaseEmailBackend):
    """Stores mails for the background service: where the transaction around them is undone, none is sent."""

    def send_messages(self, messages) -> int:
        """Store `messages`, return how many: those without a recipient are none."""
        messages = [message for message in messages if message.recipients()]
        with transaction.atomic():
            for message in messages:
                mail = OutgoingMail()
                # The same at each try, so that mail programs recognise what reaches them twice.
                mail.content = pack(
                    message,
                    **{
                        "Message-ID": f"<{mail.pk}@{settings.PORTAL_DOMAIN}>",
                        "Date": format_datetime(timezone.localtime()),
                    },
                )
                mail.save(force_insert=True)
                deliver.enqueue(str(mail.pk))
        return len(messages)
