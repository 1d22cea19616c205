"""The side panel „Freigaben" in the editor of a page."""

from django.middleware.csrf import get_token
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from sites.grants.forms import GrantForm
from sites.grants.overview import overview


class GrantsSidePanel(BaseSidePanel):
    """Lists the grants that reach the page and, for the head of its Träger, gives and ends them."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle grants")
        icon_name = "key"

        def get_context_data(self, parent_context):
            lines = self.panel.overview.lines
            return super().get_context_data(parent_context) | {"count": len(lines.here) + len(lines.above)}

    name = "grants"
    title = _("Grants")
    template_name = "sites/grants/panel.html"
    order = 150

    def __init__(self, page, request):
        super().__init__(page, request)
        self.overview = overview(request.user, page)

    @cached_property
    def form(self) -> GrantForm | None:
        if self.overview.may_give:
            return GrantForm(obj=self.object, user=self.request.user)
        return None

    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | {
            "overview": self.overview,
            "form": self.form,
            "next": self.request.path,
            # A component is rendered without the request, and so without the token.
            "csrf_token": get_token(self.request),
        }
