"""Who may see which file."""

from django.db import connection
from wagtail.permissions import policy_registry

from sites.access.readers import may_open
from sites.models import PortalImage


def may_see_file(file, user) -> bool:
    """Tell whether `user` (also anonymous) may see the picture or document `file`.

    Its collection and the pages that show it decide; beside that, whoever may choose or change the file in
    the editing area sees it.
    """
    if may_open(file, user):
        return True
    policy = policy_registry.get_by_type(type(file))
    return user.is_authenticated and policy.user_has_any_permission_for_instance(
        user, ["choose", "change", "delete"], file
    )


def may_see_picture(picture: PortalImage, user) -> bool:
    """The same for pictures: a logo stands on every page of its site, also on the login."""
    return _is_logo(picture) or may_see_file(picture, user)


def _is_logo(picture: PortalImage) -> bool:
    """Tell whether `picture` is a logo that is shown to whoever asks; RLS has the rule."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_is_logo(%s)", [picture.pk])
        return cursor.fetchone()[0]


def may_see_portrait(owner, user) -> bool:
    """Tell whether `user` may see the profile picture that the person `owner` has in the editing area."""
    if not user.is_authenticated:
        return False
    if user == owner or user.is_superuser:
        return True
    return owner.groups.filter(traeger_role__traeger__roles__group__user=user).exists()
