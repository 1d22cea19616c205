"""The readers against the rule that everybody knows: what Wagtail's `accept_request` says of restrictions."""

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from sites.rls.identity import SITE


def request_of(user):
    request = RequestFactory().get("/")
    request.user, request.session = user, {}
    return request


def disagreements(oracle, stored, user, groups) -> list[str]:
    """Return where the `stored` readers (by page id) and Wagtail decide otherwise for `user`, in `groups`.

    Wagtail is asked about all restrictions that hold for a page; it lets nobody in for a role or a grant, so
    whoever has one may read where Wagtail refuses.
    """
    mine = oracle.principals(user, groups, SITE)
    request = request_of(user)
    restrictions = [each for some in oracle.restrictions.values() for each in some]
    accepting = {each.pk for each in restrictions if each.accept_request(request)}
    found = []
    for pk, page in oracle.pages.items():
        accepted = all(restriction.pk in accepting for restriction in oracle.holding(page))
        reads = not mine.isdisjoint(stored[pk])
        entitled = not mine.isdisjoint(oracle.entitled(page))
        if page.depth > 1 and reads != ((accepted and oracle.reachable(page)) or entitled):
            found.append(f"page {pk} at {page.path}: Wagtail accepts {user}: {accepted}, they read: {reads}")
    return found


VISITOR = AnonymousUser()
