"""Who may do what with pages in the editing area.

Wagtail derives its policy and its testers from the list of permissions that a person holds, of which it uses
only the page and the codename. Grants join that list; what differs from group permissions is the scope (one
page or everything below) and that a grant never allows to delete, move, copy, restrict or reorder.
Source of the rules: design, section 5.2.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from sites.access.paths import folder_path
from sites.models.grants import PageGroupGrant, PageUserGrant

# What a grant of one level allows. "publish" holds "edit": nobody publishes what they may not open.
IMPLIED = {
    "view_page": ("view_page",),
    "change_page": ("view_page", "change_page", "lock_page", "unlock_page"),
    "publish_page": ("view_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
EXPLORE = frozenset(
    f"{action}_page" for action in ("add", "change", "publish", "lock", "unlock", "bulk_delete")
)


@dataclass(frozen=True)
class GrantedPermission:
    """Looks like Wagtail's GroupPagePermission: `page`, `page_id`, `permission`."""

    page: Page
    permission: Permission
    subtree: bool

    @property
    def page_id(self) -> int:
        return self.page.pk


def is_grant(permission) -> bool:
    """Tell whether an entry of a person's permissions comes from a grant and not from a group permission."""
    return isinstance(permission, GrantedPermission)


def _is_tree(permission) -> bool:
    """Tell whether an entry of a person's permissions holds below its page, too."""
    return getattr(permission, "subtree", True)


def _above(path: str) -> list[str]:
    """Return the paths of the pages above the one at `path`."""
    return [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]


class HeldPermissions(list):
    """The permissions of one person: of groups and of grants, of which there may be thousands."""

    @cached_property
    def _by_page(self) -> dict[int, list]:
        return self._grouped(lambda permission: permission.page_id, self)

    @cached_property
    def _by_tree(self) -> dict[str, list]:
        return self._grouped(lambda permission: permission.page.path, filter(_is_tree, self))

    @staticmethod
    def _grouped(key, permissions) -> dict:
        groups: dict = {}
        for permission in permissions:
            groups.setdefault(key(permission), []).append(permission)
        return groups

    def covering(self, page) -> list:
        """Return those that hold for `page`."""
        from_above = (p for path in _above(page.path) for p in self._by_tree.get(path, ()))
        return [*self._by_page.get(page.pk, ()), *from_above]


def _scope(permissions) -> Q:
    """The pages for which entries of a person's permissions hold, as a filter."""
    trees = {p.page.path for p in permissions if _is_tree(p)}
    pages = {p.page_id for p in permissions if not _is_tree(p)}
    return Q(path__below=trees) | Q(pk__among=pages)


def granted_permissions(user) -> list[GrantedPermission]:
    """Return what the grants in force allow `user`, also through groups and on translations.

    Translations at another Träger are left out: one that stayed when its source was moved there, or the other
    way round.
    """
    what = ("content_object_id", "permission__codename", "subtree")
    own = PageUserGrant.grants.in_force().filter(user=user).values_list(*what)
    grants = list(own.union(PageGroupGrant.grants.in_force().filter(group__user=user).values_list(*what)))
    if not grants:
        return []
    # What a permission is asked for; of all else there is much.
    asked = Page.objects.only("path", "depth", "translation_key", "locale__language_code")
    pages = asked.select_related("locale").in_bulk({page_id for page_id, _codename, _subtree in grants})
    keys = {
        page.translation_key for page in pages.values() if page.locale.language_code == settings.LANGUAGE_CODE
    }
    followers: dict = {}
    for follower in asked.filter(translation_key__in=keys).exclude(pk__in=pages):
        followers.setdefault(follower.translation_key, []).append(follower)
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore",
            content_type__model="page",
            codename__in=IMPLIED["publish_page"],
        )
    }
    return [
        GrantedPermission(place, permissions[implied], subtree)
        for page_id, codename, subtree in grants
        # What may only be read is hidden while it is not published.
        if page_id in pages
        for place in (pages[page_id], *followers.get(pages[page_id].translation_key, ()))
        if folder_path(place) == folder_path(pages[page_id])
        for implied in IMPLIED[codename]
    ]


class GrantPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's page policy, with grants. Registered for AbstractPage in `sites.apps`."""

    def get_all_permissions_for_user(self, user):
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return HeldPermissions()
        stock = super().get_all_permissions_for_user(user).select_related("page", "permission")
        return HeldPermissions([*stock, *granted_permissions(user)])

    def user_has_any_permission_for_instance(self, user, actions, instance):
        decided = self._base_user_has_permission(user)
        if decided is not None:
            return decided
        wanted = self._get_permission_codenames(actions)
        held = self.get_cached_permissions_for_user(user).covering(instance)
        codenames = {permission.permission.codename for permission in held}
        if "add_page" in codenames and instance.owner_id == user.pk:
            codenames.add("change_page")
        return bool(wanted & codenames)

    def instances_user_has_any_permission_for(self, user, actions):
        everything_or_nothing = self._base_queryset_for_user(user)
        if everything_or_nothing is not None:
            return everything_or_nothing
        wanted = self._get_permission_codenames(actions)
        held = self.get_cached_permissions_for_user(user)
        scope = _scope([p for p in held if p.permission.codename in wanted])
        if "change" in actions:
            # who may only add may change what is their own
            scope |= _scope([p for p in held if p.permission.codename == "add_page"]) & Q(owner=user)
        return self.model._default_manager.filter(scope)

    def explorable_instances(self, user):
        """The pages that a person finds in the explorer: what they may work on, and the way down to it."""
        everything_or_nothing = self._base_queryset_for_user(user)
        if everything_or_nothing is not None:
            return everything_or_nothing
        own = [p for p in self.get_cached_permissions_for_user(user) if p.permission.codename in EXPLORE]
        if not own:
            return self.model._default_manager.none()
        scope = Q(path__among={path for p in own for path in _above(p.page.path)})
        scope |= _scope(own)
        # The first common ancestor, which Wagtail would look up.
        paths = [p.page.path for p in own]
        steps = range(min(map(len, paths)), 0, -self.model.steplen)
        top = next(paths[0][:end] for end in steps if len({path[:end] for path in paths}) == 1)
        return self.model._default_manager.filter(scope, path__startswith=top)

    def users_with_any_permission(self, actions, include_superusers=True):
        actions = set(actions) | ({"add"} if "change" in actions else set())
        stock = super().users_with_any_permission(actions, include_superusers)
        return self._with_granted(stock, self._granted(actions))

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        stock = super().users_with_any_permission_for_instance(actions, instance, include_superusers)
        chain = instance.get_ancestors(inclusive=True)
        here = Q(content_object=instance) | Q(subtree=True, content_object__in=chain)
        return self._with_granted(stock, self._granted(actions, here))

    def _granted(self, actions, here=None):
        """Who holds a grant that allows one of the actions, as a filter on people."""
        wanted = self._get_permission_codenames(actions)
        codenames = [level for level, implied in IMPLIED.items() if wanted & set(implied)]
        people, groups = (
            model.grants.in_force().filter(here or Q(), permission__codename__in=codenames)
            for model in (PageUserGrant, PageGroupGrant)
        )
        return Q(pk__in=people.values("user")) | Q(groups__in=groups.values("group"))

    @staticmethod
    def _with_granted(stock, granted):
        people = get_user_model()._default_manager.filter(is_active=True)
        return people.filter(Q(pk__in=stock.values("pk")) | granted).distinct()
