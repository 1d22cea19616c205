"""The figures on the dashboard."""

from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

# What makes a page one's own to work on; see Wagtail's PagePermissionPolicy.
WORK = {"add", "change", "publish"}


class OwnPagesSummaryItem(PagesSummaryItem):
    """Counts the pages that the person works on.

    Wagtail counts everything below the page that is above all of these: for somebody with roles in two
    Träger that is the whole portal, so the figure would tell how much all others have.
    """

    def get_context_data(self, parent_context):
        pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
            self.request.user, WORK
        )
        # The root and the folders of the Träger are no pages to anybody.
        count = pages.filter(depth__gte=3).count()
        return {**super().get_context_data(parent_context), "total_pages": count}
