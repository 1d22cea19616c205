"""Grants in the history of the object, and who gets to see these entries."""

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from sites.access.page_policy import is_grant
from sites.grants.kinds import KINDS, kind_of

GIVEN, ENDED = "portal.grant.give", "portal.grant.end"
ACTIONS = (GIVEN, ENDED)


def _log(action: str, obj, grant, holder_name: str, by) -> None:
    field = "user" if hasattr(grant, "user_id") else "group"
    kind = kind_of(obj)
    data = {
        "object": kind.name,
        "holder": {"kind": field, "id": getattr(grant, f"{field}_id"), "name": holder_name},
        "level": kind.level_of(grant).action,
        "subtree": grant.subtree,
        "until": grant.expires_at,
        "reason": grant.reason,
    }
    # The history names the type of the page, not only that it is one.
    log(obj.specific_deferred if isinstance(obj, Page) else obj, action, user=by, data=data)


def log_given(obj, grant, holder, by) -> None:
    _log(GIVEN, obj, grant, str(holder), by)


def log_ended(obj, grant, holder_name: str, by) -> None:
    _log(ENDED, obj, grant, holder_name, by)


class _Formatter(LogFormatter):
    def values(self, entry) -> dict:
        data = entry.data
        return {
            # Emptied when the person's account is deleted.
            "holder": data["holder"]["name"] or _("Somebody else"),
            "level": KINDS[data["object"]].level(data["level"]).label,
            "below": _(", with everything below") if data["subtree"] else "",
        }


class GivenFormatter(_Formatter):
    label = gettext_lazy("Give a grant")

    def format_message(self, entry):
        values = self.values(entry)
        if not entry.data["until"]:
            return _("Grant given to %(holder)s: %(level)s%(below)s, without an end") % values
        until = localtime(parse_datetime(entry.data["until"]))
        values["until"] = date_format(until, "SHORT_DATETIME_FORMAT")
        return _("Grant given to %(holder)s: %(level)s%(below)s, until %(until)s") % values


class EndedFormatter(_Formatter):
    label = gettext_lazy("End a grant")

    def format_message(self, entry):
        return _("Grant to %(holder)s ended: %(level)s%(below)s") % self.values(entry)


def register(actions) -> None:
    actions.register_action(GIVEN)(GivenFormatter)
    actions.register_action(ENDED)(EndedFormatter)


def without_grants_to_others(entries, user):
    """Narrow a queryset of log entries on pages: who only holds a grant sees nothing of grants there."""
    if user.is_superuser:
        return entries
    by_role = Q(pk__in=[])
    for permission in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user):
        if not is_grant(permission):
            by_role |= Q(path__startswith=permission.page.path)
    return entries.exclude(Q(action__in=ACTIONS) & ~Q(page_id__in=Page.objects.filter(by_role).values("pk")))
