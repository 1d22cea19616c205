"""Who may do what with documents and pictures in the editing area.

Wagtail's rules go by collection and by who uploaded the file; grants on single files come on top. A grant
lets choose a file or change it. It never allows to delete it or to move it to another collection, because a
collection decides who may open it.
Source of the rules: design, section 5.2.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from sites.models.grants import DocumentGroupGrant, DocumentUserGrant, ImageGroupGrant, ImageUserGrant

# What a grant of one level allows.
IMPLIED = {"view": frozenset({"choose"}), "change": frozenset({"choose", "change"})}


class GrantMediaPermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy for files in collections, with grants. `user_grants`, `group_grants`: their models."""

    user_grants: type[DocumentUserGrant | ImageUserGrant]
    group_grants: type[DocumentGroupGrant | ImageGroupGrant]

    def granted(self, user) -> dict[int, frozenset[str]]:
        """Return what the grants in force allow `user`: id of the file → actions.

        One query per user object, that is per request.
        """
        if not user.is_active or user.is_superuser:
            return {}
        cache = f"_granted_{self.model._meta.model_name}"
        if not hasattr(user, cache):
            what = ("content_object_id", "permission__codename")
            own = self.user_grants.grants.in_force().filter(user=user).values_list(*what)
            through_groups = self.group_grants.grants.in_force().filter(group__user=user).values_list(*what)
            found: dict[int, frozenset[str]] = {}
            for pk, codename in own.union(through_groups):
                found[pk] = found.get(pk, frozenset()) | IMPLIED[codename.split("_")[0]]
            setattr(user, cache, found)
        return getattr(user, cache)

    def may_by_role(self, user, action, instance) -> bool:
        """Tell whether a role, not only a grant, allows `action` on `instance`."""
        return super().user_has_any_permission_for_instance(user, [action], instance)

    def user_has_permission(self, user, action):
        if super().user_has_permission(user, action):
            return True
        return any(action in actions for actions in self.granted(user).values())

    def user_has_any_permission_for_instance(self, user, actions, instance):
        # Grants first: they are known already, Wagtail would load the collection.
        if not self.granted(user).get(instance.pk, frozenset()).isdisjoint(actions):
            return True
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        by_role = super().instances_user_has_any_permission_for(user, actions)
        by_grant = [pk for pk, allowed in self.granted(user).items() if not allowed.isdisjoint(actions)]
        return by_role | self.model._default_manager.filter(pk__in=by_grant) if by_grant else by_role

    def users_with_any_permission(self, actions):
        return self._with_granted(super().users_with_any_permission(actions), actions)

    def users_with_any_permission_for_instance(self, actions, instance):
        by_role = super().users_with_any_permission_for_instance(actions, instance)
        return self._with_granted(by_role, actions, content_object=instance)

    def _with_granted(self, by_role, actions, **where):
        """The people `by_role`, and those who hold a grant that allows one of the actions."""
        levels = [level for level, allowed in IMPLIED.items() if not allowed.isdisjoint(actions)]
        codenames = [f"{level}_{self.model._meta.model_name}" for level in levels]
        people, groups = (
            grants.grants.in_force().filter(permission__codename__in=codenames, **where)
            for grants in (self.user_grants, self.group_grants)
        )
        granted = Q(pk__in=people.values("user")) | Q(groups__in=groups.values("group"))
        everybody = get_user_model()._default_manager.filter(is_active=True)
        return everybody.filter(Q(pk__in=by_role.values("pk")) | granted).distinct()


# The arguments are Wagtail's own: it looks the permissions of roles up under its built-in models.
class DocumentPermissionPolicy(GrantMediaPermissionPolicy):
    user_grants = DocumentUserGrant
    group_grants = DocumentGroupGrant

    def __init__(self, model="thinka_sites.PortalDocument"):
        super().__init__(model, auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user")


class ImagePermissionPolicy(GrantMediaPermissionPolicy):
    user_grants = ImageUserGrant
    group_grants = ImageGroupGrant

    def __init__(self, model="thinka_sites.PortalImage"):
        super().__init__(model, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user")
