"""Does to the tree what people and programs do, and compares the readers with the oracle after every step."""

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.models import F, Q, prefetch_related_objects
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from treebeard.mp_tree import MP_Node
from wagtail.models import Collection, GroupPagePermission, Locale, Page, PageViewRestriction, Site

from home.models import ContentPage
from sites.models import PageGroupGrant, PageUserGrant, Traeger, TraegerFolder, User
from tests.sites.wall.oracle import Oracle
from tests.sites.wall.wagtail_rule import VISITOR, disagreements

PAGES = st.integers(0, 10_000)
LEVELS = ("view_page", "change_page", "publish_page")
PERMISSIONS = ("add_page", "change_page", "publish_page")
MAX_DEPTH = 15


class ReadersMachine(RuleBasedStateMachine):
    """Each run works in one transaction that is rolled back."""

    steps = 0
    differences = 0

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.serial = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def people_and_languages(self):
        self.locales = [Locale.objects.get_or_create(language_code=code)[0] for code in ("de", "en", "uk")]
        self.groups = [Group.objects.create(name=f"Gruppe {number}") for number in range(4)]
        self.users = [
            User.objects.create_user(
                f"person{number}@portal.test", first_name="Person", last_name=str(number)
            )
            for number in range(3)
        ]
        self.join()
        self.add(0, True)

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

    @rule(live=st.booleans())
    def add_at_the_bottom(self, live):
        deepest = max(self.pages(), key=lambda page: page.depth)
        if deepest.depth < MAX_DEPTH:
            deepest.add_child(instance=self.new(live))

    @rule(number=PAGES)
    def publish(self, number):
        page = self.pick(number).specific
        if not page.alias_of_id:  # aliases have no revisions
            page.save_revision().publish()

    @rule(number=PAGES)
    def unpublish(self, number):
        self.pick(number).unpublish()

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
            target.path.startswith(page.path) or target.depth + 4 > MAX_DEPTH or Page.objects.count() > 40
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
        if target.depth + 4 > MAX_DEPTH or Page.objects.count() > 40:
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

    @rule(number=PAGES)
    def unalias(self, number):
        Page.objects.filter(pk=self.pick(number).pk).update(alias_of=None)

    @rule(number=PAGES, language=st.sampled_from([1, 2]), subtree=st.booleans())
    def translate(self, number, language, subtree):
        page = self.pick(number)
        if page.locale_id != self.locales[0].pk or Page.objects.count() > 40:
            return
        targets = Page.objects.descendant_of(page, inclusive=True) if subtree else [page]
        for one in list(targets):
            if one.locale_id != self.locales[0].pk or one.has_translation(self.locales[language]):
                continue
            keys = one.get_ancestors(inclusive=True).values_list("translation_key", flat=True)
            # Wagtail can't translate a page below its own translation: it would translate both.
            if len(keys) == len(set(keys)):
                one.specific.copy_for_translation(self.locales[language], copy_parents=True)

    @rule(number=PAGES, at_once=st.booleans())
    @precondition(lambda self: Page.objects.filter(depth__gt=1).count() > 3)
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

    @rule(number=PAGES, host=st.sampled_from(["eins.test", "zwei.test"]))
    def serve(self, number, host):
        Site.objects.update_or_create(hostname=host, defaults={"root_page": self.pick(number)})

    @rule(host=st.sampled_from(["eins.test", "zwei.test"]))
    def stop_serving(self, host):
        Traeger.objects.filter(site__hostname=host).delete()
        Site.objects.filter(hostname=host).delete()

    @rule()
    def found_shared_traeger(self):
        site = Site.objects.filter(traeger=None).first()
        if site and not Traeger.objects.exists():
            self.serial += 1
            folder = TraegerFolder(title="Geteilt", slug=f"geteilt-{self.serial}", locale=self.locales[0])
            Page.get_first_root_node().add_child(instance=folder)
            Traeger.objects.create(
                name="Geteilt",
                slug="geteilt",
                kind=Traeger.Kind.KNOWLEDGE,
                folder=folder,
                site=site,
                collection=Collection.get_first_root_node(),
            )

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

    @rule(number=PAGES, groups=st.sets(st.integers(0, 3)))
    def change_restricted_groups(self, number, groups):
        restrictions = list(PageViewRestriction.objects.order_by("pk"))
        if restrictions:
            restrictions[number % len(restrictions)].groups.set([self.groups[index] for index in groups])

    @rule(number=PAGES, to=PAGES)
    def retarget_restriction(self, number, to):
        restrictions = list(PageViewRestriction.objects.order_by("pk"))
        if restrictions:
            PageViewRestriction.objects.filter(pk=restrictions[number % len(restrictions)].pk).update(
                page=self.pick(to), restriction_type="login"
            )

    @rule(number=PAGES)
    def unrestrict(self, number):
        restrictions = list(PageViewRestriction.objects.order_by("pk"))
        if restrictions:
            restrictions[number % len(restrictions)].delete()

    @rule(number=PAGES, group=st.integers(0, 3), codename=st.sampled_from(PERMISSIONS))
    def permit(self, number, group, codename):
        GroupPagePermission.objects.get_or_create(
            page=self.pick(number), group=self.groups[group], permission=self.permission(codename)
        )

    @rule(number=PAGES)
    def forbid(self, number):
        permissions = list(GroupPagePermission.objects.order_by("pk"))
        if permissions:
            permissions[number % len(permissions)].delete()

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

    @rule(number=PAGES, group=st.booleans())
    def revoke(self, number, group):
        grants = list((PageGroupGrant if group else PageUserGrant).grants.order_by("pk"))
        if grants:
            grants[number % len(grants)].delete()

    @rule(number=PAGES, group=st.booleans())
    def expire(self, number, group):
        model = PageGroupGrant if group else PageUserGrant
        grants = list(model.grants.order_by("pk"))
        if grants:
            model.grants.filter(pk=grants[number % len(grants)].pk).update(
                # For the database it is the beginning of the transaction, which is that of the whole run.
                expires_at=timezone.now() - dt.timedelta(hours=1)
            )

    @rule(index=st.integers(0, 3))
    def delete_group(self, index):
        group = self.groups[index]
        self.groups[index] = Group.objects.create(name=f"{group.name} neu")
        group.delete()
        self.join()

    def join(self):
        """Each person is a member of one group; the last group has nobody."""
        self.users = [User.objects.get(pk=user.pk) for user in self.users]  # forgets the prefetched groups
        for user, group in zip(self.users, self.groups, strict=False):
            user.groups.set([group])

    @invariant()
    def readers_are_right(self):
        found = list(self.found_wrong())
        tally = type(self)
        # What hypothesis repeats afterwards, to find the shortest sequence, counts no more.
        if not tally.differences:
            tally.steps += 1
            tally.differences = len(found)
        assert not found, "\n".join(found)

    def found_wrong(self):
        """Yield what differs: a page's readers, whether somebody reads it, somebody's way to theirs."""
        oracle = Oracle()
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, readers FROM wagtailcore_page")
            stored = dict(cursor.fetchall())
            for user, group in zip(self.users, self.groups, strict=False):
                cursor.execute(
                    "SELECT portal_pass_paths(array_agg(object_id), %(groups)s)"
                    " FROM portal_grants_of(%(user)s, %(groups)s) WHERE kind = 'page'",
                    {"user": user.pk, "groups": [group.pk]},
                )
                passed, expected = set(cursor.fetchone()[0]), oracle.pass_paths(user, [group])
                if passed != expected:
                    yield f"{user} passes {passed} but should pass {expected}"
                prefetch_related_objects([user], "groups")
                yield from disagreements(oracle, stored, user, [group])
        yield from disagreements(oracle, stored, VISITOR, [])
        for pk, page in oracle.pages.items():
            expected = oracle.readers(page)
            if sorted(stored[pk]) != expected:
                yield f"page {pk} at {page.path}: {stored[pk]} but should be {expected}"
