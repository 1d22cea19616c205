"""Handing mails to the mail server, in the background service and as the owner of the database."""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django_tasks import task

from sites.mail.packing import unpack
from sites.models import OutgoingMail

log = logging.getLogger("thinka.mail")

# How long after each failure the next try is; after the last one the mail is given up.
DELAYS = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15)),
    *(timedelta(hours=hours) for hours in (1, 4, 12, 24)),
)
# What is left of a mail: for a week that it was sent; what could not be delivered, until people have seen it.
KEPT_SENT = timedelta(days=7)
KEPT_FAILED = timedelta(days=30)


@task(backend="background")
def deliver(mail_id: str) -> None:
    """Send the mail with this id, or note why not and when the next try is; nothing where it is done."""
    mail = OutgoingMail.objects.filter(pk=mail_id, state=OutgoingMail.State.WAITING).first()
    if mail is None:
        return
    mail.attempts += 1
    try:
        unpack(mail.content, get_connection(settings.PORTAL_MAIL_BACKEND)).send()
    except Exception as error:
        _failed(mail, error)
    else:
        _finish(mail, OutgoingMail.State.SENT, content="", error="")


def _failed(mail: OutgoingMail, error: Exception) -> None:
    """Note `error`, and a next try where that may help. The log names no address: the error might."""
    reason = f"{type(error).__name__}: {error}"
    if is_final(error) or mail.attempts > len(DELAYS):
        log.error("Mail %s is given up after try %d: %s", mail.pk, mail.attempts, type(error).__name__)
        _finish(mail, OutgoingMail.State.FAILED, error=reason)
        return
    log.warning("Mail %s could not be sent, try %d: %s", mail.pk, mail.attempts, type(error).__name__)
    next_try = timezone.now() + DELAYS[mail.attempts - 1]
    _change(mail, next_try_at=next_try, error=reason)
    deliver.using(run_after=next_try).enqueue(str(mail.pk))


def is_final(error: Exception) -> bool:
    """Tell whether another try would end the same: the server has understood the mail and doesn't want it.

    Not so where it does not know the portal (a wrong password): that is mended, and then the mail goes.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    # Whatever is wrong with the connection is an OSError, also in smtplib. The rest is the mail's fault.
    return not isinstance(error, OSError)


def _finish(mail: OutgoingMail, state: OutgoingMail.State, **values) -> None:
    _change(mail, state=state, finished_at=timezone.now(), **values)


def _change(mail: OutgoingMail, **values) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=mail.attempts, **values)


def try_again(mails) -> int:
    """Let those of the queryset `mails` that are not sent be tried anew, at once. Returns how many."""
    keys = list(mails.exclude(state=OutgoingMail.State.SENT).values_list("pk", flat=True))
    OutgoingMail.objects.filter(pk__in=keys).update(
        state=OutgoingMail.State.WAITING, attempts=0, next_try_at=timezone.now(), finished_at=None
    )
    for key in keys:
        deliver.enqueue(str(key))
    return len(keys)


def tidy() -> None:
    """Forget mails that are long sent or given up."""
    now = timezone.now()
    for state, kept in ((OutgoingMail.State.SENT, KEPT_SENT), (OutgoingMail.State.FAILED, KEPT_FAILED)):
        OutgoingMail.objects.filter(state=state, finished_at__lt=now - kept).delete()
