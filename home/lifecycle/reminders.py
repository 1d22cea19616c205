"""Mails to those who look after entries, before and after the day up to which these count as checked."""

import logging
from collections import defaultdict
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from home.lifecycle.ladder import DAYS_BEFORE, rung
from home.models.lifecycle import Verification
from sites.access.roles import LEITUNG, roles_from
from sites.models import Traeger, User

log = logging.getLogger(__name__)


@transaction.atomic
def remind(today: date | None = None) -> None:
    """Send the reminders that are due: one mail to each person, about all that they look after.

    Mails are stored in the same transaction in which it is noted that they were sent: killed in the middle,
    neither is there. Run as the owner of the database, and as often as you like.
    """
    today = today or timezone.localdate()
    due = [each for each in _candidates(today) if rung(each.verified_until, today) > each.reminded]
    by_role: dict[tuple[int | None, str], list[Verification]] = defaultdict(list)
    for each in due:
        by_role[each.traeger_id, each.role].append(each)
    for (traeger, role), entries in by_role.items():
        people = responsible(entries[0].page, traeger, role)
        if not people:
            log.warning("Nobody can be reminded of %d entries: nobody has the role %s.", len(entries), role)
            continue
        for person in people:
            _send(person, entries, today)
        for each in entries:
            each.reminded = rung(each.verified_until, today)
        Verification.objects.bulk_update(entries, ["reminded"])


def _candidates(today: date) -> list[Verification]:
    soon = today + timedelta(days=DAYS_BEFORE[0])
    rows = Verification.objects.select_for_update(of=("self",)).filter(verified_until__lte=soon)
    return list(rows.filter(page__live=True).select_related("page").order_by("verified_until", "pk"))


def holders(traeger: int | None, role: str) -> list[User]:
    """Return the people with a role of a Träger; where nobody has it, those with the next higher one."""
    for each in roles_from(role):
        has_it = get_user_model().objects.filter(
            is_active=True, groups__traeger_role__traeger=traeger, groups__traeger_role__role=each
        )
        if people := list(has_it.distinct().order_by("pk")):
            return people
    return []


def responsible(page, traeger: int | None, role: str) -> list[User]:
    """Return the people with a role of a Träger; where there are none, the heads of where `page` is."""
    return holders(traeger, role) or holders(traeger_of(page), LEITUNG)


def traeger_of(page) -> int | None:
    """Return the id of the Träger in whose folder `page` is."""
    traeger = Traeger.objects.for_page(page)
    return traeger and traeger.pk


def _send(person: User, entries: list[Verification], today: date) -> None:
    with translation.override(person.language):
        context = {
            "person": person,
            "entries": [(each, each.verified_until < today, check_address(each.page)) for each in entries],
        }
        if len(entries) == 1:
            subject = _("Please check: is “%(title)s” still true?") % {"title": entries[0].page.title}
        else:
            subject = _("Please check %(count)d entries") % {"count": len(entries)}
        text = render_to_string("home/lifecycle/reminder.txt", context)
        send_mail(subject, text, None, [person.email])


def check_address(page) -> str:
    """Return the address at which somebody says that `page` is checked, after signing in."""
    return page.get_site().root_url + reverse("verify_page", args=[page.pk])
