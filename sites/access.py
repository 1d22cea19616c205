"""Who may read what, in Python: what the interface offers.

The rule is Wagtail's own (`Page.get_view_restrictions`): a page is readable when every restriction on it and
on the pages above it accepts the person; an alias has the restrictions of its source instead of its own.
Wagtail asks this page by page. Here it is asked for a whole queryset, mostly with one query per person
and request, so that no list asks it row by row. A property test compares both.
"""

from django.db.models import Q
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction


def _failing(restrictions, user):
    """Narrow a queryset of restrictions, on pages or on collections, to those that refuse `user`.

    Shared passwords are switched off in this portal: where one is left over, only administrators read.
    """
    if user.is_superuser:
        return restrictions.none()
    if not user.is_authenticated:
        return restrictions
    # As a subquery: the groups cost no query of their own.
    groups = user.groups.through.objects.filter(user_id=user.pk).values("group_id")
    return restrictions.exclude(restriction_type=PageViewRestriction.LOGIN).exclude(
        restriction_type=PageViewRestriction.GROUPS, groups__in=groups
    )


def _with_aliases(restrictions) -> list[str]:
    """Return the paths of the pages with `restrictions` (a queryset), and of all their aliases."""
    own = restrictions.values("page_id")
    # Nearly always the only query: aliases of aliases are rare.
    wanted = Q(alias_of=None, pk__in=own) | Q(alias_of__in=own)
    found: dict[int, str] = {}
    while True:
        rows = Page.objects.filter(wanted).order_by().values_list("pk", "path", "alias_of")
        newest = {pk for pk, _path, source in rows if source and pk not in found}
        found |= {pk: path for pk, path, _source in rows}
        if not newest:
            return list(found.values())
        wanted = Q(alias_of__in=newest)


def hidden_paths(user) -> list[str]:
    """Return the tree paths below which `user` (also anonymous) may read nothing, topmost ones only.

    Computed once per user object, that is once per request.
    """
    cached = getattr(user, "_hidden_paths", None)
    if cached is not None:
        return cached
    failing = _failing(PageViewRestriction.objects.filter(page__alias_of=None), user)
    topmost: list[str] = []
    for path in sorted(_with_aliases(failing)):
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


def may_open(collection, user) -> bool:
    """Tell whether `user` may open the files of `collection`: no restriction on or above it refuses them."""
    above = CollectionViewRestriction.objects.filter(
        collection__in=collection.get_ancestors(inclusive=True).values("pk")
    )
    return not _failing(above, user).exists()
