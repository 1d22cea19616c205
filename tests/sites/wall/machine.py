"""Does to the tree what people and programs do, and compares the readers with the oracle after every step."""

import datetime as dt
from collections import Counter
from functools import wraps

from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.models import F, Q, prefetch_related_objects
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition
from hypothesis.stateful import rule as hypothesis_rule
from treebeard.mp_tree import MP_Node
from wagtail.models import Collection, GroupPagePermission, Locale, Page, PageViewRestriction, Site

from home.models import ContentPage
from sites.models import PageGroupGrant, PageUserGrant, Traeger, TraegerFolder, User
from sites.wall.session import ADMIN, SITE
from tests.sites.wall.oracle import Oracle
from tests.sites.wall.wagtail_rule import VISITOR, disagreements

PAGES = st.integers(0, 10_000)
LEVELS = ("view_page", "change_page", "publish_page")
PERMISSIONS = ("add_page", "change_page", "publish_page")
HOSTS = st.sampled_from(["eins.test", "zwei.test"])
MAX_DEPTH = 15
MAX_PAGES = 40

# Everything that says who reads what; other columns change with every saving.
_STATE = """
SELECT md5(string_agg(part, '' ORDER BY part)) FROM (
  SELECT (id, path, live, alias_of_id, translation_key, locale_id)::text AS part FROM wagtailcore_page
  UNION ALL SELECT ('restriction', r)::text FROM wagtailcore_pageviewrestriction r
  UNION ALL SELECT ('to', m)::text FROM wagtailcore_pageviewrestriction_groups m
  UNION ALL SELECT ('role', g)::text FROM wagtailcore_grouppagepermission g
  UNION ALL SELECT ('to a person', g)::text FROM thinka_sites_pageusergrant g
  UNION ALL SELECT ('to a group', g)::text FROM thinka_sites_pagegroupgrant g
  UNION ALL SELECT ('member', user_id, group_id)::text FROM thinka_sites_user_groups
  UNION ALL SELECT ('site', id, root_page_id)::text FROM wagtailcore_site
  UNION ALL SELECT ('traeger', id, folder_id, kind)::text FROM thinka_sites_traeger
) parts
"""


# The names of all rules.
RULES = []


def rule(**strategies):
    """A rule of hypothesis that is told by its name."""

    def decorate(function):
        RULES.append(function.__name__)

        @hypothesis_rule(**strategies)
        @wraps(function)
        def run(machine, **drawn):
            machine.doing = function.__name__
            function(machine, **drawn)

        return run

    return decorate


def where(rows):
    """The rule takes place only where `rows(self)`, a queryset, has some."""
    return precondition(lambda machine: rows(machine).exists())


