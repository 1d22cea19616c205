"""Who may do what with Träger in the editing area."""

from wagtail.permission_policies import ModelPermissionPolicy


class TraegerPolicy(ModelPermissionPolicy):
    """Only administrators: making one makes groups and rights, which RLS lets nobody else do.

    A Träger is never deleted by a click: its folder, site, groups and files would stay behind.
    """

    def user_has_permission(self, user, action):
        return action != "delete" and user.is_active and user.is_superuser
