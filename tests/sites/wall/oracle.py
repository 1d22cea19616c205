"""Who may read a page, written from the rules, slowly and obviously. The SQL must agree with it.

It reads the tables as they are and asks nothing of the code under test.
"""

from collections import defaultdict

from django.conf import settings
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction, Site

from sites.models import PageGroupGrant, PageUserGrant, Traeger


class Oracle:
    """A snapshot of the tree and of everything that gives access to it."""

    def __init__(self):
        self.pages = {page.pk: page for page in Page.objects.all()}
        self.by_path = {page.path: page for page in self.pages.values()}
        self.source_locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE).pk
        self.restrictions = defaultdict(list)
        for restriction in PageViewRestriction.objects.prefetch_related("groups"):
            self.restrictions[restriction.page_id].append(restriction)
        self.rights = list(self._rights())
        self.start_pages = {self.pages[site.root_page_id].translation_key for site in Site.objects.all()}
        self.shared_folders = [
            self.pages[traeger.folder_id] for traeger in Traeger.objects.exclude(kind=Traeger.Kind.TRAEGER)
        ]

    def _rights(self):
        """Yield (page, principal, holds below too, opens drafts, holds for translations)."""
        for permission in GroupPagePermission.objects.all():
            yield self.pages[permission.page_id], f"g:{permission.group_id}", True, True, False
        for kind, model in (("u", PageUserGrant), ("g", PageGroupGrant)):
            for grant in model.grants.select_related("permission"):
                holder = grant.user_id if kind == "u" else grant.group_id
                principal = f"{kind}x:{grant.pk}" if grant.expires_at else f"{kind}:{holder}"
                drafts = grant.permission.codename != "view_page"
                yield self.pages[grant.content_object_id], principal, grant.subtree, drafts, True

    def chain(self, page):
        """The page and everything above it."""
        return [self.by_path[page.path[:end]] for end in range(4, len(page.path) + 1, 4)]

    def original(self, page):
        """The page in the source language that `page` translates, or None."""
        if page.locale_id == self.source_locale:
            return None
        for other in self.pages.values():
            if other.translation_key == page.translation_key and other.locale_id == self.source_locale:
                return other
        return None

    def sources(self, page):
        """All pages whose restrictions hold for `page`."""
        found, todo = {}, self.chain(page)
        while todo:
            one = todo.pop()
            if one.pk in found:
                continue
            found[one.pk] = one
            if one.alias_of_id:
                todo += self.chain(self.pages[one.alias_of_id])
            if original := self.original(one):
                todo += self.chain(original)
        return found.values()

    def audience(self, page):
        if not all(above.live for above in self.chain(page)):
            return set()
        holding = [r for source in self.sources(page) for r in self.restrictions[source.pk]]
        if not holding:
            return {"public"}
        if any(r.restriction_type == "password" for r in holding):
            return set()
        groups = [
            {f"g:{group.pk}" for group in r.groups.all()} for r in holding if r.restriction_type == "groups"
        ]
        return set.intersection(*groups) if groups else {"staff"}

    def entitled(self, page, with_follows=True):
        """Principals with a right on the page, and those who only pass through it."""
        chain = self.chain(page)
        reachable = all(above.live for above in chain)
        mine, passing = set(), set()
        for holder, principal, subtree, drafts, follows in self.rights:
            places = [holder]
            if follows and holder.locale_id == self.source_locale:
                places += [
                    other
                    for other in self.pages.values()
                    if other.translation_key == holder.translation_key
                    and other.locale_id != self.source_locale
                ]
            for place in places:
                covers = place.pk == page.pk or (subtree and page.path.startswith(place.path))
                if covers and (drafts or reachable):
                    mine.add(principal)
                if place.path.startswith(page.path) and place.pk != page.pk:
                    passing.add(f"d:{principal}")
        return mine | passing

    def readers(self, page) -> list[str]:
        """The principals of `page`, sorted."""
        audience = self.audience(page)
        if audience & {"public", "staff"} and any(
            folder.path in [above.path for above in self.chain(page)] for folder in self.shared_folders
        ):
            audience.add("shared")
        if page.depth == 1:
            audience.add("any")
        if page.translation_key in self.start_pages:
            audience.add("d:public")
        return sorted(audience | self.entitled(page))
