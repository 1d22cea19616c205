"""The report of what has to be checked and who looks after it, with hand-over of many entries at once."""

from datetime import timedelta

import django_filters
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.lifecycle.checking import hand_over, owners
from home.lifecycle.ladder import DAYS_BEFORE
from home.models.lifecycle import Verification
from sites.access.roles import LESEN, ROLE_CHOICES
from sites.models import Traeger

OVERDUE, SOON, CHECKED = "overdue", "soon", "checked"
STATES = [
    (OVERDUE, gettext_lazy("overdue")),
    (SOON, gettext_lazy("due within 30 days")),
    (CHECKED, gettext_lazy("checked")),
]


def within_reach(user):
    """Return the checks of entries that `user` may change, or that a role of their Träger looks after."""
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    mine = Q(page__in=pages) | Q(traeger__in=Traeger.objects.for_user(user))
    # Not the Träger: a join with one that is out of reach would leave the row out.
    return Verification.objects.filter(mine, page__live=True).select_related("page")


def _owner_choices() -> list[tuple[int, str]]:
    return sorted(owners().items(), key=lambda each: each[1].casefold())


class ChecksFilterSet(WagtailFilterSet):
    """By state and by Träger that looks after the entry."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="by_state")
    traeger = django_filters.ChoiceFilter(label=gettext_lazy("Looked after by"), choices=_owner_choices)

    class Meta:
        model = Verification
        fields = ["state", "traeger"]

    def by_state(self, queryset, name, value):
        today = timezone.localdate()
        soon = today + timedelta(days=DAYS_BEFORE[0])
        return queryset.filter(
            **{
                OVERDUE: {"verified_until__lt": today},
                SOON: {"verified_until__range": (today, soon)},
                CHECKED: {"verified_until__gt": soon},
            }[value]
        )


class ChecksReport(ReportView):
    """What has to be checked, the most overdue first."""

    page_title = gettext_lazy("Checks of entries")
    header_icon = "check"
    model = Verification
    filterset_class = ChecksFilterSet
    results_template_name = "home/lifecycle/report_results.html"
    index_url_name = "portal_checks"
    index_results_url_name = "portal_checks_results"
    list_export = ["page.title", "owner", "verified_on", "verified_until"]
    export_headings = {
        "page.title": gettext_lazy("Title"),
        "owner": gettext_lazy("Looked after by"),
        "verified_on": gettext_lazy("Last checked on"),
        "verified_until": gettext_lazy("Checked until"),
    }

    def get_filename(self):
        return f"pruefungen-{timezone.localdate():%Y-%m-%d}"

    def get_queryset(self):
        self.queryset = within_reach(self.request.user).order_by("verified_until", "pk")
        return super().get_queryset()

    @cached_property
    def owners(self) -> dict[int, str]:
        return owners()

    def decorate_paginated_queryset(self, object_list):
        rows, elsewhere = list(object_list), _("another Träger")
        for each in rows:
            each.owner = f"{each.get_role_display()}, {self.owners.get(each.traeger_id, elsewhere)}"
        return rows

    def get_context_data(self, **kwargs):
        roles = [(role, label) for role, label in ROLE_CHOICES if role != LESEN]
        choices = [
            (f"{pk}:{role}", f"{name}: {label}")
            for pk, name in sorted(self.owners.items(), key=lambda each: each[1].casefold())
            for role, label in roles
        ]
        return super().get_context_data(**kwargs, owner_choices=choices)


class HandOverView(View):
    """Gives the ticked entries to another role, by POST: those whose pages the person edits by a role."""

    def post(self, request):
        traeger, _colon, role = request.POST.get("owner", "").partition(":")
        known = {str(pk): pk for pk in owners()}
        if traeger not in known or role not in dict(ROLE_CHOICES) or role == LESEN:
            raise Http404
        ticked = [key for key in request.POST.getlist("id") if key.isdecimal() and len(key) < 10]
        chosen = [
            each
            for each in within_reach(request.user).filter(pk__in=ticked)
            if each.page.specific.permissions_for_user(request.user).may_by_role("change")
        ]
        hand_over(chosen, known[traeger], role)
        if chosen:
            text = ngettext(
                "%(count)d entry is handed over.", "%(count)d entries are handed over.", len(chosen)
            )
            messages.success(request, text % {"count": len(chosen)})
        else:
            messages.warning(request, _("Nothing was handed over. Tick entries that you may change."))
        return redirect(get_valid_next_url_from_request(request) or "portal_checks")
