"""Closures that hold at once, without approval: somebody is ill, and people stand at the door.

They are exceptions with the mark `at_once`, which are part of no draft: nothing else is published with them,
and no draft loses them. Whoever may edit the page (any type `WithOpeningHours`) by their role announces them
and takes them back; the history says so, and those who approve what others write get a mail.
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
from home.models.opening_hours import ExceptionRow, WithOpeningHours
from home.opening_hours import ExceptionPeriod, exception_text
from sites.access.roles import APPROVERS
from sites.models import Traeger

ANNOUNCED, TAKEN_BACK = "portal.closure.announce", "portal.closure.take_back"


def may_close(user, page: WithOpeningHours) -> bool:
    """Tell whether `user` announces closures of `page`: whoever edits it by their role, in German."""
    return facts.is_source(page) and page.permissions_for_user(user).may_by_role("change")


def closures(page: WithOpeningHours) -> QuerySet[ExceptionRow]:
    """Return the closures of `page` that hold at once and are not over."""
    rows = page.exception_model().objects.filter(page=page, at_once=True, last__gte=timezone.localdate())
    return rows.order_by("first", "last", "pk")


@transaction.atomic
def announce(page: WithOpeningHours, first, last, reason: str, by) -> None:
    """Close what `page` is about from `first` to `last` (days), in all languages, in the name of `by`."""
    facts.wait_for_others()
    rows = page.exception_model().objects
    row = rows.create(page=page, first=first, last=last, reason=reason, at_once=True)
    _follow(page, row, ANNOUNCED, by)


@transaction.atomic
def take_back(page: WithOpeningHours, row: ExceptionRow, by) -> None:
    """End a closure of `page` as if nobody had announced it, in the name of `by`.

    Nothing happens where somebody else has just done it.
    """
    facts.wait_for_others()
    deleted, _rows = page.exception_model().objects.filter(pk=row.pk, page=page, at_once=True).delete()
    if not deleted:
        return
    _follow(page, row, TAKEN_BACK, by)


def _follow(page, row, action: str, by) -> None:
    """Let other languages, the history and those who approve know."""
    facts.share(page)
    data = {"first": row.first.isoformat(), "last": row.last.isoformat(), "reason": row.reason}
    log(page, action, user=by, data=data)
    if not page.permissions_for_user(by).can_publish():
        _tell_approvers(page, row, action, by)


def _tell_approvers(page, row, action: str, by) -> None:
    traeger = Traeger.objects.for_page(page)
    groups = traeger.roles.filter(role__in=APPROVERS).values("group")
    people = get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()
    for person in people.order_by("pk"):
        with translation.override(person.language):
            context = {
                "person": person,
                "by": by,
                "page": page,
                "closure": exception_text(row.as_period()),
                "taken_back": action == TAKEN_BACK,
                "address": settings.WAGTAILADMIN_BASE_URL + reverse("portal_closures", args=[page.pk]),
                "site_name": settings.WAGTAIL_SITE_NAME,
            }
            subject = (
                _("%(office)s: closure taken back") if context["taken_back"] else _("%(office)s is closed")
            )
            text = render_to_string("home/admin/closure_mail.txt", context)
            send_mail(subject % {"office": page.title}, text, None, [person.email])


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
