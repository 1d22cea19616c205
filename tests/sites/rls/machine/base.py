"""What the machine begins with, picks from and compares after every step."""

from collections import Counter

from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from wagtail.models import Collection, Locale, Page, Site

from home.models import ContentPage
from sites.models import PageUserGrant, Traeger, TraegerFolder, User
from sites.rls.identity import ADMIN, SITE
from tests.sites.rls.machine.rules import LEVELS, MAX_DEPTH
from tests.sites.rls.oracle import Oracle
from tests.sites.rls.wagtail_rule import VISITOR, disagreements

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


class Machine(RuleBasedStateMachine):
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

    @initialize(
        deep=st.booleans(), site=st.sampled_from([None, "of nobody", "shared"]), granted=st.booleans()
    )
    def people_and_languages(self, deep, site, granted):
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
        # Some rules end what others begin: they shall not always have to wait for these.
        if site:
            Site.objects.create(hostname="geteilt.test", root_page=page)
        if site == "shared":
            self.share()
        if granted:
            for number, user in enumerate(self.users):
                PageUserGrant.grants.create(
                    content_object=page, user=user, permission=self.permission(LEVELS[number])
                )
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

    def share(self):
        """Make a site the one of a Träger whose pages all others read."""
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