def one_of(rows, number):
    """Return one of the rows of a queryset."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)]


class ReadersMachine(RuleBasedStateMachine):
    """Each run works in one transaction that is rolled back.

    Only what changes something that readers follow from counts as a step. `effects`: how often each rule did.
    """

    steps = 0
    differences = 0
    deepest = 0
    effects = Counter()

    @classmethod
    def forget(cls):
        """Begin to count anew."""
        cls.steps = cls.differences = cls.deepest = 0
        cls.effects = Counter()

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.serial = 0
        self.doing, self.state = None, ""

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(deep=st.booleans())
    def people_and_languages(self, deep):
        self.locales = [Locale.objects.get_or_create(language_code=code)[0] for code in ("de", "en", "uk")]
        self.groups = [Group.objects.create(name=f"Gruppe {number}") for number in range(4)]
        self.users = [
            User.objects.create_user(
                f"person{number}@portal.test", first_name="Person", last_name=str(number)
            )
            for number in range(3)
        ]
        self.join()
        page = Page.get_first_root_node()
        for _depth in range(2, MAX_DEPTH + 1 if deep else 3):
            page = page.add_child(instance=self.new())
        self.state = self.fingerprint()

    # What the rules pick from

    def pages(self):
        return list(Page.objects.filter(depth__gt=1).order_by("path"))

    def pick(self, number):
        pages = self.pages()
        return pages[number % len(pages)]

    def new(self, live=True, locale=None):
        self.serial += 1
        return ContentPage(
            title=f"Seite {self.serial}",
            slug=f"seite-{self.serial}",
            live=live,
            locale=locale or self.locales[0],
        )

    def permission(self, codename):
        return Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)

    # Pages

    @rule(number=PAGES, live=st.booleans())
    def add(self, number, live):
        pages = [page for page in self.pages() if page.depth < MAX_DEPTH]
        parent = pages[number % len(pages)] if pages else Page.get_first_root_node()
        parent.add_child(instance=self.new(live))

    @where(lambda self: Page.objects.filter(depth__lt=MAX_DEPTH, numchild=0, depth__gt=1))
    @rule(number=PAGES, live=st.booleans())
    def add_at_the_bottom(self, number, live):
        leaves = Page.objects.filter(depth__lt=MAX_DEPTH, numchild=0, depth__gt=1)
        one_of(leaves, number).add_child(instance=self.new(live))

    # Aliases have no revisions.
    @where(lambda self: Page.objects.filter(depth__gt=1, live=False, alias_of=None))
    @rule(number=PAGES)
    def publish(self, number):
        page = one_of(Page.objects.filter(depth__gt=1, live=False, alias_of=None), number)
        page.specific.save_revision().publish()

    @where(lambda self: Page.objects.filter(depth__gt=1, live=True))
    @rule(number=PAGES)
    def unpublish(self, number):
        one_of(Page.objects.filter(depth__gt=1, live=True), number).unpublish()

    @rule(number=PAGES, live=st.booleans())
    def update_below_at_once(self, number, live):
        Page.objects.descendant_of(self.pick(number), inclusive=True).update(live=live)

    @rule(
        number=PAGES,
        to=PAGES,
        position=st.sampled_from(["first-child", "last-child", "left", "right"]),
        move=st.sampled_from([Page.move, MP_Node.move]),
    )
    def move(self, number, to, position, move):
        page, target = self.pick(number), self.pick(to)
        deeper = target.depth + ("child" in position)
        height = max(p.depth for p in Page.objects.descendant_of(page, inclusive=True)) - page.depth
        if target.path.startswith(page.path) or deeper + height > MAX_DEPTH:
            return
        parent = target if "child" in position else target.get_parent()
        # Wagtail refuses a second page with the same slug, for example a translation beside its source.
        if not Page.objects.child_of(parent).exclude(pk=page.pk).filter(slug=page.slug).exists():
            move(page, target, pos=position)

    def may_copy(self, page, target):
        return not (
            target.path.startswith(page.path)
            or target.depth + 4 > MAX_DEPTH
            or Page.objects.count() > MAX_PAGES
        )

    @rule(number=PAGES, to=PAGES, recursive=st.booleans())
    def copy(self, number, to, recursive):
        page, target = self.pick(number), self.pick(to)
        if not self.may_copy(page, target):
            return
        self.serial += 1
        page.specific.copy(
            to=target,
            recursive=recursive,
            update_attrs={"slug": f"kopie-{self.serial}"},
            copy_revisions=False,
        )

    @rule(number=PAGES, to=PAGES, live=st.booleans(), alias=st.booleans(), at_once=st.booleans())
    def copy_rows(self, number, to, live, alias, at_once):
        """Past Wagtail and treebeard, what is below before what is above, as a backup may be restored."""
        sections = [page for page in self.pages() if page.numchild] or self.pages()
        page, target = sections[number % len(sections)], self.pick(to)
        if target.depth + 4 > MAX_DEPTH or Page.objects.count() > MAX_PAGES:
            return
        last = target.get_last_child()
        top = last._inc_path() if last else Page._get_path(target.path, target.depth + 1, 1)
        rows = []
        for one in Page.objects.descendant_of(page, inclusive=True).order_by("-path"):
            row = self.new(live or one != page, one.locale)
            row.alias_of = one if alias else None
            row.path, row.numchild = top + one.path[len(page.path) :], one.numchild
            row.depth = len(row.path) // Page.steplen
            rows.append(row)
        for some in [rows] if at_once else [[row] for row in rows]:
            self.insert(some)
        Page.objects.filter(pk=target.pk).update(numchild=F("numchild") + 1)

    def insert(self, rows):
        """Insert the `rows` into the table of pages with one statement, then what their type adds."""
        fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
        pages = Page.objects.bulk_create(
            Page(**{name: getattr(row, name) for name in fields}) for row in rows
        )
        for row, page in zip(rows, pages, strict=True):
            row.page_ptr_id = page.pk
            row.save_base(raw=True)

    @rule(number=PAGES, to=PAGES, recursive=st.booleans())
    def alias(self, number, to, recursive):
        page, target = self.pick(number), self.pick(to)
        if not self.may_copy(page, target):
            return
        self.serial += 1
        page.specific.create_alias(parent=target, recursive=recursive, update_slug=f"alias-{self.serial}")

    @where(lambda self: Page.objects.exclude(alias_of=None))
    @rule(number=PAGES)
    def unalias(self, number):
        alias = one_of(Page.objects.exclude(alias_of=None), number)
        Page.objects.filter(pk=alias.pk).update(alias_of=None)

    @rule(number=PAGES, language=st.sampled_from([1, 2]), subtree=st.booleans())
    def translate(self, number, language, subtree):
        page = self.pick(number)
        if page.locale_id != self.locales[0].pk or Page.objects.count() > MAX_PAGES:
            return
        targets = Page.objects.descendant_of(page, inclusive=True) if subtree else [page]
        for one in list(targets):
            if one.locale_id != self.locales[0].pk or one.has_translation(self.locales[language]):
                continue
            keys = one.get_ancestors(inclusive=True).values_list("translation_key", flat=True)
            # Wagtail can't translate a page below its own translation: it would translate both.
            if len(keys) == len(set(keys)):
                one.specific.copy_for_translation(self.locales[language], copy_parents=True)

    @precondition(lambda self: Page.objects.filter(depth__gt=1).count() > 3)
    @rule(number=PAGES, at_once=st.booleans())
    def delete(self, number, at_once):
        page = self.pick(number)
        if (
            Page.objects.descendant_of(page, inclusive=True).count()
            < Page.objects.filter(depth__gt=1).count()
        ):
            inside = Q(folder__path__startswith=page.path) | Q(site__root_page__path__startswith=page.path)
            Traeger.objects.filter(inside).delete()
            if at_once:
                # By treebeard, without Wagtail's action.
                Page.objects.filter(pk=page.pk).delete()
            else:
                page.specific.delete()

    # Sites and Träger

    @rule(number=PAGES, host=HOSTS)
    def serve(self, number, host):
        Site.objects.update_or_create(hostname=host, defaults={"root_page": self.pick(number)})

    @where(lambda self: Site.objects.all())
    @rule(number=PAGES)
    def stop_serving(self, number):
        site = one_of(Site.objects.all(), number)
        Traeger.objects.filter(site=site).delete()
        site.delete()

    @precondition(lambda self: Site.objects.exists() and not Traeger.objects.exists())
    @rule()
    def found_shared_traeger(self):
        self.serial += 1
        folder = TraegerFolder(title="Geteilt", slug=f"geteilt-{self.serial}", locale=self.locales[0])
        Page.get_first_root_node().add_child(instance=folder)
        Traeger.objects.create(
            name="Geteilt",
            slug="geteilt",
            kind=Traeger.Kind.KNOWLEDGE,
            folder=folder,
            site=Site.objects.first(),
            collection=Collection.get_first_root_node(),
        )

    @where(lambda self: Traeger.objects.all())
    @rule(kind=st.sampled_from(Traeger.Kind.values))
    def change_kind(self, kind):
        Traeger.objects.update(kind=kind)

    # Access

    @rule(
        number=PAGES, kind=st.sampled_from(["login", "groups", "password"]), groups=st.sets(st.integers(0, 3))
    )
    def restrict(self, number, kind, groups):
        restriction = PageViewRestriction.objects.create(
            page=self.pick(number), restriction_type=kind, password="x"
        )
        restriction.groups.set([self.groups[index] for index in groups])

    @where(lambda self: PageViewRestriction.objects.all())
    @rule(number=PAGES, groups=st.sets(st.integers(0, 3)))
    def change_restricted_groups(self, number, groups):
        restriction = one_of(PageViewRestriction.objects.all(), number)
        restriction.groups.set([self.groups[index] for index in groups])

    @where(lambda self: PageViewRestriction.objects.all())
    @rule(number=PAGES, to=PAGES)
    def retarget_restriction(self, number, to):
        restriction = one_of(PageViewRestriction.objects.all(), number)
        PageViewRestriction.objects.filter(pk=restriction.pk).update(
            page=self.pick(to), restriction_type="login"
        )

    @where(lambda self: PageViewRestriction.objects.all())
    @rule(number=PAGES)
    def unrestrict(self, number):
        one_of(PageViewRestriction.objects.all(), number).delete()

    @rule(number=PAGES, group=st.integers(0, 3), codename=st.sampled_from(PERMISSIONS))
    def permit(self, number, group, codename):
        GroupPagePermission.objects.get_or_create(
            page=self.pick(number), group=self.groups[group], permission=self.permission(codename)
        )

    @where(lambda self: GroupPagePermission.objects.all())
    @rule(number=PAGES)
    def forbid(self, number):
        one_of(GroupPagePermission.objects.all(), number).delete()

    @rule(
        number=PAGES,
        who=st.integers(0, 2),
        to_group=st.booleans(),
        level=st.sampled_from(LEVELS),
        subtree=st.booleans(),
        hours=st.sampled_from([None, -1, 5]),
    )
    def grant(self, number, who, to_group, level, subtree, hours):
        holder = {"group": self.groups[who]} if to_group else {"user": self.users[who]}
        (PageGroupGrant if to_group else PageUserGrant).grants.update_or_create(
            content_object=self.pick(number),
            permission=self.permission(level),
            **holder,
            defaults={
                "subtree": subtree,
                "expires_at": hours and timezone.now() + dt.timedelta(hours=hours),
            },
        )

    @precondition(lambda self: self.grants())
    @rule(number=PAGES)
    def revoke(self, number):
        grants = self.grants()
        grants[number % len(grants)].delete()

    @precondition(lambda self: self.grants(Q(expires_at=None) | Q(expires_at__gt=timezone.now())))
    @rule(number=PAGES)
    def expire(self, number):
        grants = self.grants(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
        grant = grants[number % len(grants)]
        type(grant).grants.filter(pk=grant.pk).update(
            # For the database it is the beginning of the transaction, which is that of the whole run.
            expires_at=timezone.now() - dt.timedelta(hours=1)
        )

    def grants(self, *which):
        """Return the grants of pages, to people and to groups."""
        models = (PageUserGrant, PageGroupGrant)
        return [grant for model in models for grant in model.grants.filter(*which).order_by("pk")]

    @rule(index=st.integers(0, 3))
    def delete_group(self, index):
        group = self.groups[index]
        self.serial += 1
        self.groups[index] = Group.objects.create(name=f"Gruppe {index}, die {self.serial}.")
        group.delete()
        self.join()

    def join(self):
        """Each person is a member of one group; the last group has nobody."""
        self.users = [User.objects.get(pk=user.pk) for user in self.users]  # forgets the prefetched groups
        for user, group in zip(self.users, self.groups, strict=False):
            user.groups.set([group])

    @staticmethod
    def fingerprint() -> str:
        with connection.cursor() as cursor:
            cursor.execute(_STATE)
            return cursor.fetchone()[0]

    @invariant()
    def readers_are_right(self):
        before, self.state = self.state, self.fingerprint()
        found = list(self.found_wrong())
        tally = type(self)
        # What hypothesis repeats afterwards, to find the shortest sequence, counts no more.
        if not tally.differences:
            if self.doing and self.state != before:
                tally.steps += 1
                tally.effects[self.doing] += 1
                tally.deepest = max(tally.deepest, *(page.depth for page in self.pages()))
            tally.differences = len(found)
        assert not found, "\n".join(found)

    def found_wrong(self):
        """Yield what differs: a page's readers, whether somebody reads it, what somebody brings along."""
        oracle = Oracle()
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, readers FROM wagtailcore_page")
            stored = dict(cursor.fetchall())
        for user, group in [*zip(self.users, self.groups, strict=False), (VISITOR, None)]:
            groups = [group] if group else []
            yield from brought(oracle, user, groups)
            yield from disagreements(oracle, stored, user, groups)
        for pk, page in oracle.pages.items():
            expected = oracle.readers(page)
            if sorted(stored[pk]) != expected:
                yield f"page {pk} at {page.path}: {stored[pk]} but should be {expected}"
        # It asks about each page by itself: in turn.
        turn = [page for page in oracle.pages.values() if page.pk % 5 == type(self).steps % 5]
        for page in turn:
            forgotten = set(page.get_view_restrictions()) - set(oracle.holding(page))
            if forgotten:
                yield f"page {page.pk} at {page.path}: Wagtail knows {forgotten}, too"


def brought(oracle, user, groups):
    """Yield where the principals of `user` (also anonymous), member of `groups`, and their way are others."""
    with connection.cursor() as cursor:
        for area in (ADMIN, SITE):
            cursor.execute("SELECT portal_reads(%s, %s)", [user.pk, area])
            reads, expected = set(cursor.fetchone()[0]), oracle.principals(user, groups, area)
            if reads != expected:
                yield f"{user} reads with {reads} in {area} but should with {expected}"
        if user.is_anonymous:
            return
        cursor.execute(
            "SELECT portal_pass_paths(array_agg(object_id), %(groups)s)"
            " FROM portal_grants_of(%(user)s, %(groups)s) WHERE kind = 'page'",
            {"user": user.pk, "groups": [group.pk for group in groups]},
        )
        passed, expected = set(cursor.fetchone()[0]), oracle.pass_paths(user, groups)
        if passed != expected:
            yield f"{user} passes {passed} but should pass {expected}"
    prefetch_related_objects([user], "groups")
