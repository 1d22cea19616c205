"""A page that is copied to another Träger leaves its history behind."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from sites.access.roles import LEITUNG
from tests.factories import ContentPageFactory


def copy(client, page, parent) -> Page:
    """Copy `page` with what is below; return the copy."""
    answer = client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": parent.pk,
            "copy_subpages": "on",
        },
    )
    assert answer.status_code == 302
    return Page.objects.get(slug="kopie")


@pytest.fixture
def page(traeger_a):
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Quelle", summary="Jetzt")
    below = ContentPageFactory(parent=page, title="Darunter")
    for each in (page, below):
        now = each.summary
        each.summary = "Längst gestrichen"
        each.save_revision()
        each.summary = now
        each.save_revision()
    return page


@pytest.fixture
def head_of_both(person, traeger_a, traeger_b):
    user = person(LEITUNG, traeger_a)
    user.groups.add(traeger_b.group(LEITUNG))
    return user


def saved(copied) -> list[list[str]]:
    """Return what each revision of the copies says."""
    pages = Page.objects.filter(path__startswith=copied.path).order_by("path")
    return [[revision.content["summary"] for revision in page.revisions.order_by("pk")] for page in pages]


def test_only_the_newest_goes_to_another_traeger(page, traeger_a, traeger_b, head_of_both, client_for):
    copied = copy(client_for(head_of_both, traeger_a), page, traeger_b.site.root_page)
    assert [len(revisions) for revisions in saved(copied)] == [1, 1]
    assert saved(copied)[0] == ["Jetzt"]
    assert copied.specific.latest_revision


def test_a_copy_at_home_keeps_the_history(page, traeger_a, head_of_both, client_for):
    copied = copy(client_for(head_of_both, traeger_a), page, traeger_a.site.root_page)
    assert "Längst gestrichen" in saved(copied)[0]
