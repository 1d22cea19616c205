"""Every view of the editing area that people reach by links keeps to its content security policy.

The fixture `visit` fails a test in which the browser had to refuse something. Administrators reach what all
others do; these walk, too, with `make thorough`.
"""

import os
from collections import deque
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import Resolver404, resolve, reverse
from wagtail.models import Page

from sites.access.roles import LEITUNG, REDAKTION
from sites.models import PortalDocument, PortalImage
from tests.factories import UserFactory

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
PAGE_VIEWS = ("history", "usage", "copy", "move", "delete", "unpublish", "workflow_history")
PEOPLE = {
    "editor": {"role": REDAKTION},
    "head": {"role": LEITUNG},
    "administrator": {"is_superuser": True},
}
# What the walk must have seen, so that it can't end early without anybody noticing.
EDITOR = {
    *("wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailadmin_pages:add"),
    *("wagtailadmin_pages:history", "wagtailadmin_pages:revisions_compare", "wagtailadmin_pages:copy"),
    *("wagtailimages:index", "wagtailimages:edit", "wagtailimages:add_multiple", "wagtaildocs:index"),
    *("wagtaildocs:edit", "wagtaildocs:add_multiple", "portal_handbook"),
    "wagtailadmin_pages:preview_on_add",
}
HEAD = EDITOR | {
    *("wagtailsettings:edit", "wagtailadmin_pages:move", "wagtailadmin_pages:delete", "wagtail_bulk_action"),
    *("wagtailadmin_reports:aging_pages", "portal_grants", "wagtailadmin_collections:edit"),
}
SEEN = {
    "editor": EDITOR,
    "head": HEAD,
    "administrator": HEAD
    | {
        *("wagtailusers_users:edit", "wagtailadmin_workflows:edit", "wagtailsites:edit"),
        *("wagtail_localize:submit_page_translation", "wagtailusers_users:delete"),
    },
}


def name_of(url: str, host: str) -> tuple | None:
    """Return what the walk visits once: a view, and what it is about (the type of a page, a chapter)."""
    parts = urlsplit(url)
    if parts.netloc != host or not parts.path.startswith("/admin/") or "export=" in parts.query:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    return match.view_name, *(str(value) for value in match.kwargs.values() if not str(value).isdigit())


def first_addresses(portal, traeger):
    """Yield where the walk begins: what has no link of its own, or one that is behind a button."""
    yield reverse("wagtailadmin_home")
    yield reverse("wagtailadmin_account")
    for page in portal.pages.values():
        yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    page = portal.pages["ContentPage"]
    revisions = list(page.revisions.order_by("created_at").values_list("pk", flat=True))
    yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", revisions[-1]])
    for view in PAGE_VIEWS:
        yield reverse(f"wagtailadmin_pages:{view}", args=[page.pk])
    yield reverse("wagtailusers_users:delete", args=[UserFactory(traeger=traeger).pk])
    # The site has an English start page, and no English version of this one.
    yield reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    for model, actions in (
        (Page, ("move", "delete", "publish", "unpublish")),
        (PortalImage, ("add_tags", "add_to_collection", "delete")),
        (PortalDocument, ("add_tags", "add_to_collection", "delete")),
    ):
        one = page if model is Page else model.objects.filter(collection=traeger.collection).first()
        for action in actions:
            names = (model._meta.app_label, model._meta.model_name, action)
            yield reverse("wagtail_bulk_action", args=names) + "?" + urlencode({"id": one.pk})


@pytest.mark.parametrize("who", PEOPLE if os.environ.get("THOROUGH") == "1" else ["administrator"])
def test_all_views(who, portal, visit):
    traeger = portal.world.traeger_a
    page = portal.pages["ContentPage"]
    page.save_revision()
    window = visit(UserFactory(traeger=traeger, **PEOPLE[who]))
    waiting = deque(portal.url(traeger, path) for path in first_addresses(portal, traeger))
    host = urlsplit(waiting[0]).netloc
    known, seen = {name_of(url, host) for url in waiting}, set()
    while waiting:
        url = waiting.popleft()
        response = window.goto(url)
        assert response.status in (200, 404), url
        if response.status == 404:
            continue
        seen.add(name_of(window.url, host))
        for link in window.evaluate(LINKS):
            name = name_of(link, host)
            # Bulk actions begin with the objects that were chosen.
            if name and name not in known and (name[0] != "wagtail_bulk_action" or "?" in link):
                known.add(name)
                waiting.append(link)
    assert {name[0] for name in seen if name} >= SEEN[who]
