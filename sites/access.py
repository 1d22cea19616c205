"""Who may read what, in Python: what the interface offers.

The question is always asked for a whole queryset, with one query for the restrictions per person and
request, so that no list asks it row by row.
"""

from django.db.models import Q
from wagtail.models import PageViewRestriction


def _accepts(restriction, user, group_ids: set[int]) -> bool:
    if user.is_superuser:
        return True
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return user.is_authenticated
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        return any(group.pk in group_ids for group in restriction.groups.all())
    return False  # passwords are switched off in this portal


def hidden_paths(user) -> list[str]:
    """Return the tree paths below which `user` (also anonymous) may read nothing, topmost ones only.

    Computed once per user object, that is once per request.
    """
    cached = getattr(user, "_hidden_paths", None)
    if cached is not None:
        return cached
    groups = set(user.groups.values_list("pk", flat=True)) if user.is_authenticated else set()
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    topmost: list[str] = []
    for path in sorted(r.page.path for r in restrictions if not _accepts(r, user, groups)):
        if not topmost or not path.startswith(topmost[-1]):
            topmost.append(path)
    user._hidden_paths = topmost
    return topmost


def readable_by(pages, user):
    """Narrow a queryset of pages (any page type) to what `user` may read."""
    hidden = Q()
    for path in hidden_paths(user):
        hidden |= Q(path__startswith=path)
    return pages.exclude(hidden) if hidden else pages


def may_read(page, user) -> bool:
    """Tell whether `user` may read the single page `page`; says nothing about whether it is published."""
    return not any(page.path.startswith(path) for path in hidden_paths(user))
