"""Wagtail's views of pages where this portal adds something: the grants in the editor and in the history."""

from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.viewsets.pages import PageViewSet

from sites.grants.log import without_grants_to_others
from sites.grants.panels import GrantsSidePanel
from sites.interface.listings import OwnPagesFilterSet


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


class PortalPageViewSet(PageViewSet):
    """The views of all page types."""

    edit_view_class = PortalEditView
    history_view_class = PortalHistoryView
    filterset_class = OwnPagesFilterSet
