"""Wagtail's views of pages where this portal adds something: grants, and copies made in the background."""

from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.viewsets.pages import PageViewSet

from sites.admin.listings import OwnPagesFilterSet
from sites.grants.log import without_grants_to_others
from sites.grants.panels import GrantsSidePanel
from sites.jobs.counting import name_of, with_below
from sites.jobs.enqueue import enqueue, lead_to


class PortalEditView(EditView):
    """The editor, with the side panel „Freigaben"."""

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
    filterset_class = OwnPagesFilterSet
