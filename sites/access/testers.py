"""What a person may do with one page: Wagtail asks these questions for every button and every view."""

from wagtail.models.pages import PagePermissionTester
from wagtail.permissions import policy_registry

from sites.access.page_policy import is_grant


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, with the scope of grants and with what a grant never allows."""

    def __init__(self, user, page):
        # Not Wagtail's: for every page it looks through all permissions, also those of thousands of grants.
        self.user = user
        self.page = page
        self.page_is_root = page.depth == 1
        self.permission_policy = policy_registry.get(page)
        if user.is_superuser:
            return
        # Also for visitors, for whom Wagtail sets nothing and then fails when it is asked about locks.
        held = self.permission_policy.get_cached_permissions_for_user(user).covering(page)
        self.permissions = {p.permission.codename.rsplit("_", 1)[0] for p in held}
        self.standing_permissions = {p.permission.codename.rsplit("_", 1)[0] for p in held if not is_grant(p)}

    def may_by_role(self, action: str) -> bool:
        """Tell whether a role, not only a grant, allows `action` ("change", "publish" …) on the page."""
        if not self.user.is_active:
            return False
        return self.user.is_superuser or action in self.standing_permissions

    def _without_grants(self, decide, *args, **kwargs):
        """Ask one of Wagtail's questions as if the person held no grant."""
        if not self.user.is_active or self.user.is_superuser:
            return decide(*args, **kwargs)
        permissions, self.permissions = self.permissions, self.standing_permissions
        try:
            return decide(*args, **kwargs)
        finally:
            self.permissions = permissions

    def can_delete(self, ignore_bulk=False):
        return self._without_grants(self._can_delete, ignore_bulk)

    def _can_delete(self, ignore_bulk):
        """Wagtail's rule, without its two queries per row in lists for people who may not publish."""
        if not self.user.is_superuser and "publish" not in self.permissions:
            # Nothing that is published may be deleted; the page alone can answer that in most cases.
            if self.page.live:
                return False
            if self.page.is_leaf() and "change" in self.permissions and self.user.is_active:
                return not self.page_is_root
        return super().can_delete(ignore_bulk)

    def can_unlock(self):
        # A page that nobody has locked is not one that a visitor, who has no number either, has locked.
        return self.user.is_active and super().can_unlock()

    def can_move(self):
        return self._without_grants(super().can_move)

    def can_copy(self):
        return self._without_grants(super().can_copy)

    def can_set_view_restrictions(self):
        return self._without_grants(super().can_set_view_restrictions)

    def can_reorder_children(self):
        return self._without_grants(super().can_reorder_children)


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
