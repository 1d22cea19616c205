"""Who may read a page, written from the rules, slowly and obviously. The SQL must agree with it.

It reads the tables as they are and asks nothing of the code under test.
"""

from collections import defaultdict
from functools import wraps

from django.conf import settings
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page, PageViewRestriction, Site

from sites.models import PageGroupGrant, PageUserGrant, Traeger
from sites.rls.identity import SITE


def once(question):
    """Keep what was answered about a page: each is asked about for everybody."""

    @wraps(question)
    def ask(self, page):
        answers = self.answers[question.__name__]
        if page.pk not in answers:
            answers[page.pk] = question(self, page)
        return answers[page.pk]

    return ask


class Oracle:
    """A snapshot of the tree and of everything that gives access to it."""

    def __init__(self):
        self.answers = defaultdict(dict)
        self.pages = {page.pk: page for page in Page.objects.all()}
        self.by_path = {page.path: page for page in self.pages.values()}
        self.by_key = defaultdict(list)
        for page in self.pages.values():
            self.by_key[page.translation_key].append(page)
        self.source_locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE).pk
        self.restrictions = defaultdict(list)
        for restriction in PageViewRestriction.objects.prefetch_related("groups"):
            self.restrictions[restriction.page_id].append(restriction)
        self.permissions = list(GroupPagePermission.objects.all())
        self.user_grants = list(PageUserGrant.grants.select_related("permission"))
        self.group_grants = list(PageGroupGrant.grants.select_related("permission"))
        self.rights = list(self._rights())
        self.roots = set(Site.objects.values_list("root_page_id", flat=True))
        self.start_pages = {self.pages[pk].translation_key for pk in self.roots}
        self.shared_folders = [
            self.pages[traeger.folder_id] for traeger in Traeger.objects.exclude(kind=Traeger.Kind.TRAEGER)
        ]

    def _rights(self):
        """Yield (page, principal, holds below too, opens drafts, holds for translations)."""
        for permission in self.permissions:
            yield self.pages[permission.page_id], f"g:{permission.group_id}", True, True, False
        for kind, grants in (("u", self.user_grants), ("g", self.group_grants)):
            for grant in grants:
                holder = grant.user_id if kind == "u" else grant.group_id
                principal = f"{kind}x:{grant.pk}" if grant.expires_at else f"{kind}:{holder}"
                drafts = grant.permission.codename != "view_page"
                yield self.pages[grant.content_object_id], principal, grant.subtree, drafts, True

    @once
    def chain(self, page):
        """The page and everything above it that there is."""
        return [self.by_path[path] for path in self.lineage(page) if path in self.by_path]

    @staticmethod
    def lineage(page):
        """The paths of the page and of everything above it."""
        return [page.path[:end] for end in range(4, len(page.path) + 1, 4)]

    @once
    def original(self, page):
        """The page in the source language that `page` translates, or None."""
        if page.locale_id == self.source_locale:
            return None
        for other in self.by_key[page.translation_key]:
            if other.locale_id == self.source_locale:
                return other
        return None

    @once
    def sources(self, page):
        """All pages whose restrictions hold for `page`."""
        found, todo = {}, [*self.chain(page)]
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

    @once
    def shown(self, page):
        """The page and everything above it, and likewise for what one of these is an alias of, or translates.

        What is translated only where it is in the same folder, which is right below the root.
        """
        found, todo = {}, list(self.chain(page))
        while todo:
            one = todo.pop()
            if one.pk in found:
                continue
            found[one.pk] = one
            todo += self.chain(self.pages[one.alias_of_id]) if one.alias_of_id else []
            original = self.original(one)
            if original and original.path[:8] == one.path[:8]:
                todo += self.chain(original)
        return found.values()

    @once
    def reachable(self, page):
        """Nothing above the page is missing, and nothing there or in what it shows is unpublished."""
        complete = all(path in self.by_path for path in self.lineage(page))
        return complete and all(one.live for one in self.shown(page))

    @once
    def holding(self, page):
        """The restrictions that hold for `page`."""
        return [restriction for source in self.sources(page) for restriction in self.restrictions[source.pk]]

    def audience(self, page):
        if not self.reachable(page):
            return set()
        holding = self.holding(page)
        if not holding:
            return {"public"}
        if any(r.restriction_type == "password" for r in holding):
            return set()
        groups = [
            {f"g:{group.pk}" for group in r.groups.all()} for r in holding if r.restriction_type == "groups"
        ]
        return set.intersection(*groups) if groups else {"staff"}

    def places(self, holder, follows):
        """The pages that a right on the page `holder` is about: its translations as well, if they follow.

        Only those in the same folder, which is right below the root.
        """
        if not follows or holder.locale_id != self.source_locale:
            return [holder]
        translations = self.by_key[holder.translation_key]
        return [holder] + [
            other
            for other in translations
            if other.locale_id != self.source_locale and other.path[:8] == holder.path[:8]
        ]

    @once
    def entitled(self, page):
        """Principals with a right on the page."""
        reachable = self.reachable(page)
        mine = set()
        for holder, principal, subtree, drafts, follows in self.rights:
            for place in self.places(holder, follows):
                covers = place.pk == page.pk or (subtree and page.path.startswith(place.path))
                if covers and (drafts or reachable):
                    mine.add(principal)
        return mine

    def grants(self, user, groups):
        """The grants in force of `user`, member of `groups`."""
        members = {group.pk for group in groups}
        held = [grant for grant in self.user_grants if grant.user_id == user.pk]
        held += [grant for grant in self.group_grants if grant.group_id in members]
        return [grant for grant in held if grant.expires_at is None or grant.expires_at > timezone.now()]

    def principals(self, user, groups, area) -> set[str]:
        """What `user` (also anonymous), member of `groups`, brings along on a site or in the editing area."""
        mine = {"any", "public"} if area == SITE else {"any"}
        if user.is_anonymous:
            return mine
        mine.add("staff" if area == SITE else "shared")
        ending = {
            f"{'u' if hasattr(grant, 'user_id') else 'g'}x:{grant.pk}"
            for grant in self.grants(user, groups)
            if grant.expires_at
        }
        return mine | {f"u:{user.pk}"} | {f"g:{group.pk}" for group in groups} | ending

    def pass_paths(self, user, groups) -> set[str]:
        """Paths of the pages above those on which `user`, member of `groups`, holds a right."""
        members = {group.pk for group in groups}
        held = [
            (self.pages[permission.page_id], False)
            for permission in self.permissions
            if permission.group_id in members
        ]
        held += [(self.pages[grant.content_object_id], True) for grant in self.grants(user, groups)]
        return {
            above.path
            for page, follows in held
            for place in self.places(page, follows)
            for above in self.chain(place)[:-1]
        }

    def readers(self, page) -> list[str]:
        """The principals of `page`, sorted."""
        audience = self.audience(page)
        if audience & {"public", "staff"} and any(
            folder.path in [above.path for above in self.chain(page)] for folder in self.shared_folders
        ):
            audience.add("shared")
        if page.depth == 1:
            audience.add("any")
        if page.translation_key in self.start_pages and (page.live or page.pk in self.roots):
            audience.add("d:public")
        return sorted(audience | self.entitled(page))
