"""What can be granted, as data: for each kind of object its levels and the models that hold its grants."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.utils.translation import pgettext_lazy
from wagtail.models import Page
from wagtail.permissions import policy_registry

from sites.access.testers import PortalPagePermissionTester
from sites.grants.content_type import permission_content_type
from sites.models import PortalDocument, PortalImage, Traeger
from sites.models import grants as models


@dataclass(frozen=True)
class Level:
    """How much a grant allows.

    `action`: the first part of the permission's codename; `needs`: what whoever gives it must be allowed by a
    role; `in_editing_area`: of use only to people who may enter the editing area.
    """

    action: str
    label: str
    needs: str
    in_editing_area: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of object on which grants are given. `name` stands in addresses."""

    name: str
    model: type
    to_person: type[models.Grant]
    to_group: type[models.Grant]
    levels: tuple[Level, ...]
    edit_view: str
    has_pages_below: bool
    # (user, action, object) → whether a role, not only a grant, allows it
    may_by_role: Callable
    owner: Callable

    @property
    def codename(self) -> str:
        return self.model._meta.model_name

    def level(self, action: str) -> Level:
        return next(level for level in self.levels if level.action == action)

    def level_of(self, grant) -> Level:
        return self.level(grant.permission.codename.removesuffix(f"_{self.codename}"))

    def permission(self, level: Level) -> Permission:
        content_type = permission_content_type(self.model)
        return Permission.objects.get(content_type=content_type, codename=f"{level.action}_{self.codename}")

    def holders(self) -> dict[str, type[models.Grant]]:
        """The models of the grants, by the name of the field that names the holder."""
        return {"user": self.to_person, "group": self.to_group}


def holder_field(holder) -> str:
    """Return how grants call the person or the group `holder`."""
    return "group" if isinstance(holder, Group) else "user"


def _file_may_by_role(user, action, file) -> bool:
    return policy_registry.get(file).may_by_role(user, action, file)


def _file_kind(name: str, model: type, to_person: type, to_group: type, edit_view: str) -> Kind:
    return Kind(
        name=name,
        model=model,
        to_person=to_person,
        to_group=to_group,
        levels=(
            Level("view", pgettext_lazy("grant", "use"), needs="choose"),
            Level("change", pgettext_lazy("grant", "edit"), needs="change"),
        ),
        edit_view=edit_view,
        has_pages_below=False,
        may_by_role=_file_may_by_role,
        owner=lambda file: Traeger.objects.for_collection(file.collection_id),
    )


PAGE = Kind(
    name="page",
    model=Page,
    to_person=models.PageUserGrant,
    to_group=models.PageGroupGrant,
    levels=(
        Level("view", pgettext_lazy("grant", "read"), needs="change", in_editing_area=False),
        Level("change", pgettext_lazy("grant", "edit"), needs="change"),
        Level("publish", pgettext_lazy("grant", "publish"), needs="publish"),
    ),
    edit_view="wagtailadmin_pages:edit",
    has_pages_below=True,
    may_by_role=lambda user, action, page: PortalPagePermissionTester(user, page).may_by_role(action),
    owner=Traeger.objects.for_page,
)
DOCUMENT = _file_kind(
    "document", PortalDocument, models.DocumentUserGrant, models.DocumentGroupGrant, "wagtaildocs:edit"
)
IMAGE = _file_kind("image", PortalImage, models.ImageUserGrant, models.ImageGroupGrant, "wagtailimages:edit")
KINDS = {kind.name: kind for kind in (PAGE, DOCUMENT, IMAGE)}


def kind_of(obj) -> Kind:
    """Return the kind of a page, document or picture."""
    return next(kind for kind in KINDS.values() if isinstance(obj, kind.model))
