"""What people and programs do to pages."""

from django.db.models import F, Q
from hypothesis import strategies as st
from hypothesis.stateful import precondition
from treebeard.mp_tree import MP_Node
from wagtail.models import Page

from sites.models import Traeger
from tests.sites.rls.machine.base import Machine
from tests.sites.rls.machine.rules import MAX_DEPTH, MAX_PAGES, PAGES, one_of, rule, where


class PageRules(Machine):
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
        # Wagtail numbers the copies of pages below from nought, and treebeard makes no room before that.
        first = target.get_first_child()
        if position == "first-child" and first and first._get_lastpos_in_path() == 0:
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
