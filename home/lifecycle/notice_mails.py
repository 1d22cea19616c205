"""Mails about notices, written by the background service: requests see neither the people nor the address."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from home.lifecycle.reminders import responsible, traeger_of
from home.models.lifecycle import Verification
from home.models.notices import Notice
from sites.access.roles import REDAKTION

log = logging.getLogger(__name__)


def _locked(pk: str):
    """Notices of this id, kept from others until the end of the transaction."""
    return Notice.objects.select_for_update(of=("self",)).select_related("page").filter(pk=pk)


@task(backend="background")
@transaction.atomic
def tell_owners(notice_id: str) -> None:
    """Send a mail to each person who looks after the entry, once. The reader's words stay in the portal."""
    notice = _locked(notice_id).filter(told=False).first()
    if notice is None:
        return
    notice.told = True
    notice.save(update_fields=["told"])
    check = Verification.objects.filter(page=notice.page_id).first()
    traeger = (check and check.traeger_id) or traeger_of(notice.page)
    people = responsible(notice.page, traeger, check.role if check else REDAKTION)
    if not people:
        log.warning("Nobody can be told of a notice: nobody looks after page %s.", notice.page_id)
    address = settings.WAGTAILADMIN_BASE_URL + reverse("portal_notices")
    for person in people:
        with translation.override(person.language):
            context = {"person": person, "notice": notice, "address": address}
            subject = _("Not true any more? “%(title)s”") % {"title": notice.page.title}
            send_mail(
                subject, render_to_string("home/lifecycle/notice_mail.txt", context), None, [person.email]
            )


@task(backend="background")
@transaction.atomic
def answer_reporter(notice_id: str) -> None:
    """Send the answer to whoever left the notice, and forget who that was: so there is no second mail."""
    notice = _locked(notice_id).exclude(answered_at=None).select_related("reporter").first()
    if notice is None or not notice.wants_answer:
        return
    reporter = notice.reporter
    address = notice.email if reporter is None else reporter.email if reporter.is_active else ""
    if address:
        with translation.override(reporter.language if reporter else notice.language):
            context = {"notice": notice, "address": notice.page.full_url}
            subject = _("Your notice about “%(title)s”") % {"title": notice.page.title}
            send_mail(subject, render_to_string("home/lifecycle/notice_answer.txt", context), None, [address])
    notice.email, notice.reporter = "", None
    notice.save(update_fields=["email", "reporter"])
