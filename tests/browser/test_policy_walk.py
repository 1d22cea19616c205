"""Every view of the editing area that people reach by links keeps to its content security policy.

The fixture `visit` fails a test in which the browser had to refuse something. Administrators reach what all
others do; these walk, too, with `make thorough`.
"""

import os
from collections import deque
from urllib.parse import urlsplit

import pytest

from sites.access.roles import LEITUNG, REDAKTION
from tests.factories import UserFactory
from tests.walking import first_addresses, name_of

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
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


@pytest.mark.parametrize("who", PEOPLE if os.environ.get("THOROUGH") == "1" else ["administrator"])
def test_all_views(who, portal, visit):
    traeger = portal.world.traeger_a
    page = portal.pages["ContentPage"]
    page.save_revision()
    window = visit(UserFactory(traeger=traeger, **PEOPLE[who]))
    waiting = deque(
        portal.url(traeger, path) for path in first_addresses(portal.pages.values(), page, traeger)
    )
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
