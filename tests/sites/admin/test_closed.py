"""Addresses that show everybody's things are there for administrators only, and no link leads to them."""

import re

import pytest
from django.urls import Resolver404, resolve, reverse

from home.models import NewsIndexPage
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.admin.addresses import ADMINISTRATORS_ONLY
from tests.factories import DocumentFactory, ImageFactory, NewsPageFactory, UserFactory
from tests.world import list_page

# Lists without arguments, one of each kind that the table closes.
CLOSED = (
    "traeger:index",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_chooser",
    "wagtaillocales:index",
    "wagtailredirects:index",
    "wagtailsites:index",
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
    "wagtail_localize:translations_report",
)
LINK = re.compile(r'"(/admin/[^"?#]*)')


@pytest.mark.parametrize("name", CLOSED)
def test_closed_to_heads_and_open_to_administrators(name, traeger_a, person, client_for):
    head, administrator = person(LEITUNG, traeger_a), UserFactory(admin=True)
    assert client_for(head, traeger_a).get(reverse(name)).status_code == 404
    assert client_for(administrator, traeger_a).get(reverse(name)).status_code == 200


def test_bulk_actions_on_people_are_closed(traeger_a, person, client_for):
    head = person(LEITUNG, traeger_a)
    url = reverse("wagtail_bulk_action", args=["thinka_sites", "user", "delete"])
    assert client_for(head, traeger_a).get(f"{url}?id={head.pk}").status_code == 404


def is_closed(address: str) -> bool:
    try:
        match = resolve(address)
    except Resolver404:
        return False
    return re.fullmatch(ADMINISTRATORS_ONLY, match.view_name) is not None


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE, LEITUNG])
def test_no_link_leads_to_a_closed_address(role, traeger_a, person, client_for):
    client = client_for(person(role, traeger_a), traeger_a)
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    image, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        *(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("edit", "history", "usage")),
        reverse("wagtailadmin_pages:add_subpage", args=[page.get_parent().pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("portal_approvals"),
    ]
    opened = 0
    for address in addresses:
        response = client.get(address)
        opened += response.status_code == 200
        found = {link for link in LINK.findall(response.content.decode()) if is_closed(link)}
        assert not found, address
    assert opened >= 9
