"""Scheduling, comparing, restoring and taking offline; previews of every page type."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import NewsIndexPage
from sites.access.roles import FREIGABE, LEITUNG
from tests.factories import NewsPageFactory
from tests.home.editing import form_values
from tests.home.page_types import ROWS
from tests.passing import let_pass
from tests.world import list_page


@pytest.fixture
def client(traeger_a, person, client_for):
    return client_for(person(FREIGABE, traeger_a), traeger_a)


@pytest.fixture
def page(traeger_a):
    return NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title="Alter Titel")


def publish(client, page, action="action-publish", **changes):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    values = form_values(client, url) | nested_form_data({"body": streamfield([])} | changes)
    response = client.post(url, values | {action: "1"})
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_a_page_appears_and_disappears_at_its_time(client, page, traeger_a, client_for):
    moment = timezone.now()
    publish(
        client,
        page,
        title="Neuer Titel",
        go_live_at=f"{timezone.localtime(moment) + minutes(5):%Y-%m-%d %H:%M}",
        expire_at=f"{timezone.localtime(moment) + timedelta(days=1):%Y-%m-%d %H:%M}",
    )
    assert page.title == "Alter Titel"
    visitor = client_for(None, traeger_a)
    for later, title, status in ((minutes(6), "Neuer Titel", 200), (timedelta(days=2), "Neuer Titel", 404)):
        let_pass(later, page)
        call_command("publish_scheduled")
        page.refresh_from_db()
        assert page.title == title
        assert visitor.get(page.url).status_code == status


def test_versions_are_compared_and_restored(client, page):
    first = page.get_latest_revision()
    publish(client, page, title="Neuer Titel")
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, "latest"])
    text = client.get(compare).content.decode()
    assert "Alter" in text
    assert "Neuer" in text
    restore = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert 'value="Alter Titel"' in client.get(restore).content.decode()


def test_a_page_is_taken_offline(client, page, traeger_a, client_for):
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    assert not page.live
    assert client_for(None, traeger_a).get(page.url).status_code == 404


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_page_type_has_a_preview(row, world, person, client_for):
    """On phone, tablet and desktop: the sizes are the browser's, the page is the same."""
    traeger = row.traeger(world)
    client = client_for(person(LEITUNG, traeger), traeger)
    parent = row.parent(world)
    names = (row.model._meta.app_label, row.model._meta.model_name, parent.pk)
    values = form_values(client, reverse("wagtailadmin_pages:add", args=names)) | row.form_data()
    url = reverse("wagtailadmin_pages:preview_on_add", args=names)
    assert client.post(url, values).json()["is_valid"]
    response = client.get(url, {"in_preview_panel": "true"})
    assert response.status_code == 200
    text = response.content.decode()
    assert f"Neu: {row.name}" in text
    # The checks for accessibility run inside the preview.
    assert "wagtail-userbar" in text
