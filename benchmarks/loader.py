"""Loads the bulk portal, in one transaction; see the command `load_bulk`."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Revision

from benchmarks import access
from benchmarks.pages import Grower, store
from benchmarks.rows import triggers_off
from home.models import ContentPage, InternalPage
from sites.access.creation import create_traeger
from sites.access.roles import ROLES
from sites.models import PageGroupGrant, PageUserGrant, Traeger
from sites.rls.install import mend
from thinka_portal.demo.bulk import indexed_at_the_end

INTERNAL = 0.1


@dataclass(frozen=True)
class Plan:
    """How much of what. `section`: how many pages the largest section has, in the first Träger."""

    pages: int
    traeger: int
    section: int
    grants: int
    restrictions: int
    seed: int = 1


def load(plan: Plan, say: Callable[[str], None]) -> None:
    """Make everything that `plan` asks for, all or nothing; `say` is told about each step and its time."""
    rng = Random(plan.seed)  # noqa: S311 - nothing here is secret
    guarded = (Page, PageViewRestriction, access.Groups, GroupPagePermission, PageUserGrant, PageGroupGrant)
    with transaction.atomic():
        with triggers_off(*guarded, Revision):
            with _step(say, f"{plan.traeger} Träger, {4 * plan.traeger} groups"), indexed_at_the_end():
                traeger = [_make_traeger(number) for number in range(1, plan.traeger + 1)]
                users = [user for each in traeger for user in access.people(each)]
            with _step(say, f"{plan.pages} pages with revisions"):
                pages = _pages(Grower(rng), plan, traeger)
            with _step(say, f"{plan.restrictions} restrictions, {plan.grants} grants"):
                access.restrict(rng, pages, traeger, plan.restrictions)
                # None for the people of the first Träger: `bench_access` gives them one, then very many.
                access.grant(rng, pages, users[len(ROLES) :], traeger[1:], plan.grants)
        with _step(say, "statistics"), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with _step(say, "readers"):
            mend()
        with _step(say, "the search"):
            call_command("search_index", verbosity=0)


@contextmanager
def _step(say: Callable[[str], None], name: str) -> Iterator[None]:
    begin = time.monotonic()
    yield
    say(f"{name}: {time.monotonic() - begin:.0f} s")


def _make_traeger(number: int) -> Traeger:
    return create_traeger(f"Beispiel {number:03d} e.V.", slug=f"beispiel-{number:03d}")


def _pages(grower: Grower, plan: Plan, traeger: list[Traeger]) -> list[tuple[int, int]]:
    """Make the pages; return (id, index of their Träger) of each."""
    share, rest = divmod(plan.pages - plan.section, plan.traeger)
    made = []
    for owner, each in enumerate(traeger):
        home = Page.objects.get(pk=each.site.root_page_id)
        internal = Page.objects.get(pk=home.get_children().type(InternalPage).get().pk)
        count = share + (1 if owner < rest else 0)
        inside = int(count * INTERNAL)
        pages = grower.grow(home, ContentPage, count - inside) + grower.grow(internal, InternalPage, inside)
        if owner == 0 and plan.section:
            section = grower.grow(home, ContentPage, 1)
            pages += section + grower.grow(section[0], ContentPage, plan.section - 1)
        store(pages)
        for above in (home, internal):
            Page.objects.filter(pk=above.pk).update(numchild=above.numchild)
        made += [(page.pk, owner) for page in pages]
    return made
