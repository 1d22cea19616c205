"""Reports of the editing area, without people and workflows of other Träger."""

import django_filters
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.audit_logging import (
    LogEntriesView,
    SiteHistoryReportFilterSet,
    get_users_for_filter,
)
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowView
from wagtail.models import PageLogEntry, WorkflowState

from sites.grants.log import without_grants_to_others
from sites.models import Traeger


def _colleagues(request):
    """The people of the Träger in which the person works; Wagtail would offer everybody's address."""
    people = get_user_model().objects.filter(traeger__in=Traeger.objects.for_user(request.user))
    return people.order_by("last_name", "first_name").distinct()


class ApprovalFilterSet(WorkflowReportFilterSet):
    requested_by = django_filters.ModelChoiceFilter(label=_("Submitted by"), queryset=_colleagues)

    class Meta:
        model = WorkflowState
        fields = ["reviewable", "status", "requested_by", "created_at"]


class ApprovalsView(WorkflowView):
    """What was submitted in the sections that the person may edit, and what became of it."""

    page_title = _("Approvals")
    filterset_class = ApprovalFilterSet
    index_url_name = "portal_approvals"
    index_results_url_name = "portal_approvals_results"
    # Publishing is needed: people who only write see their own pages on the dashboard.
    any_permission_required = ["publish"]
    # The report by task offers every Träger's workflows as filters.
    header_buttons = []


class SiteHistoryFilterSet(SiteHistoryReportFilterSet):
    """Offers the people of the entries that are shown. Wagtail means to, but offers everybody."""

    def get_users_queryset(self):
        return get_users_for_filter(self.request.user)

    class Meta(SiteHistoryReportFilterSet.Meta):
        pass


class SiteHistoryView(LogEntriesView):
    """What happened to the pages within reach, without what it tells of grants to others."""

    filterset_class = SiteHistoryFilterSet

    def filter_queryset(self, queryset):
        entries = super().filter_queryset(queryset)
        return (
            without_grants_to_others(entries, self.request.user) if entries.model is PageLogEntry else entries
        )
