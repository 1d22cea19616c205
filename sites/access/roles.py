"""The roles of a Träger, as data. `sites.access.rights` makes the groups from it.

Each role contains the rights of the one before. Source of the rules: design, section 5.1.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

LESEN = "lesen"
REDAKTION = "redaktion"
FREIGABE = "freigabe"
LEITUNG = "leitung"


@dataclass(frozen=True)
class Role:
    """What one role may do inside its own Träger.

    `page`: codenames of page permissions on the folder; `collection`: (app label, codename) on the
    collection; `site`: (app label, codename) on the site (for settings); `general`: (app label, codename)
    without an object, only what is needed to enter the editing area.
    """

    key: str
    label: str | Promise
    page: tuple[str, ...] = ()
    collection: tuple[tuple[str, str], ...] = ()
    site: tuple[tuple[str, str], ...] = ()
    general: tuple[tuple[str, str], ...] = ()


# Wagtail asks for the permissions of its own image and document models, also where these are replaced.
_IMAGE, _DOCUMENT = ("wagtailimages", "image"), ("wagtaildocs", "document")
_MEDIA = tuple(
    (app, f"{action}_{model}") for app, model in (_IMAGE, _DOCUMENT) for action in ("add", "change", "choose")
)
_MEDIA_DELETE = tuple((app, f"delete_{model}") for app, model in (_IMAGE, _DOCUMENT))
_EDIT = ("add_page", "change_page")
_PUBLISH = (*_EDIT, "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
_ADMIN = (("wagtailadmin", "access_admin"),)
_COLLECTIONS = tuple(("wagtailcore", f"{action}_collection") for action in ("add", "change", "delete"))

# With a context: Wagtail has other translations of the same words.
ROLES = (
    Role(LESEN, pgettext_lazy("role", "Reading")),
    Role(REDAKTION, pgettext_lazy("role", "Editing"), page=_EDIT, collection=_MEDIA, general=_ADMIN),
    Role(
        FREIGABE,
        pgettext_lazy("role", "Approval"),
        page=_PUBLISH,
        collection=(*_MEDIA, *_MEDIA_DELETE),
        general=_ADMIN,
    ),
    Role(
        LEITUNG,
        pgettext_lazy("role", "Head"),
        page=_PUBLISH,
        collection=(*_MEDIA, *_MEDIA_DELETE, *_COLLECTIONS),
        site=(("thinka_sites", "change_branding"),),
        general=_ADMIN,
    ),
)
# The roles that approve what the others of the Träger have written.
APPROVERS = (FREIGABE, LEITUNG)
ROLE_CHOICES = [(role.key, role.label) for role in ROLES]
# How the groups are called. German on purpose: a group's name is content, stored once for everybody.
GROUP_NAMES = {LESEN: "Lesen", REDAKTION: "Redaktion", FREIGABE: "Freigabe", LEITUNG: "Leitung"}
# (app label, model): what no role may touch without an object, because that reaches every Träger.
NEVER_MODEL_WIDE = frozenset(
    {
        ("thinka_sites", "user"),
        ("thinka_sites", "traeger"),
        ("thinka_sites", "branding"),
        ("auth", "group"),
        ("auth", "permission"),
        ("wagtailcore", "site"),
        ("wagtailcore", "locale"),
        ("wagtailcore", "page"),
        ("wagtailcore", "collection"),
        ("wagtailcore", "workflow"),
        ("wagtailcore", "task"),
        ("wagtailcore", "groupapprovaltask"),
        ("wagtailimages", "image"),
        ("wagtaildocs", "document"),
        ("wagtailredirects", "redirect"),
        ("taggit", "tag"),
        ("thinka_sites", "mediatag"),
    }
)


def may_enter_editing_area(key: str) -> bool:
    """Tell whether people with the role `key` may enter the editing area at all."""
    return set(_ADMIN) <= set(next(role for role in ROLES if role.key == key).general)


def roles_from(key: str) -> tuple[str, ...]:
    """Return the role `key` and those that hold its rights, too, the next one first."""
    keys = [role.key for role in ROLES]
    return tuple(keys[keys.index(key) :])


def roles_up_to(key: str) -> tuple[str, ...]:
    """Return the roles whose rights `key` holds, itself as the last one."""
    keys = [role.key for role in ROLES]
    return tuple(keys[: keys.index(key) + 1])
