"""Django's question whether somebody has a permission on one object: answered as the editing area does."""

from django.contrib.auth.backends import BaseBackend
from wagtail.permissions import policy_registry

from sites.grants.kinds import KINDS, PAGE


class GrantBackend(BaseBackend):
    """Answers `user.has_perm("wagtailcore.change_page", page)`, likewise for documents and pictures.

    Roles and grants in force count, as the policies have it. guardian's own backend knows nothing of the end
    of a grant, of the pages below and of translations. Without an object it has nothing to say.
    """

    def has_perm(self, user_obj, perm, obj=None):
        kind = next((kind for kind in KINDS.values() if isinstance(obj, kind.model)), None)
        if kind is None or not user_obj.is_active:
            return False
        app, _dot, codename = perm.rpartition(".")
        action, _underscore, model = codename.rpartition("_")
        if (app, model) != (kind.model._meta.app_label, kind.codename):
            return False
        # The first level of a grant on a file is called "view"; Wagtail calls what it allows "choose".
        if kind is not PAGE and action == "view":
            action = "choose"
        return policy_registry.get(obj).user_has_permission_for_instance(user_obj, action, obj)
