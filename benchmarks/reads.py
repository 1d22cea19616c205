"""Whole requests, answered with RLS and without it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from benchmarks.access import person
from home.models import ContentPage, InternalPage
from sites.access.readers import readable_by
from sites.models import PageUserGrant, Traeger, User

WORD = "Beratung"
BACKEND = "sites.accounts.backend.PortalBackend"
# By this the grants that are given for measuring are found again.
REASON = "Messung"


@dataclass(frozen=True)
class Request:
    """What is asked for (`path`), by whom (None: a visitor), on the site of the first Träger."""

    name: str
    path: str
    user: User | None = None


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Ask the database as `role`, which is bound by RLS, and not as its owner, who is not."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


@contextmanager
def as_owner() -> Iterator[None]:
    yield


def walls() -> dict:
    """Return the ways to ask: without RLS; with it, where the database has a role that it binds."""
    role = getattr(settings, "PORTAL_WEB_ROLE", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
    return {"off": as_owner} | ({"on": lambda: as_role(role)} if found else {})


def requests(traeger: Traeger) -> list[Request]:
    """Return what is measured: pages, explorer, form, chooser and searches."""
    home = traeger.site.root_page
    public = ContentPage.objects.child_of(home).live().public().order_by("path").first()
    editor, reader = (person(traeger, role) for role in ("redaktion", "lesen"))
    internal = InternalPage.objects.descendant_of(home).live().filter(depth__gt=4).order_by("path")
    internal = readable_by(internal, reader).first()
    section = Page.objects.child_of(home).order_by("-path").first()
    return [
        Request("page, visitor", public.get_url_parts()[2]),
        Request("page, member", internal.get_url_parts()[2], reader),
        Request("search, visitor", f"/suche/?q={WORD}"),
        Request("search, member", f"/suche/?q={WORD}", reader),
        Request("explorer, start page", f"/admin/pages/{home.pk}/", editor),
        Request("explorer, section", f"/admin/pages/{section.pk}/", editor),
        Request("explorer, search", f"/admin/pages/{home.pk}/?q={WORD}", editor),
        Request("edit", f"/admin/pages/{public.pk}/edit/", editor),
        Request("chooser, search", f"/admin/choose-page/search/?q={WORD}", editor),
    ]


def ask(request: Request, traeger: Traeger, wall) -> tuple[float, int]:
    """Return how many milliseconds and queries the answer takes; RuntimeError where there is none."""
    client = Client(headers={"host": f"{traeger.site.hostname}:{traeger.site.port}"})
    if request.user:
        client.force_login(request.user, backend=BACKEND)
    with wall(), CaptureQueriesContext(connection) as captured:
        begin = time.perf_counter()
        response = client.get(request.path)
        taken = (time.perf_counter() - begin) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{request.name}: {request.path} answered {response.status_code}")
    return taken, len(captured)


@contextmanager
def many_grants(user: User, count: int) -> Iterator[None]:
    """Let `user` hold `count` grants on pages of other Träger, as long as the block lasts."""
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    forget_grants()
    own = Page.objects.get(pk=user.traeger.get().folder_id)
    # Of one type: another one among the results of a search is one query more.
    pages = ContentPage.objects.filter(depth__gt=4).not_descendant_of(own).order_by("translation_key")
    PageUserGrant.objects.bulk_create(
        PageUserGrant(user=user, content_object=page, permission=permission, reason=REASON)
        for page in pages[:count]
    )
    try:
        yield
    finally:
        forget_grants()


def forget_grants() -> None:
    """Take away what is left of a measurement, also of one that was interrupted."""
    PageUserGrant.objects.filter(reason=REASON).delete()
