"""Who may do what with the objects of `sites` in the editing area."""

from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy


class TraegerPolicy(ModelPermissionPolicy):
    """A Träger is never deleted by a click: its folder, site, groups and files would stay behind."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, without its two queries per row in lists for people who may not publish."""

    def can_delete(self, ignore_bulk=False):
        if not self.user.is_superuser and "publish" not in self.permissions:
            # Nothing that is published may be deleted; the page alone can answer that in most cases.
            if self.page.live:
                return False
            if self.page.is_leaf() and "change" in self.permissions and self.user.is_active:
                return not self.page_is_root
        return super().can_delete(ignore_bulk)


class FixedPagePermissionTester(PortalPagePermissionTester):
    """For pages on which a whole site hangs: they are edited, but stay where they are, for everybody."""

    def can_delete(self, ignore_bulk=False):
        return False

    def can_move(self):
        return False

    def can_copy(self):
        return False

    def can_unpublish(self):
        return False
