"""Old addresses lead on after a page was renamed or moved: its own, and those of feeds and calendar files."""

import pytest

from home.models import EventIndexPage, NewsIndexPage
from tests.factories import EventIndexPageFactory, EventPageFactory, NewsPageFactory
from tests.world import list_page


@pytest.fixture
def events(traeger_a):
    return list_page(traeger_a, EventIndexPage)


@pytest.fixture
def event(events):
    return EventPageFactory(parent=events, slug="fest")


def rename(page, slug: str) -> None:
    page.slug = slug
    page.save_revision().publish()
    page.refresh_from_db()


def path_of(page) -> str:
    return page.get_url_parts()[2]


def lands_at(client, address: str) -> str:
    """Return the path where a browser ends that asks for `address`."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.request["PATH_INFO"]


def test_a_renamed_event(event, traeger_a, client_for, django_capture_on_commit_callbacks):
    client, old = client_for(None, traeger_a), path_of(event)
    with django_capture_on_commit_callbacks(execute=True):
        rename(event, "hoffest")
    for below in ("", "kalender/"):
        assert lands_at(client, old + below) == f"/termine/hoffest/{below}"
    assert client.get(f"{old}kalender/", follow=True).headers["content-type"].startswith("text/calendar")
    assert client.get(f"{old}nichts/").status_code == 404


@pytest.mark.parametrize("model", [EventIndexPage, NewsIndexPage])
def test_a_renamed_list_with_what_is_below_it(
    model, event, traeger_a, client_for, django_capture_on_commit_callbacks
):
    listing = list_page(traeger_a, model)
    entry = event if model is EventIndexPage else NewsPageFactory(parent=listing)
    client, old, old_entry = client_for(None, traeger_a), path_of(listing), path_of(entry)
    with django_capture_on_commit_callbacks(execute=True):
        rename(listing, "anders")
    entry.refresh_from_db()
    assert lands_at(client, f"{old}feed/") == f"{path_of(listing)}feed/"
    assert lands_at(client, old_entry) == path_of(entry)
    if model is EventIndexPage:
        assert lands_at(client, f"{old_entry}kalender/") == f"{path_of(entry)}kalender/"


def test_a_moved_event(event, traeger_a, client_for, django_capture_on_commit_callbacks):
    other = EventIndexPageFactory(parent=traeger_a.site.root_page, slug="kurse")
    client, old = client_for(None, traeger_a), path_of(event)
    with django_capture_on_commit_callbacks(execute=True):
        event.move(other, pos="last-child")
    event.refresh_from_db()
    for below in ("", "kalender/"):
        assert lands_at(client, old + below) == f"/kurse/fest/{below}"


def test_a_page_that_was_withdrawn_after_it_was_renamed_does_not_exist(
    event, traeger_a, client_for, django_capture_on_commit_callbacks
):
    old = path_of(event)
    with django_capture_on_commit_callbacks(execute=True):
        rename(event, "hoffest")
    event.unpublish()
    for below in ("", "kalender/"):
        assert client_for(None, traeger_a).get(old + below, follow=True).status_code == 404
