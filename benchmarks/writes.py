"""What it costs to change who may read what, with the triggers that keep the readers and without them."""

import time
from collections.abc import Callable
from contextlib import nullcontext

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from wagtail.models import Page, PageViewRestriction

from benchmarks.access import Groups, person
from benchmarks.rows import triggers_off
from home.models import ContentPage
from sites.models import PageGroupGrant, PageUserGrant, Traeger

WALLED = (Page, PageViewRestriction, Groups, PageUserGrant, PageGroupGrant)


def changes(first: Traeger, second: Traeger) -> dict[str, Callable[[], None]]:
    """Return what is measured: changes of one page and of the largest section of `first`."""
    home = first.site.root_page
    section = Page.objects.child_of(home).order_by("-path").first()
    draft = ContentPage.objects.descendant_of(section).filter(live=False, numchild=0).order_by("path").first()
    leaf = ContentPage.objects.descendant_of(section).filter(live=True, numchild=0).order_by("path").first()
    reader = person(second, "lesen")
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    whole = Page.objects.descendant_of(section, inclusive=True)

    def fresh(page):
        return Page.objects.get(pk=page.pk)

    def restrict(page):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def give(page, subtree):
        PageUserGrant.objects.create(user=reader, content_object=page, permission=permission, subtree=subtree)

    return {
        "publish one page": lambda: draft.get_latest_revision().publish(),
        "move one page": lambda: fresh(leaf).move(fresh(section), pos="last-child"),
        "restrict one page": lambda: restrict(fresh(leaf)),
        "grant one page": lambda: give(fresh(leaf), False),
        "grant a section": lambda: give(fresh(section), True),
        "publish a section": lambda: whole.update(live=True),
        "unpublish a section": lambda: whole.update(live=False),
        "restrict a section": lambda: restrict(fresh(section)),
        "move a section": lambda: fresh(section).move(fresh(second.site.root_page), pos="last-child"),
    }


def cost(change: Callable[[], None], triggers: bool) -> float:
    """Return how many milliseconds `change` takes in a transaction, which is rolled back."""
    with transaction.atomic():
        with nullcontext() if triggers else triggers_off(*WALLED):
            # The first time plans what a server has planned long ago: switching triggers makes it forget.
            for _time in ("first", "measured"):
                with transaction.atomic():
                    taken = _timed(change)
                    transaction.set_rollback(True)
        transaction.set_rollback(True)
    return taken


def _timed(change: Callable[[], None]) -> float:
    begin = time.perf_counter()
    change()
    with connection.cursor() as cursor:
        # What a commit would check belongs to the cost.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return (time.perf_counter() - begin) * 1000
