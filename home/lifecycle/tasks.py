"""What waits for a person: what somebody with one of their roles should do about an entry.

Each of the `SOURCES` asks for one kind of it, of what the person may read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from home.lifecycle.ladder import DAYS_BEFORE
from home.models.lifecycle import Verification
from home.models.notices import Notice
from sites.access.readers import principals
from sites.access.roles import roles_up_to
from sites.models import TraegerRole

# More is in the report.
SHOWN = 6


@dataclass(frozen=True)
class Task:
    """One thing that waits. `text` leads to `page`; `state` says how urgent it is, `about` whose it is.

    `day`: by when it is or was to be done, for the order.
    """

    page: Page
    text: str
    state: str
    about: str
    day: date
    is_late: bool


@dataclass(frozen=True)
class Waiting:
    """The most urgent tasks of a person, and whether there are more."""

    tasks: list[Task]
    has_more: bool


def waiting_for(user, roles: list[TraegerRole], today: date | None = None) -> Waiting:
    """Return what waits for `user`, who holds `roles`; one query for each of the sources."""
    today = today or timezone.localdate()
    found = [task for source in SOURCES for task in source(user, roles, today)]
    found.sort(key=lambda task: task.day)
    return Waiting(found[:SHOWN], len(found) > SHOWN)


def to_check(user, roles: list[TraegerRole], today: date) -> list[Task]:
    """Entries whose check is overdue, or due as soon as the first reminder says. For who looks after them.

    For administrators, too, only what a role of theirs looks after: nobody else is reminded of it.
    """
    mine = _looked_after("", roles)
    if not mine:
        return []
    soon = today + timedelta(days=DAYS_BEFORE[0])
    rows = Verification.objects.filter(mine, page__live=True, verified_until__lte=soon)
    if not user.is_superuser:
        rows = rows.filter(page__path__read_by=principals(user))
    names = {each.traeger_id: each.traeger.name for each in roles}
    rows = rows.select_related("page").order_by("verified_until", "pk")[: SHOWN + 1]
    return [_check_of(row, names[row.traeger_id], today) for row in rows]


def reported(user, roles: list[TraegerRole], today: date) -> list[Task]:
    """Entries of which readers say that something is not true any more. For who looks after them."""
    mine = _looked_after("page__verification__", roles)
    if not mine:
        return []
    rows = Notice.objects.open().filter(mine, page__live=True).select_related("page__verification")
    names = {each.traeger_id: each.traeger.name for each in roles}
    return [
        _notice_of(row, names[row.page.verification.traeger_id])
        for row in rows.order_by("created_at", "pk")[: SHOWN + 1]
    ]


def _looked_after(prefix: str, roles: list[TraegerRole]) -> Q:
    """The condition that one of `roles` looks after an entry; `prefix` leads to its check. None: nothing."""
    mine = Q()
    for each in roles:
        whose = {"traeger": each.traeger_id, "role__in": roles_up_to(each.role)}
        mine |= Q(**{f"{prefix}{name}": value for name, value in whose.items()})
    return mine


def _notice_of(row: Notice, owner: str) -> Task:
    return Task(
        page=row.page,
        text=_("“%(title)s”: something is not true any more") % {"title": row.page.title},
        state=row.get_reason_display(),
        about=_about(row.page, row.page.verification, owner),
        day=timezone.localdate(row.created_at),
        is_late=True,
    )


def _about(page: Page, check: Verification, owner: str) -> str:
    kind = capfirst(page.specific_class._meta.verbose_name)
    whose = {"kind": kind, "role": check.get_role_display(), "traeger": owner}
    return _("%(kind)s, looked after by: %(role)s, %(traeger)s") % whose


def _check_of(row: Verification, owner: str, today: date) -> Task:
    return Task(
        page=row.page,
        text=_("Is “%(title)s” still true?") % {"title": row.page.title},
        state=_due(row.verified_until, today),
        about=_about(row.page, row, owner),
        day=row.verified_until,
        is_late=row.verified_until < today,
    )


def _due(until: date, today: date) -> str:
    days = (today - until).days
    if days > 0:
        return ngettext("due for %(count)d day", "due for %(count)d days", days) % {"count": days}
    if days == 0:
        return _("due today")
    return _("due by %(date)s") % {"date": date_format(until, "MONTH_DAY_FORMAT")}


# (person, their roles, today) → what waits, the most urgent first, SHOWN + 1 at most.
SOURCES: list[Callable[..., list[Task]]] = [reported, to_check]
