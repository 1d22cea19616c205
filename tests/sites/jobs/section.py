"""A section with pages below, every operation on it that is enqueued, as data, and who performs them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from sites.accounts.sessions import SessionStore
from sites.jobs import replay as replaying
from sites.jobs.replay import Outcome, Request
from sites.jobs.service import serve
from sites.models import Job, PageUserGrant
from tests.factories import ContentPageFactory
from tests.sites.grants.granting import grant

BELOW = 4
# The section itself and all below.
ALL = BELOW + 1


@dataclass(frozen=True)
class Section:
    """The section, another page of the Träger, and somebody of another Träger."""

    page: Page
    elsewhere: Page
    guest: object

    def below(self):
        return Page.objects.get(pk=self.page.pk).get_descendants()


def make(traeger, guest, publish: bool = True) -> Section:
    start = traeger.site.root_page
    page = ContentPageFactory(parent=start, title="Abschnitt", publish=publish)
    for number in range(BELOW):
        ContentPageFactory(parent=page, title=f"Darunter {number}", publish=publish)
    return Section(page, ContentPageFactory(parent=start, title="Woanders"), guest)


@dataclass(frozen=True)
class Row:
    """An operation. `url` and `data` say how to ask for it, `happened` whether it was done."""

    kind: str
    url: Callable[[Section], str]
    data: Callable[[Section], dict]
    happened: Callable[[Section], bool]
    # Pages that are counted while it runs, None where they are not.
    counted: int | None = None
    total: int = ALL
    live: bool = True
    prepare: Callable[[Section], object] = lambda section: None


def _page_url(name: str) -> Callable[[Section], str]:
    return lambda section: reverse(f"wagtailadmin_pages:{name}", args=[section.page.pk])


def _bulk_url(action: str) -> Callable[[Section], str]:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return lambda section: f"{url}?id={section.page.pk}"


def _moved(section: Section) -> bool:
    parent = Page.objects.get(pk=section.page.pk).get_parent()
    return parent.pk == section.elsewhere.pk and section.below().count() == BELOW


def _gone(section: Section) -> bool:
    return not Page.objects.filter(title="Abschnitt").exists()


def _live(count: int) -> Callable[[Section], bool]:
    return lambda section: section.below().filter(live=True).count() == count


def _nothing(section: Section) -> dict:
    return {}


def _confirmed(section: Section) -> dict:
    return {"confirm_site_name": "ThINKA-Portal"}


def _with_below(section: Section) -> dict:
    return {"include_descendants": "on"}


def _copy(section: Section) -> dict:
    parent = section.page.get_parent().pk
    return {"new_title": "Abzug", "new_slug": "abzug", "new_parent_page": parent, "copy_subpages": "on"}


def _copied(section: Section) -> bool:
    copy = Page.objects.filter(title="Abzug").first()
    return bool(copy) and copy.get_descendants().count() == BELOW


def _restricted(section: Section) -> bool:
    return PageViewRestriction.objects.filter(page_id=section.page.pk, restriction_type="login").exists()


def _grant(section: Section) -> dict:
    about = {"group": "", "email": section.guest.email, "level": "change", "subtree": "on"}
    return about | {"until": "", "reason": ""}


def _granted(section: Section) -> bool:
    held = PageUserGrant.grants.in_force().filter(user=section.guest, content_object_id=section.page.pk)
    return held.filter(subtree=True).exists()


def _end_url(section: Section) -> str:
    held = PageUserGrant.grants.get(user=section.guest)
    return reverse("portal_grant_end", args=["page", section.page.pk, "user", held.pk])


def _give(section: Section):
    return grant(section.guest, section.page, "change", subtree=True)


ROWS = [
    Row(
        "move",
        lambda s: reverse("wagtailadmin_pages:move_confirm", args=[s.page.pk, s.elsewhere.pk]),
        _nothing,
        _moved,
    ),
    Row("copy", _page_url("copy"), _copy, _copied, counted=ALL),
    Row("delete", _page_url("delete"), _confirmed, _gone, counted=ALL),
    Row("unpublish", _page_url("unpublish"), _with_below, _live(0), counted=ALL),
    Row("move", _bulk_url("move"), lambda s: {"chooser": s.elsewhere.pk}, _moved),
    Row("delete", _bulk_url("delete"), _confirmed, _gone, counted=ALL),
    Row("publish", _bulk_url("publish"), _with_below, _live(BELOW), counted=ALL, live=False),
    Row("unpublish", _bulk_url("unpublish"), _with_below, _live(0), counted=ALL),
    Row("privacy", _page_url("set_privacy"), lambda s: {"restriction_type": "login"}, _restricted),
    Row("grant", lambda s: reverse("portal_grants", args=["page", s.page.pk]), _grant, _granted),
    Row("end_grant", _end_url, _nothing, lambda s: not _granted(s), prepare=_give),
]
IDS = [f"{row.kind}{'-bulk' if row.url.__qualname__.startswith('_bulk') else ''}" for row in ROWS]


def request_of(job: Job, user) -> Request:
    """What the background service hands over, for `user`."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "sites.accounts.backend.PortalBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    names = ("kind", "scheme", "host", "path", "data")
    return Request(**{name: getattr(job, name) for name in names}, session=session.session_key)


def replay(request: Request) -> tuple[Outcome, list[dict]]:
    """Repeat it on the connection of the test. Returns the outcome and what was told."""
    told: list[dict] = []
    signals = (request_started, request_finished)
    # Django's test client does the same.
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        return replaying.replay(request, told.append), told
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@contextmanager
def service_in_this_process() -> Iterator[None]:
    """The background service, in a thread, while the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=serve, args=[stop])
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()
