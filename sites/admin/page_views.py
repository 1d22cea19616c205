"""Wagtail's views of pages where this portal adds something: grants, what became of a page, copies."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState

from sites.access.sources import MESSAGE, waits_for_source
from sites.admin.listings import OwnPagesFilterSet
from sites.grants.log import without_grants_to_others
from sites.grants.panels import GrantsSidePanel
from sites.jobs.counting import name_of, with_below
from sites.jobs.enqueue import enqueue, lead_to


def tell_outcome(request, page_id: int) -> None:
    """Say where a page stands after somebody approved it or gave it back, with the way there."""
    page = Page.objects.get(pk=page_id).specific
    values = {"title": page.get_admin_display_title()}
    waiting = page.current_workflow_task
    scheduled = page.scheduled_revision
    if waiting:
        text = _("“%(title)s” is approved here and now waits for this: %(task)s.")
        values["task"] = waiting.name
    elif page.current_workflow_state:
        text = _("“%(title)s” went back to the people who submitted it.")
    elif scheduled:
        text = _("“%(title)s” is approved and will appear on %(moment)s.")
        values["moment"] = date_format(timezone.localtime(scheduled.approved_go_live_at), "DATETIME_FORMAT")
    else:
        text = _("“%(title)s” is approved and published.")
    edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))
    shown = [messages.button(page.url, _("View the page"))] if page.live and page.url else []
    messages.success(request, text % values, buttons=[*shown, edit])


class PortalWorkflowActionView(WorkflowActionView):
    """Approving and giving back from a list. Wagtail says nothing about what became of the page."""

    def post(self, request, *args, **kwargs):
        if self.action_name == "approve" and waits_for_source(self.task_state.revision.as_object()):
            messages.error(request, MESSAGE)
            return self._lead_back(request)
        response = super().post(request, *args, **kwargs)
        self.task_state.refresh_from_db()
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            tell_outcome(request, self.object.pk)
        return response

    def _lead_back(self, request):
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class PortalEditView(EditView):
    """The editor, with the side panel „Freigaben"; it says what became of a page that was approved."""

    decides = False

    def perform_workflow_action(self):
        self.decides = True
        return super().perform_workflow_action()

    def add_save_confirmation_message(self):
        if self.decides:
            tell_outcome(self.request, self.page.pk)
        else:
            super().add_save_confirmation_message()

    def get_side_panels(self):
        panels = super().get_side_panels()
        if not (self.expects_json_response or self.hydrate_create_view):
            grants = GrantsSidePanel(self.real_page_record, self.request)
            if grants.overview:
                panels.append(grants)
                panels.sort(key=lambda panel: panel.order)
        return panels


class PortalHistoryView(PageHistoryView):
    """The history, without what it tells of grants to others."""

    def get_base_queryset(self):
        return without_grants_to_others(super().get_base_queryset(), self.request.user)


class PortalCopyView(CopyView):
    """Copying, in the background where it would take long."""

    def form_valid(self, form):
        total = with_below([self.page]) if form.cleaned_data.get("copy_subpages") else 1
        if job := enqueue(self.request, "copy", name_of([self.page]), total):
            return lead_to(job)
        return super().form_valid(form)


class PortalPageViewSet(PageViewSet):
    """The views of all page types."""

    copy_view_class = PortalCopyView
    edit_view_class = PortalEditView
    history_view_class = PortalHistoryView
    workflow_action_view_class = PortalWorkflowActionView
    filterset_class = OwnPagesFilterSet
