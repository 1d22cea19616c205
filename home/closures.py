"""Closures of an office that hold at once, without approval: somebody is ill, and people stand at the door.

They are exceptions with the mark `at_once`, which are part of no draft: nothing else is published with them,
and no draft loses them. Whoever may edit the office by their role announces them and takes them back; the
history says so, and those who approve what others write get a mail.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from home import facts
from home.models import AnlaufstellePage, OpeningException
from home.opening_hours import ExceptionPeriod, exception_text
from sites.access.roles import APPROVERS
from sites.models import Traeger

ANNOUNCED, TAKEN_BACK = "portal.closure.announce", "portal.closure.take_back"


def may_close(user, office: AnlaufstellePage) -> bool:
    """Tell whether `user` announces closures of `office`: whoever edits it by their role, in German."""
    return facts.is_source(office) and office.permissions_for_user(user).may_by_role("change")


def closures(office: AnlaufstellePage) -> QuerySet[OpeningException]:
    """Return the closures of `office` that hold at once and are not over."""
    rows = OpeningException.objects.filter(page=office, at_once=True, last__gte=timezone.localdate())
    return rows.order_by("first", "last", "pk")


@transaction.atomic
def announce(office: AnlaufstellePage, first, last, reason: str, by) -> None:
    """Close `office` from `first` to `last` (days), in all languages, in the name of `by`."""
    facts.wait_for_others()
    row = OpeningException.objects.create(page=office, first=first, last=last, reason=reason, at_once=True)
    _follow(office, row, ANNOUNCED, by)


@transaction.atomic
def take_back(office: AnlaufstellePage, row: OpeningException, by) -> None:
    """End a closure of `office` as if nobody had announced it, in the name of `by`.

    Nothing happens where somebody else has just done it.
    """
    facts.wait_for_others()
    deleted, _rows = OpeningException.objects.filter(pk=row.pk, page=office, at_once=True).delete()
    if not deleted:
        return
    _follow(office, row, TAKEN_BACK, by)


def _follow(office, row, action: str, by) -> None:
    """Let other languages, the history and those who approve know."""
    facts.share(office)
    data = {"first": row.first.isoformat(), "last": row.last.isoformat(), "reason": row.reason}
    log(office, action, user=by, data=data)
    if not office.permissions_for_user(by).can_publish():
        _tell_approvers(office, row, action, by)


def _tell_approvers(office, row, action: str, by) -> None:
    traeger = Traeger.objects.for_page(office)
    groups = traeger.roles.filter(role__in=APPROVERS).values("group")
    people = get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()
    for person in people.order_by("pk"):
        with translation.override(person.language):
            context = {
                "person": person,
                "by": by,
                "office": office,
                "closure": exception_text(row.as_period()),
                "taken_back": action == TAKEN_BACK,
                "address": settings.WAGTAILADMIN_BASE_URL + reverse("portal_closures", args=[office.pk]),
                "site_name": settings.WAGTAIL_SITE_NAME,
            }
            subject = (
                _("%(office)s: closure taken back") if context["taken_back"] else _("%(office)s is closed")
            )
            text = render_to_string("home/admin/closure_mail.txt", context)
            send_mail(subject % {"office": office.title}, text, None, [person.email])


class _Formatter(LogFormatter):
    def closure(self, entry) -> str:
        first, last = (parse_date(entry.data[name]) for name in ("first", "last"))
        return exception_text(ExceptionPeriod(first, last, reason=entry.data["reason"]))


class AnnouncedFormatter(_Formatter):
    label = gettext_lazy("Announce a closure")

    def format_message(self, entry):
        return _("Published at once: %(closure)s") % {"closure": self.closure(entry)}


class TakenBackFormatter(_Formatter):
    label = gettext_lazy("Take back a closure")

    def format_message(self, entry):
        return _("Closure taken back: %(closure)s") % {"closure": self.closure(entry)}


def register(actions) -> None:
    actions.register_action(ANNOUNCED)(AnnouncedFormatter)
    actions.register_action(TAKEN_BACK)(TakenBackFormatter)
